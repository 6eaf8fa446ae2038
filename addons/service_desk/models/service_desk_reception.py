from datetime import datetime, time, timedelta, timezone

from odoo import api, fields, models

from .. import clock

LOOK_AHEAD = timedelta(days=14)
# Whoever books must be able to come, and the expert to see it.
LEAD = timedelta(hours=2)
WEEKDAYS = [
    ("5", "Saturday"),
    ("6", "Sunday"),
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
]


class ServiceDeskReception(models.Model):
    """Hours of the week in which an expert of a unit receives clients by appointment.

    Clients choose among the free times themselves, from the tracking page; holidays
    and what is taken are left out.
    """

    _name = "service.desk.reception"
    _description = "Reception Hours"
    _order = "department_id, weekday, hour_from, id"
    _check_company_auto = True

    active = fields.Boolean(default=True)
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    weekday = fields.Selection(WEEKDAYS, required=True)
    hour_from = fields.Float("From", required=True)
    hour_to = fields.Float("To", required=True)
    minutes = fields.Integer(
        "Minutes Each", required=True, default=30, help="Length of one appointment."
    )
    place = fields.Selection(
        [("desk", "The Expert Comes to the Desk"), ("unit", "In the Unit")],
        required=True,
        default="unit",
    )
    room = fields.Char()
    expert_id = fields.Many2one(
        "res.users", domain=[("share", "=", False)], ondelete="restrict"
    )
    expert_name = fields.Char(help="Where the expert does not use the system.")
    note = fields.Char(help="What clients should bring.")

    _hours_in_a_day = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_to <= 24 AND hour_from < hour_to)",
        "Reception begins before it ends, within one day.",
    )
    _minutes_make_sense = models.Constraint(
        "CHECK (minutes BETWEEN 5 AND 240)",
        "An appointment takes between 5 and 240 minutes.",
    )
    # A CHECK passes on NULL, hence the COALESCE.
    _names_the_expert = models.Constraint(
        "CHECK (expert_id IS NOT NULL OR COALESCE(expert_name, '') != '')",
        "Name the expert whom the client meets.",
    )
    _unit_has_room = models.Constraint(
        "CHECK (place != 'unit' OR COALESCE(room, '') != '')",
        "Tell the client which room to go to.",
    )

    @api.depends("department_id", "weekday")
    def _compute_display_name(self):
        days = dict(self._fields["weekday"]._description_selection(self.env))
        for hours in self:
            hours.display_name = (
                f"{hours.department_id.name} · {days.get(hours.weekday, '')}"
            )

    @api.model
    def _free_times(self, unit):
        """Return ``[(reception, start)…]`` that are free in ``unit``, the first first.

        ``start`` is naive and in UTC. Times lie within the unit's working calendar,
        so that holidays are none.
        """
        # sudo: opening hours are public, and so is that a time is taken
        hours_sudo = self.sudo().search([("department_id", "=", unit.id)])
        first, last = clock.now() + LEAD, clock.now() + LOOK_AHEAD
        if not hours_sudo:
            return []
        calendar = unit._desk_calendar()
        shifts = calendar._desk_shifts(first, last)
        taken = hours_sudo._taken(first, last)
        free = {
            (hours, start)
            for hours in hours_sudo
            for day in {begin.date() for begin, _end in shifts}
            for start, end in hours._times_on(day, calendar)
            if start >= first
            and (hours.id, start) not in taken
            # Reception hours may be wider than those of the unit.
            and hours._is_within(start, end, shifts)
        }
        return sorted(free, key=lambda pair: (pair[1], pair[0].id))

    def _times_on(self, day, calendar):
        """Yield the ``(start, end)`` of each appointment on ``day``, naive and UTC."""
        self.ensure_one()
        if str(day.weekday()) != self.weekday:
            return
        zone = calendar._desk_timezone()
        midnight = datetime.combine(day, time())
        begin = midnight + timedelta(hours=self.hour_from)
        length = timedelta(minutes=self.minutes)
        while begin + length <= midnight + timedelta(hours=self.hour_to):
            start = zone.localize(begin).astimezone(timezone.utc).replace(tzinfo=None)
            yield start, start + length
            begin += length

    def _is_within(self, start, end, shifts):
        start, end = (
            start.replace(tzinfo=timezone.utc),
            end.replace(tzinfo=timezone.utc),
        )
        return any(begin <= start and end <= close for begin, close in shifts)

    def _taken(self, first, last):
        appointments_sudo = self.env["service.desk.appointment"].sudo()
        rows = appointments_sudo.search_fetch(
            [
                ("reception_id", "in", self.ids),
                ("state", "=", "planned"),
                ("date_start", ">=", first),
                ("date_start", "<=", last),
            ],
            ["reception_id", "date_start"],
        )
        return {(row.reception_id.id, row.date_start) for row in rows}
