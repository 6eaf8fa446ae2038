from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.agency_base.tools.sql import append_only_lifted

NOBODY = "—"


class ServiceDeskRequest(models.Model):
    """What is left of a closed request after its retention period: the figures."""

    _inherit = "service.desk.request"

    is_redacted = fields.Boolean(readonly=True, copy=False)

    def _retention_redact(self):
        """Remove the client from requests closed long ago; dates and marks stay."""
        nobody = self.env.ref("service_desk.partner_redacted")
        closed_sudo = self.sudo().filtered("date_closed")
        closed_sudo._forget_papers()
        for request in closed_sudo:
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
                    "received_by": False,
                    "signature": False,
                    "fee_number": False,
                    "subject": False,
                    "result": False,
                    # Not empty either: a rejection has its reason.
                    "reject_reason": request.reject_reason and NOBODY,
                    "is_redacted": True,
                }
            )
        # A visit names the client of all its requests.
        forgotten = closed_sudo.visit_id.filtered(
            lambda visit: all(visit.request_ids.mapped("is_redacted"))
        )
        forgotten.partner_id = nobody

    def _forget_papers(self):
        """Remove what was sent, said and noted about the client beside the request."""
        documents, referrals = self.document_ids, self.referral_ids
        documents.upload_ids.unlink()
        documents._forget_notes()
        self.appointment_ids._forget_notes()
        referrals.attachment_ids.unlink()
        for referral in referrals:
            referral._set_stamps(
                {
                    "note": False,
                    "answer": False,
                    "return_reason": False,
                    # Not empty where it was asked for: nobody goes inside without.
                    "reason": referral.reason and NOBODY,
                }
            )
        self._forget_history()
        for spoken in (self, referrals):
            spoken.message_ids.unlink()
            self.env["ir.attachment"].search(
                [("res_model", "=", spoken._name), ("res_id", "in", spoken.ids)]
            ).unlink()

    def _forget_history(self):
        """Empty the words of the history, which repeat what clerks and units wrote.

        What happened, when and by whom stays: only this once is it changed.
        """
        for model, name, nothing in (
            ("service.desk.event", "note", None),
            ("service.desk.promise", "reason", NOBODY),
        ):
            rows = self.env[model]
            rows.flush_model([name])
            column = SQL.identifier(name)
            with append_only_lifted(self.env.cr, rows._table):
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET %s = %s "
                        "WHERE %s IS NOT NULL AND request_id IN %s",
                        SQL.identifier(rows._table),
                        column,
                        nothing,
                        column,
                        tuple(self.ids) or (0,),
                    )
                )
            rows.invalidate_model([name])
