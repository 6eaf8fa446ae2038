from bisect import bisect_right
from datetime import timedelta, timezone
from itertools import accumulate

import pytz

from odoo import api, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

# Beyond this a calendar is taken to have no working hours at all.
LAST_LOOK_DAYS = 3 * 366


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    @api.constrains("attendance_ids")
    def _check_desk_hours(self):
        """Refuse to empty a calendar by which a desk, a service or a unit works."""
        for calendar in self.filtered(lambda one: not one._desk_has_hours()):
            holder_sudo = calendar._desk_holder()
            if holder_sudo:
                raise ValidationError(
                    self.env._(
                        "“%(record)s” works by the calendar “%(calendar)s”: without "
                        "hours nothing could be promised there. Leave it some hours, "
                        "or choose another calendar there first.",
                        record=holder_sudo.display_name,
                        calendar=calendar.display_name,
                    )
                )

    def _desk_check_hours(self):
        """Refuse to choose a calendar by which nothing could be promised."""
        # sudo: opening hours are public
        for calendar_sudo in self.sudo():
            if not calendar_sudo._desk_has_hours():
                raise ValidationError(
                    self.env._(
                        "The working calendar “%(calendar)s” has no hours: nothing "
                        "could be promised by it. Enter its hours first, or choose "
                        "another calendar.",
                        calendar=calendar_sudo.display_name,
                    )
                )

    def _desk_has_hours(self):
        """Tell whether the week has an hour by which work can be measured."""
        self.ensure_one()
        return self.flexible_hours or any(
            begin < end
            for _day, hours in self._desk_opening_hours()
            for begin, end in hours
        )

    def _desk_holder(self):
        """Return one record that works by this calendar, or none."""
        self.ensure_one()
        # sudo: who may change the calendar need not see what works by it
        env = self.sudo().env
        own = Domain("calendar_id", "=", self.id)
        by_company = Domain("calendar_id", "=", False) & Domain(
            "company_id.resource_calendar_id", "=", self.id
        )
        return (
            env["service.desk"].search(own | by_company, limit=1)
            or env["service.desk.service"].search(own, limit=1)
            or env["hr.department"].search(
                [("desk_calendar_id", "=", self.id)], limit=1
            )
        )

    @api.private
    def _desk_due_batch(self, wishes):
        """Return when work of given lengths ends on this calendar.

        ``wishes`` are ``(start, amount, unit)`` with ``start`` a naive UTC
        datetime and ``unit`` ``"days"`` or ``"hours"``; the result maps each wish
        to a naive UTC datetime. The calendar is read once for all of them.

        The day of receipt is not counted: five days from Sunday is next Sunday
        where Thursday and Friday are free. What comes in after closing time, or
        on a holiday, is received when the desk next opens.

        :raises UserError: the calendar has no hours to promise
        """
        self.ensure_one()
        wishes = set(wishes)
        if not wishes:
            return {}
        first = min(start for start, _amount, _unit in wishes)
        last = max(start for start, _amount, _unit in wishes)
        longest = max(
            amount if unit == "days" else amount / 4 for _start, amount, unit in wishes
        )
        reach = (last - first).days + int(longest * 2) + 30
        while True:
            shifts = self._desk_shifts(first, first + timedelta(days=reach))
            due = {wish: self._desk_due(shifts, *wish) for wish in wishes}
            if all(due.values()):
                return due
            if reach >= LAST_LOOK_DAYS or not shifts:
                raise UserError(
                    self.env._(
                        "The working calendar “%(calendar)s” has no working hours for "
                        "this; ask the administrator to complete it.",
                        calendar=self.display_name,
                    )
                )
            reach = min(reach * 2, LAST_LOOK_DAYS)

    def _desk_shifts(self, start, stop):
        """Return the working intervals between two naive UTC datetimes, in order."""
        # Opening hours are public; whoever registers a request may plan with them.
        calendar_sudo = self.sudo().with_context(active_test=True)
        shifts = calendar_sudo._work_intervals_batch(
            start.replace(tzinfo=timezone.utc),
            stop.replace(tzinfo=timezone.utc),
            domain=[
                ("time_type", "=", "leave"),
                (
                    "company_id",
                    "in",
                    [False, self.company_id.id or self.env.company.id],
                ),
            ],
            tz=self._desk_timezone(),
        )[False]
        return [(begin, end) for begin, end, _meta in shifts if end > begin]

    def _desk_local(self, moment):
        """Return a naive UTC datetime as the clock on the wall shows it."""
        return moment.replace(tzinfo=timezone.utc).astimezone(self._desk_timezone())

    def _desk_timezone(self):
        company = self.company_id or self.env.company
        return pytz.timezone(company.agency_tz or "Asia/Tehran")

    @api.model
    def _desk_due(self, shifts, start, amount, unit):
        """Return the naive UTC end of ``amount`` working ``unit``s, or None."""
        start = start.replace(tzinfo=timezone.utc)
        open_index = next(
            (index for index, (_begin, end) in enumerate(shifts) if end > start), None
        )
        if open_index is None:
            return None
        shifts = shifts[open_index:]
        if unit == "hours":
            moment = self._desk_after_hours(shifts, start, amount)
        else:
            moment = self._desk_after_days(shifts, amount)
        return moment and moment.astimezone(timezone.utc).replace(tzinfo=None)

    @api.model
    def _desk_after_days(self, shifts, days):
        closing = {}
        for _begin, end in shifts:
            closing[end.date()] = end
        closings = list(closing.values())
        return closings[int(days)] if len(closings) > days else None

    @api.model
    def _desk_after_hours(self, shifts, start, hours):
        shifts = [(max(begin, start), end) for begin, end in shifts]
        wanted = timedelta(hours=hours)
        worked = list(accumulate(end - begin for begin, end in shifts))
        index = bisect_right(worked, wanted)
        if index and worked[index - 1] == wanted:
            return shifts[index - 1][1]
        if index == len(worked):
            return None
        return shifts[index][1] - (worked[index] - wanted)

    @api.private
    def _desk_days_between(self, start, stop):
        """Return how many working days end after ``start``'s day up to ``stop``."""
        self.ensure_one()
        if stop <= start:
            return 0
        shifts = self._desk_shifts(start, stop + timedelta(seconds=1))
        days = {begin.date() for begin, _end in shifts}
        first = (
            start.replace(tzinfo=timezone.utc).astimezone(self._desk_timezone()).date()
        )
        return len(days - {first})

    @tools.ormcache("self.id")
    def _desk_door_hours(self):
        """Return the opening hours as pages show them, kept until they are changed.

        Not for what checks a change: it may be undone, and what was kept would stay.
        """
        return self._desk_opening_hours()

    def _desk_opening_hours(self):
        """Return ``[(weekday, [(from, to)…])…]`` from Saturday on, hours as floats."""
        self.ensure_one()
        week = {}
        # Opening hours are printed on the door: no right is needed to read them.
        lines_sudo = self.env["resource.calendar.attendance"].sudo()
        for line in lines_sudo.search_fetch(
            [("calendar_id", "=", self.id)],
            ["display_type", "day_period", "dayofweek", "hour_from", "hour_to"],
        ):
            if line.display_type or line.day_period == "lunch":
                continue
            week.setdefault(line.dayofweek, []).append((line.hour_from, line.hour_to))
        order = "5601234"
        return [(day, sorted(week[day])) for day in order if day in week]
