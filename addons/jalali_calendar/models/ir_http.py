from odoo import api, models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        # The web client has to know before its first module is loaded.
        lang = info["bundle_params"]["lang"]
        info["calendar"] = self._get_screen_calendar(lang)
        return info

    @api.model
    def get_frontend_session_info(self):
        info = super().get_frontend_session_info()
        lang = info["bundle_params"]["lang"]
        # A page of the portal or website speaks the language of its address, which
        # http_routing puts into the information only after this method.
        if getattr(request, "is_frontend", False):
            lang = request.lang.code
        info["calendar"] = self._get_screen_calendar(lang)
        return info

    @api.model
    def _get_screen_calendar(self, lang):
        return self.env["res.lang"].with_context(lang=lang)._get_screen_calendar()
