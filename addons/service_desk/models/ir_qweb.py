from markupsafe import Markup

from odoo import api, models, tools

CONTENT = Markup("<!-- content -->")


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    @api.model
    @tools.ormcache(
        "self.env.lang",
        "company_name",
        "active",
        "title",
        cache="templates.cached_values",
    )
    def _desk_shell(self, company_name, active, title):
        """Return what stands before and after the content of a public page.

        It is half of a page and the same for everybody: kept, not rendered anew.
        """
        languages = self.env["res.lang"]
        html = self._render(
            "service_desk.public_shell",
            {
                "company_name": company_name,
                "active": active,
                "title": title,
                "content": CONTENT,
                "languages": languages.get_installed(),
                "lang": self.env.lang,
                "direction": languages._get_data(code=self.env.lang).direction or "rtl",
            },
            minimal_qcontext=True,
        )
        before, after = html.split(CONTENT)
        return before, after
