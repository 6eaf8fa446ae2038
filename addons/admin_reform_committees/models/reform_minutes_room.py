from datetime import datetime

import pytz

from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

from odoo.addons.jalali_calendar.tools import localize

SEAT_FIELDS = {"status", "arrived_at", "left_at", "recused_item_ids"}


class ReformMinutesRoom(models.Model):
    """Who is in the room, as the minutes screen writes it down."""

    _inherit = "reform.meeting"

    def minutes_attend(self, changes):
        """Write the attendance of some: a list of dicts with ``id``.

        A time may be given as hours and minutes on the clock of the agency, “9:14”.
        """
        self.ensure_one()
        for change in changes:
            seat = self._minutes_own("reform.attendance", change["id"])
            vals = {name: change[name] for name in SEAT_FIELDS if name in change}
            for name in ("arrived_at", "left_at"):
                if isinstance(vals.get(name), str) and len(vals[name]) < 6:
                    vals[name] = self._minutes_clock(vals[name])
            if "recused_item_ids" in vals:
                vals["recused_item_ids"] = [Command.set(vals["recused_item_ids"])]
            seat.write(vals)
        return self._minutes_room()

    def minutes_all_present(self):
        """Mark everybody as present who is not said to be away."""
        self.ensure_one()
        seats = self.attendance_ids.filtered(
            lambda seat: seat.status in ("invited", "accepted")
        )
        before = [{"id": seat.id, "status": seat.status} for seat in seats]
        seats.write({"status": "present", "left_at": False})
        return self._minutes_room() | {"before": before}

    def minutes_substitute(self, seat_id, name):
        """Seat somebody else in the place of a member."""
        seat = self._minutes_own("reform.attendance", seat_id)
        person = self._minutes_person(name)
        seat.write({"status": "substituted", "substitute_id": person, "left_at": False})
        return self._minutes_room()

    def minutes_preside(self, seat_id):
        """Say that a voting member who is there presides, the chair being away."""
        seat = self._minutes_own("reform.attendance", seat_id)
        if not (seat.is_here and seat.is_voting and seat.status == "present"):
            raise ValidationError(
                self.env._("Who presides is a voting member who is there.")
            )
        self.write({"presided_by_id": seat.partner_id.id})
        return self._minutes_room()

    def _minutes_room(self):
        self.env.flush_all()
        meeting_sudo = self.sudo()
        return {
            "people": meeting_sudo._minutes_people(),
            "quorum": meeting_sudo._minutes_quorum(),
            "log": meeting_sudo._minutes_log(),
        }

    def _minutes_clock(self, text):
        """Return the moment of the meeting's day that a clock time means, in UTC."""
        hour, _colon, minute = text.partition(":")
        zone = pytz.timezone(self.company_id.agency_tz)
        try:
            local = datetime.combine(
                localize(self.opened_at or self.start_at, zone.zone).date(),
                datetime.min.time().replace(hour=int(hour), minute=int(minute or 0)),
            )
        except ValueError:
            raise ValidationError(
                self.env._("“%s” is not a time of the day.", text)
            ) from None
        return zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)

    def _minutes_person(self, name):
        """Return a person of that name from outside, made now if he is new."""
        # sudo: a secretary may name somebody new, but not edit the address book
        people_sudo = self.env["res.partner"].sudo()
        domain = Domain("name", "=", name.strip()) & Domain(
            "company_id", "in", (False, self.company_id.id)
        )
        found = people_sudo.search(domain & Domain("is_company", "=", False), limit=1)
        return (
            found
            or people_sudo.create(
                {"name": name.strip(), "company_id": self.company_id.id}
            )
        ).id
