from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.jalali_calendar.tools import quarter_bounds, year_bounds

from ..texts import listed
from ..year_rules import realisation
from .reform_resolution import OPEN_STATES

HELD = ("held", "minutes_review", "approved")


class ReformQuarterReportCollect(models.Model):
    """Where the figures and lines of a quarterly report come from.

    Everything is counted as superuser: a report states how often a body met and what
    it resolved, also in meetings that its reader was not at. Of confidential meetings
    it states the number and the day only.
    """

    _inherit = "reform.quarter.report"

    @api.model_create_multi
    def create(self, vals_list):
        reports = super().create(vals_list)
        reports._check_begun()
        for report in reports:
            report._collect()
        return reports

    def write(self, vals):
        result = super().write(vals)
        if {"committee_id", "jalali_year", "quarter"} & vals.keys():
            self._check_begun()
            for report in self:
                report._collect()
        return result

    def _check_begun(self):
        today = self.env["reform.term.mixin"]._today()
        for report in self:
            if report._bounds()[0] > today:
                raise UserError(
                    self.env._("%s has not begun yet.", report.display_name)
                )

    def action_refresh(self):
        """Take the figures and lines anew from what is on record."""
        self.check_access("write")
        self._check_open()
        for report in self:
            report._collect()

    def _bounds(self):
        return quarter_bounds(self.jalali_year, int(self.quarter))

    def _scores(self):
        """Return the scores of the body in this quarter."""
        # sudo: see the class
        return (
            self.env["reform.indicator.score"]
            .sudo()
            .search(
                [
                    ("committee_id", "=", self.committee_id.id),
                    ("jalali_year", "=", self.jalali_year),
                    ("quarter", "=", self.quarter),
                ],
                order="indicator_id, id",
            )
        )

    def _collect(self):
        """Write the figures and lines of one report."""
        self.ensure_one()
        figures = (
            self._meeting_figures() | self._resolution_figures() | self._plan_figures()
        )
        scores = self._scores()
        lines = [
            *self._meeting_lines(),
            *self._resolution_lines(),
            *self._plan_lines(),
            *self._indicator_lines(scores),
            *self._course_lines(),
        ]
        for sequence, line in enumerate(lines):
            line["sequence"] = sequence
        self._set_stamps(
            figures
            | {
                "made_at": fields.Datetime.now(),
                "score": sum(scores.mapped("score")),
                "ceiling": sum(scores.mapped("ceiling")),
            }
        )
        # sudo: lines are made, never entered
        lines_sudo = self.env["reform.quarter.report.line"].sudo()
        self.sudo().line_ids.unlink()
        lines_sudo.create([line | {"report_id": self.id} for line in lines])

    # === Meetings ===

    def _meetings(self):
        first, last = self._bounds()
        return (
            self.env["reform.meeting"]
            .sudo()
            .search(
                Domain("committee_id", "=", self.committee_id.id)
                & Domain("meeting_date", ">=", first)
                & Domain("meeting_date", "<=", last)
                & Domain("state", "!=", "draft"),
                order="start_at, id",
            )
        )

    def _meeting_figures(self):
        a_year, quarter = self.committee_id.meetings_per_year, int(self.quarter)
        # Spread evenly: six a year are two, one, two and one.
        until, before = (-(-a_year * number // 4) for number in (quarter, quarter - 1))
        held = self._meetings().filtered(lambda meeting: meeting.state in HELD)
        return {
            "meetings_planned": until - before,
            "meetings_held": len(held),
        }

    def _meeting_lines(self):
        states = dict(
            self.env["reform.meeting"]._fields["state"]._description_selection(self.env)
        )
        for meeting in self._meetings():
            is_open = meeting.confidentiality != "confidential"
            names = meeting.item_ids.mapped("name")
            yield {
                "section": "1_meeting",
                "code": meeting.number,
                "name": listed(self.env, names) if is_open else "",
                "person": meeting.presided_by_id.name if is_open else "",
                "day": meeting.meeting_date,
                "status": states[meeting.state],
            }

    # === Resolutions ===

    def _resolutions(self, condition):
        return (
            self.env["reform.resolution"]
            .sudo()
            .search(
                Domain("committee_id", "=", self.committee_id.id) & condition,
                order="meeting_date, meeting_id, sequence, id",
            )
        )

    def _adopted(self, first, last):
        return (
            Domain("meeting_date", ">=", first)
            & Domain("meeting_date", "<=", last)
            & Domain("state", "!=", "draft")
        )

    def _late(self):
        today = self.env["reform.term.mixin"]._today()
        day = min(self._bounds()[1], today)
        return Domain("state", "in", OPEN_STATES) & Domain("due_on", "<", day)

    def _resolution_figures(self):
        first, last = self._bounds()
        year = year_bounds(self.jalali_year)[0]
        mine = Domain("committee_id", "=", self.committee_id.id)
        counts = {
            "resolutions_adopted": self._adopted(first, last),
            "resolutions_verified": self._adopted(year, last)
            & Domain("state", "=", "verified"),
            "resolutions_open": Domain("meeting_date", "<=", last)
            & Domain("state", "in", OPEN_STATES),
            "resolutions_overdue": Domain("meeting_date", "<=", last) & self._late(),
        }
        resolutions_sudo = self.env["reform.resolution"].sudo()
        return {
            name: resolutions_sudo.search_count(mine & condition)
            for name, condition in counts.items()
        }

    def _resolution_lines(self):
        first, last = self._bounds()
        late = self._resolutions(Domain("meeting_date", "<=", last) & self._late())
        shown = late | self._resolutions(self._adopted(first, last))
        states = dict(
            self.env["reform.resolution"]
            ._fields["state"]
            ._description_selection(self.env)
        )
        for resolution in shown.sorted(lambda each: (each.meeting_date, each.id)):
            is_open = resolution.meeting_id.confidentiality != "confidential"
            yield {
                "section": "2_resolution",
                "code": resolution.number,
                "name": resolution.text if is_open else "",
                "person": resolution.responsible_id.name if is_open else "",
                "day": resolution.due_on,
                "status": states[resolution.state],
                "is_late": resolution in late,
            }

    # === Programme ===

    def _plan(self):
        return (
            self.env["reform.plan"]
            .sudo()
            .search(
                [
                    ("committee_id", "=", self.committee_id.id),
                    ("jalali_year", "=", self.jalali_year),
                    ("state", "in", ("approved", "closed")),
                ]
            )
        )

    def _plan_figures(self):
        plan = self._plan()
        planned = realised = 0.0
        if plan:
            planned, realised = plan._course()[int(self.quarter) - 1]
        return {
            "planned_percent": planned,
            "realised_percent": realised,
            "realisation_percent": realisation(planned, realised) or 0.0,
        }

    def _plan_lines(self):
        quarter = int(self.quarter)
        for line in self._plan().line_ids:
            planned, realised = line[f"planned_{quarter}"], line._percent_at(quarter)
            yield {
                "section": "3_plan",
                "code": str(line.programme_id.number or ""),
                "name": line.name,
                "person": line.owner_id.name or line.department_id.name,
                "day": line.ends_on,
                "planned": planned,
                "realised": realised,
                "is_late": realised < planned,
            }

    def _course_lines(self):
        """Yield what was planned and realised at the end of each quarter so far."""
        if plan := self._plan():
            reached = int(self.quarter)
            for quarter, (planned, realised) in enumerate(plan._course(), 1):
                yield {
                    "section": "5_course",
                    "code": str(quarter * 3),
                    "name": self.env._(
                        "First %s months", localize_digits(quarter * 3, self.env.lang)
                    ),
                    "planned": planned,
                    "realised": realised if quarter <= reached else 0.0,
                }

    # === Indicators ===

    def _indicator_lines(self, scores):
        states = dict(scores._fields["state"]._description_selection(self.env))
        for score in scores:
            indicator = score.indicator_id
            is_draft = score.state == "draft"
            evaluated = score.state == "evaluated"
            yield {
                "section": "4_indicator",
                "code": indicator.code,
                "name": indicator.measure or indicator.name,
                "unit": indicator.unit,
                "status": states[score.state],
                "planned": indicator.standard,
                "realised": score.accepted if evaluated else score.actual,
                "score": 0.0 if is_draft else score.score,
                "ceiling": score.ceiling,
                "annexes": score.annex_numbers,
            }
