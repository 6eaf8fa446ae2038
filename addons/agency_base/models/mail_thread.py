from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _creation_message(self):
        # Crons and data files act without a language: the sentence would be in the
        # user's, the name of the model in the source's.
        if self.env.lang:
            return super()._creation_message()
        lang = self.env["res.users"].context_get().get("lang")
        return super(MailThread, self.with_context(lang=lang))._creation_message()
