from odoo import fields, models

NOBODY = "—"


class ServiceDeskRequest(models.Model):
    """What is left of a closed request after its retention period: the figures."""

    _inherit = "service.desk.request"

    is_redacted = fields.Boolean(readonly=True, copy=False)

    def _retention_redact(self):
        """Remove the client from requests closed long ago; dates and marks stay."""
        nobody = self.env.ref("service_desk.partner_redacted")
        for request in self.sudo().filtered("date_closed"):
            request.document_ids.upload_ids.unlink()
            request._set_stamps(
                {
                    "partner_id": nobody.id,
                    "client_name": NOBODY,
                    "mobile": False,
                    "identifier_clear": False,
                    # Not empty, for the register; found by nobody.
                    "identifier_digest": f"redacted {request.id}",
                    "representative_name": False,
                    "representative_note": False,
                    "subject": False,
                    "result": False,
                    "is_redacted": True,
                }
            )
