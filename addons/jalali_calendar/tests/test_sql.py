import datetime

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.jalali_calendar import tools


@tagged("post_install", "-at_install")
class TestSql(TransactionCase):
    def _days(self, first, last, *columns):
        """Return a row per day: the day and the expressions on it."""
        return self.env.execute_query(
            SQL(
                "SELECT day, %s FROM (SELECT generate_series(%s::date, %s::date,"
                " '1 day')::date AS day) AS days",
                SQL(", ").join(columns),
                first,
                last,
            )
        )

    def test_every_day_of_a_century_agrees_with_python(self):
        day = SQL.identifier("day")
        units = ("day", "week", "month", "quarter", "year")
        rows = self._days(
            tools.from_jalali(1350, 1, 1),
            tools.from_jalali(1450, 12, 29),
            *(tools.sql_start_of(day, unit) for unit in units),
            tools.sql_year(day),
            tools.sql_month(day),
        )
        self.assertEqual(len(rows), 36890)
        for value, *starts, year, month in rows:
            self.assertEqual(
                (*starts, year, month),
                (
                    *(tools.start_of(value, unit) for unit in units),
                    *tools.to_jalali(value)[:2],
                ),
            )

    def test_days_before_the_calendar_fall_into_their_own_periods(self):
        day = SQL.identifier("day")
        rows = self._days(
            datetime.date(1, 3, 22),
            datetime.date(640, 1, 1),
            tools.sql_start_of(day, "month"),
            tools.sql_start_of(day, "year"),
            tools.sql_year(day),
        )
        for value, month, year, number in rows[::7]:
            self.assertEqual(month, tools.start_of(value, "month"))
            self.assertEqual(year, tools.start_of(value, "year"))
            self.assertEqual(number, tools.to_jalali(value)[0])

    def test_no_day_has_no_period(self):
        empty = SQL("NULL::date")
        for unit in ("day", "week", "month", "quarter", "year"):
            query = SQL("SELECT %s", tools.sql_start_of(empty, unit))
            self.assertEqual(self.env.execute_query(query), [(None,)])

    def test_unknown_units_are_refused(self):
        with self.assertRaises(ValueError):
            tools.sql_start_of(SQL.identifier("day"), "decade")
