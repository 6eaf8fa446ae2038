from datetime import datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.jalali_calendar.tools import to_jalali
from odoo.addons.jalali_calendar.tools.periods import month_bounds

from ..texts import listed

WEEKDAYS = [
    ("5", "Saturday"),
    ("6", "Sunday"),
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
]


class ReformMeetingPlan(models.TransientModel):
    """Plan the meetings of some bodies for a Jalali year in one go."""

    _name = "reform.meeting.plan"
    _description = "Plan of a Year's Meetings"

    committee_ids = fields.Many2many(
        "reform.committee",
        string="Bodies",
        required=True,
        default=lambda self: self._bodies(),
    )
    year = fields.Integer(required=True, default=lambda self: self._today_jalali()[0])
    first_month = fields.Integer(
        "From Month", required=True, default=lambda self: self._today_jalali()[1]
    )
    interval = fields.Selection(
        [
            ("1", "Every month"),
            ("2", "Every two months"),
            ("3", "Every season"),
            ("6", "Twice a year"),
        ],
        "How Often",
        required=True,
        default="2",
    )
    week = fields.Selection(
        [("1", "First"), ("2", "Second"), ("3", "Third"), ("4", "Fourth")],
        "Which One of the Month",
        required=True,
        default="1",
    )
    weekday = fields.Selection(WEEKDAYS, required=True, default="6")
    hour = fields.Float("Time", required=True, default=9.0)
    line_ids = fields.One2many(
        "reform.meeting.plan.line",
        "plan_id",
        "Meetings",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.model
    def _bodies(self):
        return self.env["reform.committee"].search([("user_runs", "=", True)])

    @api.model
    def _today_jalali(self):
        return to_jalali(self.env["reform.term.mixin"]._today())

    @api.depends(
        "committee_ids", "year", "first_month", "interval", "week", "weekday", "hour"
    )
    def _compute_line_ids(self):
        for plan in self:
            starts = plan._starts() if plan._is_possible() else []
            plan.line_ids = [Command.clear()] + [
                Command.create({"committee_id": body._origin.id, "start_at": start})
                for start in starts
                for body in plan.committee_ids
            ]

    def _is_possible(self):
        return (
            1300 <= self.year <= 1600
            and 1 <= self.first_month <= 12
            and 0 <= self.hour < 24
        )

    def _starts(self):
        """Return the moments (UTC) that the pattern names, past ones left out."""
        zone = pytz.timezone(self.env.company.agency_tz)
        clock = (datetime.min + timedelta(hours=self.hour)).time()
        now = fields.Datetime.now()
        starts = []
        for month in range(self.first_month, 13, int(self.interval)):
            day = self._day_of(month)
            start = zone.localize(datetime.combine(day, clock)).astimezone(pytz.utc)
            if start.replace(tzinfo=None) > now:
                starts.append(start.replace(tzinfo=None))
        return starts

    def _day_of(self, month):
        first, _last = month_bounds(self.year, month)
        offset = (int(self.weekday) - first.weekday()) % 7
        return first + timedelta(days=offset + 7 * (int(self.week) - 1))

    def action_plan(self):
        """Create the meetings as drafts and show them."""
        self.ensure_one()
        if not self._is_possible():
            raise UserError(
                self.env._(
                    "Write a Jalali year, a month from 1 to 12 and a time of day."
                )
            )
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "Choose bodies and days in the future: nothing is planned yet."
                )
            )
        meetings = self.env["reform.meeting"].create(
            [
                {"committee_id": line.committee_id.id, "start_at": line.start_at}
                for line in self.line_ids
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_meeting_action"
        )
        return action | {
            "domain": [("id", "in", meetings.ids)],
            "context": {},
            "target": "main",
        }


class ReformMeetingPlanLine(models.TransientModel):
    """One meeting about to be planned, and what speaks against its time."""

    _name = "reform.meeting.plan.line"
    _description = "Meeting to Plan"
    _order = "start_at, id"

    plan_id = fields.Many2one("reform.meeting.plan", required=True, ondelete="cascade")
    committee_id = fields.Many2one(
        "reform.committee", "Body", required=True, ondelete="cascade"
    )
    start_at = fields.Datetime("Begins", required=True)
    warning = fields.Char("Note", compute="_compute_warning")

    @api.depends("start_at", "committee_id", "plan_id.line_ids.start_at")
    def _compute_warning(self):
        for line in self:
            notes = line._holidays() + line._clashes() if line.start_at else []
            line.warning = listed(self.env, notes)

    def _holidays(self):
        meetings = self.env["reform.meeting"]
        return meetings._holidays_at(self.start_at, self.committee_id.company_id)

    def _clashes(self):
        """Name the meetings at that time that have members in common with this one."""
        body = self.committee_id
        end = fields.Datetime.add(self.start_at, minutes=body.usual_minutes or 90)
        people = body.membership_ids.filtered("is_current").partner_id
        meetings = self.env["reform.meeting"]
        bodies = meetings._clashing(self.start_at, end, people).committee_id
        for line in self.plan_id.line_ids - self:
            shared = line.committee_id.membership_ids.partner_id & people
            if line.start_at == self.start_at and shared:
                bodies |= line.committee_id
        return [
            self.env._("clashes with %(body)s", body=other.name) for other in bodies
        ]
