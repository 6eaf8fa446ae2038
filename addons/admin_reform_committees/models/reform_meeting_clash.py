from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.jalali_calendar.tools import localize

from ..texts import listed

FRIDAY = 4


class ReformMeetingClash(models.Model):
    """What speaks against the time of a meeting, said while it is chosen."""

    _inherit = "reform.meeting"

    time_note = fields.Char("Mind", compute="_compute_time_note")

    @api.depends("start_at", "end_at", "committee_id", "attendance_ids", "state")
    @api.depends_context("lang")
    def _compute_time_note(self):
        for meeting in self:
            note = ""
            if meeting.start_at and meeting.state in ("draft", "convened", "adjourned"):
                people = meeting.attendance_ids.partner_id
                body = meeting.committee_id
                people |= body.membership_ids.filtered("is_current").partner_id
                notes = self._holidays_at(meeting.start_at, meeting.company_id)
                notes += self._short_notice(meeting)
                notes += [
                    self.env._("clashes with %(body)s", body=other.committee_id.name)
                    for other in self._clashing(
                        meeting.start_at, meeting.end_at, people, meeting._origin
                    )
                ]
                note = listed(self.env, notes)
            meeting.time_note = note

    @api.model
    def _holidays_at(self, moment, company):
        """Name what makes the day of ``moment`` no working day."""
        company = company or self.env.company
        day = localize(moment, company.agency_tz).date()
        notes = [self.env._("Friday")] if day.weekday() == FRIDAY else []
        # sudo: which days are holidays is no secret
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search(
                Domain("resource_id", "=", False)
                & Domain("company_id", "in", [company.id, False])
                & Domain("date_from", "<=", moment)
                & Domain("date_to", ">=", moment)
            )
        )
        known = self.env["jalali.holiday"].sudo().search([("date", "=", day)])
        names = dict.fromkeys([*leaves.mapped("name"), *known.mapped("name")])
        # a name alone, such as that of a martyr, does not say that nobody works
        return notes + [self.env._("Holiday: %s", name) for name in names]

    @api.model
    def _short_notice(self, meeting):
        """Say that the members would be invited later than the body's rule wants."""
        if meeting.state != "draft" or not meeting.committee_id.notice_days:
            return []
        today = self.env["reform.term.mixin"]._today()
        days = (meeting.meeting_date - today).days if meeting.meeting_date else 0
        if days >= meeting.committee_id.notice_days:
            return []
        return [self.env._("less than the notice the body's rule gives its members")]

    @api.model
    def _clashing(self, start, stop, people, except_meeting=None):
        """Return meetings at that time which some of ``people`` are invited to."""
        # sudo: that a member is busy may be known; with what, only as far as its body
        return (
            self.env["reform.meeting"]
            .sudo()
            .search(
                Domain("start_at", "<", stop)
                & Domain("end_at", ">", start)
                & Domain("state", "not in", ("cancelled", "adjourned"))
                & Domain("attendance_ids.partner_id", "in", people.ids)
                & Domain("id", "not in", except_meeting.ids if except_meeting else [])
            )
        )
