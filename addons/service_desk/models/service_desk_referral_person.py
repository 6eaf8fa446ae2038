from odoo import api, models

from .. import clock, texts


class ServiceDeskReferral(models.Model):
    """A person who goes inside, by exception and with an agreement, and his slip."""

    _inherit = "service.desk.referral"

    @api.model
    def _send_person(self, unit_id, with_whom, reason, about):
        """Record that a client goes to a unit, which has just agreed to receive him.

        ``about`` names the request or the visit.
        """
        return self.create(
            {
                "kind": "person",
                "department_id": unit_id,
                "coordinated_with": with_whom,
                "coordinated_at": clock.now(),
                "reason": reason,
            }
            | about
        )

    def _slip_values(self):
        """Return what the slip in the client's hand says: no name, no number."""
        self.ensure_one()
        env = self.env
        desk = self.request_id.desk_id or self.visit_id.desk_id
        service = self.request_id.service_id or self.visit_id.service_id
        return {
            "company": self.company_id.name,
            "title": env._("Sent to a unit, as agreed"),
            "unit": self.department_id.name,
            "person": self.coordinated_with or "",
            "place": "",
            "moment": texts.moment_text(env, self.date_sent, self.company_id),
            "phone": texts.phone_text(env, self.department_id.desk_phone or desk.phone),
            "service": service.name,
            "note": env._("Reason: %s", self.reason),
            "desk": desk.name,
        }
