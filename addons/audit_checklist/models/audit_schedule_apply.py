from datetime import datetime, time, timedelta

import pytz

from odoo import models
from odoo.exceptions import UserError

from ..tools.schedule_problem import MINUTES_PER_KM

# Visits begin at full quarters.
QUARTER = 15


class AuditScheduleApply(models.Model):
    """How a proposal becomes visits: all at once or not at all."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.schedule"

    def action_apply(self):
        """Plan the visits as proposed; a unit without a place leaves the plan."""
        self.ensure_one()
        self._hold()
        if self.phase_id.state != "open":
            raise UserError(
                self.env._("Open %(phase)s first.", phase=self.phase_id.display_name)
            )
        self._check_fresh()
        self.write({"state": "applied"})
        wanted = self._wanted()
        # What moves, or found no place, leaves its old time first: another visit may
        # have it now.
        moving = self.line_ids.filtered(lambda line: not line.is_fixed).visit_id
        moving.filtered(lambda visit: visit.state == "planned").action_unplan()
        # The index against two visits of a unit looks at the database.
        moving.flush_model(["state"])
        visits = self.env["audit.visit"].union(
            *(self._visit(line, vals) for line, vals in wanted.items())
        )
        self.env.flush_all()
        visits.action_plan()
        return self.phase_id.action_visits()

    def _check_fresh(self):
        """Raise UserError if visits went on since the proposal was made."""
        for line in self.line_ids.filtered(lambda line: line.day and not line.is_fixed):
            gone_on = line.visit_id and line.visit_id.state not in ("draft", "planned")
            if gone_on or (not line.visit_id and line.unit_id in self._visited()):
                raise UserError(
                    self.env._(
                        "The visit to %(unit)s has gone on since: propose anew.",
                        unit=line.unit_id.name,
                    )
                )

    def _visited(self):
        return self.phase_id.visit_ids.filtered(
            lambda visit: (
                visit.kind == "planned"
                and visit.state not in ("cancelled", "no_access")
            )
        ).unit_id

    def _wanted(self):
        """Return {line: values of its visit} for the lines that have a place."""
        problem = self._problem()
        plan = self._plan(problem)
        wanted = {}
        for team, row in enumerate(plan.cells):
            for day, cell in enumerate(row):
                minute = round(self.starts_at * 60)
                before = None
                kept = self._kept_times(problem.lines[number] for number in cell)
                for number in problem.order(cell):
                    line, unit = problem.lines[number], problem.units[number]
                    if line.is_fixed:
                        continue
                    minute = self._free_from(
                        minute + self._way(problem, before, unit), unit.minutes, kept
                    )
                    wanted[line] = {
                        "team_id": problem.the_teams[team].id,
                        "planned_start": self._moment(problem.the_days[day], minute),
                        "planned_minutes": unit.minutes,
                    }
                    minute = self._full_quarter(minute + unit.minutes)
                    before = unit
        return wanted

    def _kept_times(self, lines):
        """Return the (start, end) of the visits that stay, in minutes of their day."""
        zone = pytz.timezone(self.company_id.agency_tz)
        times = []
        for visit in (line.visit_id for line in lines if line.is_fixed):
            if visit.planned_start:
                start = pytz.utc.localize(visit.planned_start).astimezone(zone)
                minute = start.hour * 60 + start.minute
                times.append((minute, minute + visit.planned_minutes))
        return sorted(times)

    @staticmethod
    def _free_from(minute, minutes, kept):
        """Return when a visit can begin that must not meet those that stay."""
        for start, end in kept:
            if minute < end and start < minute + minutes:
                minute = AuditScheduleApply._full_quarter(end)
        return minute

    @staticmethod
    def _way(problem, before, unit):
        """Return the minutes between two visits of a day."""
        if before is None:
            return 0
        minutes = problem.zone_change if before.zone != unit.zone else 0
        if before.place and unit.place:
            east, north = (a - b for a, b in zip(before.place, unit.place, strict=True))
            minutes += MINUTES_PER_KM * (east**2 + north**2) ** 0.5
        return AuditScheduleApply._full_quarter(minutes)

    @staticmethod
    def _full_quarter(minutes):
        return -(-minutes // QUARTER) * QUARTER

    def _moment(self, day, minute):
        zone = pytz.timezone(self.company_id.agency_tz)
        start = datetime.combine(day, time()) + timedelta(minutes=int(minute))
        return zone.localize(start).astimezone(pytz.utc).replace(tzinfo=None)

    def _visit(self, line, vals):
        if line.visit_id:
            line.visit_id.write(vals)
            return line.visit_id
        visit = self.env["audit.visit"].create(
            vals | {"phase_id": self.phase_id.id, "unit_id": line.unit_id.id}
        )
        # sudo: lines are written by planning only
        line.sudo().visit_id = visit
        return visit
