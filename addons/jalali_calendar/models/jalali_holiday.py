import csv

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import file_open

from ..tools import from_jalali, is_leap, parse_jalali, to_jalali

#: By law the same days of every Jalali year; 30 Esfand where there is one, as the
#: law names the days from 29 Esfand to 4 Farvardin.
SOLAR_HOLIDAYS = {
    (1, 1): "آغاز نوروز",
    (1, 2): "عید نوروز",
    (1, 3): "عید نوروز",
    (1, 4): "عید نوروز",
    (1, 12): "روز جمهوری اسلامی ایران",
    (1, 13): "روز طبیعت",
    (3, 14): "رحلت حضرت امام خمینی (ره)",
    (3, 15): "قیام ۱۵ خرداد",
    (11, 22): "پیروزی انقلاب اسلامی",
    (12, 29): "روز ملی شدن صنعت نفت ایران",
    (12, 30): "آخرین روز سال",
}
#: Of the calendars that the Calendar Centre of the University of Tehran published.
SHIPPED_FILE = "jalali_calendar/data/lunar_holidays.csv"


class JalaliHoliday(models.Model):
    """An official holiday of Iran: the offices of the country are closed.

    Solar holidays follow a rule and hold in every year. Lunar ones depend on the
    calendar that is published each year and are loaded as data.
    """

    _name = "jalali.holiday"
    _description = "Official Holiday"
    _order = "date, id"

    date = fields.Date(required=True, index=True)
    name = fields.Char(required=True)
    kind = fields.Selection(
        selection=[
            ("solar", "Solar"),
            ("lunar", "Lunar"),
            ("special", "Special"),
        ],
        required=True,
        default="special",
        help="Solar holidays return every year by rule, lunar ones move and are"
        " loaded per year; special ones are declared once by the government.",
    )
    year = fields.Integer(
        string="Jalali Year",
        compute="_compute_year",
        store=True,
        index=True,
        aggregator=None,
        help="The year of the Jalali calendar that the day belongs to.",
    )

    _name_date_uniq = models.Constraint(
        "UNIQUE (date, name)",
        "This day already has a holiday of this name.",
    )

    @api.depends("date")
    def _compute_year(self):
        for holiday in self:
            holiday.year = to_jalali(holiday.date)[0] if holiday.date else 0

    # === For the client ===

    @api.model
    @api.readonly
    def get_marks(self, date_from, date_to):
        """Return the holidays between two dates, both included, for a calendar.

        A list of ``{"date": "2025-11-22", "name": "…"}`` in order, one for each day.
        A year without solar holidays of its own has those of the rule. Readers who
        are not internal users get an empty list.
        """
        if not self.env.user._is_internal():
            return []
        first = fields.Date.to_date(date_from)
        last = fields.Date.to_date(date_to)
        names = {}
        for date, name in self._list_between(first, last):
            names.setdefault(date, []).append(name)
        return [
            {"date": fields.Date.to_string(date), "name": "، ".join(names[date])}
            for date in sorted(names)
        ]

    @api.model
    def _list_between(self, first, last):
        """Return the ``(date, name)`` of the holidays between two dates."""
        between = Domain("date", ">=", first) & Domain("date", "<=", last)
        days = [(holiday.date, holiday.name) for holiday in self.search(between)]
        years = range(to_jalali(first)[0], to_jalali(last)[0] + 1)
        for year in set(years) - self._years_with_solar(years):
            days += [
                (date, name)
                for date, name in self._solar_holidays(year)
                if first <= date <= last
            ]
        return days

    @api.model
    def _years_with_solar(self, years):
        domain = [("kind", "=", "solar"), ("year", "in", list(years))]
        return {year for [year] in self._read_group(domain, ["year"])}

    # === Filling the years ===

    @api.model
    def _solar_holidays(self, year):
        """Return the ``(date, name)`` that the rule gives for a Jalali year."""
        return [
            (from_jalali(year, month, day), name)
            for (month, day), name in SOLAR_HOLIDAYS.items()
            if (month, day) != (12, 30) or is_leap(year)
        ]

    @api.model
    def _create_solar(self, years):
        """Record the solar holidays of years that have none yet."""
        missing = set(years) - self._years_with_solar(years)
        return self.create(
            [
                {"date": date, "name": name, "kind": "solar"}
                for year in sorted(missing)
                for date, name in self._solar_holidays(year)
            ]
        )

    @api.model
    def _replace(self, year, kind, days):
        """Put ``(date, name)`` pairs in place of the holidays of a kind and year."""
        self.search([("year", "=", year), ("kind", "=", kind)]).unlink()
        self._create_solar([year])
        return self.create(
            [{"date": date, "name": name, "kind": kind} for date, name in days]
        )

    @api.model
    def _load_shipped(self):
        """Record the published years when the addon is installed."""
        with file_open(SHIPPED_FILE) as file:
            days = [(parse_jalali(date), name) for date, name in csv.reader(file)]
        for year in sorted({to_jalali(date)[0] for date, __ in days}):
            of_year = [day for day in days if to_jalali(day[0])[0] == year]
            self._replace(year, "lunar", of_year)
