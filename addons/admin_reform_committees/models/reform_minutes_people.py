from odoo import api, fields, models
from odoo.fields import Domain

from ..texts import hour_text

COLLEAGUES = 8
EVENTS_SHOWN = 40


class ReformMinutesPeople(models.Model):
    """People, quorum and course as the minutes screen shows them."""

    _inherit = "reform.meeting"

    def _minutes_people(self):
        self.ensure_one()
        zone = self.company_id.agency_tz
        roles = dict(
            self.env["reform.attendance"]
            ._fields["role"]
            ._description_selection(self.env)
        )
        people = []
        for seat in self.attendance_ids.sorted(lambda seat: (seat.rank, seat.id)):
            role = roles[seat.role]
            if seat.partner_id == self.presided_by_id and self.on_behalf_of_id:
                role = self.env._("Presides on behalf of %s", self.on_behalf_of_id.name)
            elif seat.partner_id == self.presided_by_id and seat.role != "chair":
                role = self.env._("%s, presides", role)
            people.append(
                {
                    "id": seat.id,
                    "partner": seat.partner_id.id,
                    "name": seat.partner_id.name,
                    "role": role,
                    "kind": seat.role,
                    "presides": seat.partner_id == self.presided_by_id,
                    "unit": seat.partner_id.function or "",
                    "voting": seat.is_voting,
                    "status": seat.status,
                    "here": seat.is_here,
                    "arrived": hour_text(self.env, seat.arrived_at, zone),
                    "left": hour_text(self.env, seat.left_at, zone),
                    "arrived_at": fields.Datetime.to_string(seat.arrived_at),
                    "left_at": fields.Datetime.to_string(seat.left_at),
                    "recused": seat.recused_item_ids.ids,
                    "substitute": seat.substitute_id.name or "",
                }
            )
        return people

    def _minutes_quorum(self):
        """Return the quorum now, of every item somebody stands aside for too."""
        self.ensure_one()
        rule = dict(self._fields["quorum_rule"]._description_selection(self.env))

        def plain(item=None):
            result = self._quorum(item)
            return {
                "required": result.required,
                "present": result.present,
                "seats": result.seats,
                "spare": result.spare,
                "met": result.is_met,
            }

        special = self.attendance_ids.recused_item_ids
        return plain() | {
            "rule": rule[self.quorum_rule],
            "items": {str(item.id): plain(item) for item in special},
        }

    def _minutes_log(self):
        zone = self.company_id.agency_tz
        kinds = dict(
            self.env["reform.meeting.event"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        return [
            {
                "id": event.id,
                "at": hour_text(self.env, event.happened_at, zone),
                "kind": event.kind,
                "text": kinds[event.kind],
                "who": event.partner_id.name or "",
                "note": event.note or "",
                "present": event.present,
            }
            for event in self.event_ids.sorted("id", reverse=True)[:EVENTS_SHOWN]
        ]

    @api.readonly
    def minutes_find_people(self, term):
        """Return colleagues whose name holds ``term``, for the one responsible."""
        self.ensure_one()
        self.check_access("read")
        term = (term or "").strip()
        if not term:
            return []
        # sudo: anybody of the agency may be made responsible; only names are shown
        users_sudo = self.env["res.users"].sudo()
        found = users_sudo.search_fetch(
            Domain("name", "ilike", term)
            & Domain("share", "=", False)
            & Domain("company_ids", "in", self.company_id.ids),
            ["partner_id"],
            limit=COLLEAGUES,
        )
        return [
            {
                "id": found_user.partner_id.id,
                "name": found_user.partner_id.name,
                "unit": found_user.partner_id.function or "",
            }
            for found_user in found
        ]
