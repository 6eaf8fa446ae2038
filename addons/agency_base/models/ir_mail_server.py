from odoo import models

from ..tools.identifiers import mask_identifiers


class IrMailServer(models.Model):
    """Identifiers stand in no header of a mail: every relay reads, and logs, those.

    Nobody but the writer of a message puts them there, into its subject or the name of
    a file. In its text, and on our own screens, they stay as they were typed.
    """

    _inherit = "ir.mail_server"

    def _build_email__(
        self, email_from, email_to, subject, body, *args, attachments=None, **kwargs
    ):
        if attachments:
            # without the invisible mark, which is for texts
            kwargs["attachments"] = [
                (mask_identifiers(name).replace("\u200e", ""), *rest)
                for name, *rest in attachments
            ]
        return super()._build_email__(
            email_from, email_to, mask_identifiers(subject), body, *args, **kwargs
        )
