from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.agency_base.tools import counted

from ..due import parse_due
from ..texts import day_text

FRIDAY = 4


class ReformMinutesDue(models.Model):
    """Deadlines as secretaries type them, read in the meeting they are typed in."""

    _inherit = "reform.meeting"

    def minutes_due(self, text):
        """Return the date that a typed deadline means, and what to know about it."""
        self.ensure_one()
        self.check_access("read")
        if not (text or "").strip():
            return {"date": False, "text": "", "note": "", "ok": True}
        following = self.sudo().search(
            Domain("committee_id", "=", self.committee_id.id)
            & Domain("start_at", ">", self.start_at)
            & Domain("state", "in", ("draft", "convened")),
            order="start_at",
            limit=1,
        )
        try:
            day = parse_due(text, self.meeting_date, following.meeting_date)
        except (ValueError, OverflowError):
            note = self.env._("Not a date: write +30, 9/30 or the end of a month.")
            return {"date": False, "text": "", "note": note, "ok": False}
        return {
            "date": fields.Date.to_string(day),
            "text": day_text(self.env, day),
            "note": self._minutes_day_note(day),
            "ok": day >= self.meeting_date,
        }

    def _minutes_day_note(self, day):
        if day < self.meeting_date:
            return self.env._("Before the meeting")
        holiday = (
            self.env["jalali.holiday"].sudo().search([("date", "=", day)], limit=1)
        )
        if holiday:
            return self.env._("Holiday: %s", holiday.name)
        if day.weekday() == FRIDAY:
            return self.env._("A Friday")
        days = (day - self.meeting_date).days
        one, many = self.env._("in 1 day"), self.env._("in %s days")
        return counted(self.env, days, one, many)
