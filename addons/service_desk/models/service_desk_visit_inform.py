from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.agency_base.tools import normalize_persian


class ServiceDeskVisit(models.Model):
    """What a client who only asks is told, without asking who he is."""

    _inherit = "service.desk.visit"

    outcome = fields.Selection(
        [
            ("told", "Told"),
            ("link", "Link Given"),
            ("assisted", "Helped to Apply"),
            ("sent", "Sent to a Unit"),
        ],
        help="Electronic services: whether the client got the link or was helped here.",
    )

    @api.model
    def counter_inform(self, visit):
        """Log what was told: the steps, the link, or the way to a unit.

        Nobody is sent inside without coordination: with whom and why come with it.
        """
        counter = self._own_counter(visit.get("counter_id"))
        key = self._clean_key(visit.get("key"))
        service = self._offered(counter, visit.get("service_id"))
        outcome = self._clean_outcome(service, visit.get("outcome") or "told")
        done = self._find_visit(key)
        if not done:
            done = self._start_visit(
                counter,
                key,
                visit,
                kind="information",
                service_id=service.id,
                version_id=service.version_id.id,
                outcome=outcome,
            )
            if outcome == "sent":
                self._send_inside(done, visit.get("sending") or {})
        return {"visit_id": done.id, "slip_id": done.referral_ids[:1].id}

    def _clean_outcome(self, service, outcome):
        electronic = service.desk_offer in ("link", "assisted")
        if outcome not in ("told", "link", "sent"):
            raise UserError(self.env._("The screen is out of date; load it again."))
        if outcome == "link" and not electronic:
            raise UserError(self.env._("“%s” has no electronic address.", service.name))
        return outcome

    def _send_inside(self, visit_sudo, sending):
        """Record that the person goes to a unit, which agreed to receive him."""
        with_whom = normalize_persian(sending.get("coordinated_with"))
        reason = normalize_persian(sending.get("reason"))
        unit = self._counter_units().filtered(
            lambda unit: unit.id == sending.get("department_id")
        )
        if not (unit and with_whom and reason):
            raise ValidationError(
                self.env._(
                    "Nobody is sent inside without coordination: write the unit, who "
                    "agreed and why the client himself has to go."
                )
            )
        self.env["service.desk.referral"]._send_person(
            unit.id,
            with_whom,
            reason,
            {"visit_id": visit_sudo.id, "company_id": visit_sudo.company_id.id},
        )

    @api.model
    def _counter_units(self):
        return self.env["hr.department"].search(
            [("company_id", "in", [False, self.env.company.id])]
        )
