from datetime import datetime
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from .common import DeskCase
from .rows import multiply

ROWS = 50_000
PAGE = 80


@tagged("post_install", "-at_install")
class TestPlans(DeskCase):
    """What PostgreSQL does with 50,000 requests: it goes by an index, always."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        request = cls._make_request()
        request.action_mark_ready()
        request.action_deliver()
        multiply(request.with_env(cls.env), ROWS)
        cls.requests = cls.env["service.desk.request"].with_user(cls.clerk)

    def _plan(self, domain, **options):
        query = self.requests._search(domain, **options)
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        return "\n".join(line for (line,) in self.env.cr.fetchall())

    def _goes_by_index(self, domain, **options):
        plan = self._plan(domain, **options)
        self.assertNotIn("Seq Scan on service_desk_request", plan)
        return plan

    def test_the_first_page_of_the_list(self):
        order = self.requests._order
        self._goes_by_index([], limit=PAGE, order=order)

    def test_the_first_page_of_what_is_open(self):
        domain = self.requests._open_domain()
        self._goes_by_index(domain, limit=PAGE, order=self.requests._order)

    def test_a_tracking_code(self):
        plan = self._goes_by_index([("tracking_code", "=", "3000000042")])
        self.assertIn("tracking_code_uniq", plan)

    def test_the_search_bar_with_a_code_or_a_national_code(self):
        for digits in ("3000000042", "0076229645"):
            with self.subTest(digits):
                self._goes_by_index([("display_name", "ilike", digits)], limit=PAGE)

    def test_a_national_code(self):
        self._goes_by_index([("national_id", "=", "0076229645")])

    def test_a_name(self):
        domain = [("display_name", "ilike", "d3d9446802a44259")]
        self._goes_by_index(domain, limit=PAGE)

    def test_the_returns_of_today(self):
        domain = [
            ("desk_id", "=", self.desk.id),
            ("state", "in", ("ready", "registered", "referred")),
            ("date_promised", "<=", "2026-11-22"),
        ]
        self._goes_by_index(domain, limit=40, order="date_promised desc, id")

    def test_what_is_late_in_a_unit(self):
        domain = [("department_id", "=", self.unit.id), ("is_overdue", "=", True)]
        self._goes_by_index(domain, limit=PAGE)

    def _explain(self, query):
        self.env.flush_all()
        self.env.cr.execute(SQL("EXPLAIN %s", query))
        return "\n".join(line for (line,) in self.env.cr.fetchall())

    def test_the_board_is_counted_from_what_is_open(self):
        summary = self.env["service.desk.summary"]
        plan = self._explain(
            summary._count_sql(self.company, summary._today(self.company))
        )
        self.assertNotIn("Seq Scan on service_desk_request", plan)

    def test_the_figures_of_a_month_come_from_its_days(self):
        # Ten days: with 50,000 rows a whole month is a fifth of the table.
        days = datetime(2026, 11, 10), datetime(2026, 11, 20)
        query = self.env["service.desk.month"]._figures_sql(self.company, *days, None)
        plan = self._explain(query)
        self.assertNotIn("Seq Scan on service_desk_request", plan)

    def test_what_the_board_asks_of_the_requests_goes_by_index(self):
        board = self.env["service.desk.summary"].with_user(self.supervisor)
        board.board_load(fresh=True)
        self.env.invalidate_all()
        asked = []
        execute = type(self.env.cr).execute

        def listen(cr, query, *args, **kwargs):
            asked.append(query)
            return execute(cr, query, *args, **kwargs)

        with patch.object(type(self.env.cr), "execute", listen):
            board.board_load()
        reads = [
            query
            for query in asked
            if isinstance(query, SQL) and "service_desk_request" in query.code
        ]
        self.assertTrue(reads, "the promises of today are live")
        plans = [self._explain(query) for query in reads]
        self.assertIn("open_desk_idx", plans[0])
        for plan in plans:
            self.assertNotIn("Seq Scan on service_desk_request", plan)

    def test_the_display_reads_the_numbers_of_today(self):
        self.env.cr.execute(
            """
            INSERT INTO service_desk_ticket
                   (company_id, desk_id, day, number, channel, state, drawn_at, token)
            SELECT %s, %s, DATE '2026-11-22' - n / 100, 1 + n %% 100, 'kiosk', 'done',
                   TIMESTAMP '2026-11-22 06:00' - n / 100 * interval '1 day', n::text
              FROM generate_series(0, %s) AS n
            """,
            (self.company.id, self.desk.id, ROWS - 1),
        )
        self.env.cr.execute("ANALYZE service_desk_ticket")
        plan = self._explain(self.desk._hall_sql())
        self.assertNotIn("Seq Scan on service_desk_ticket", plan)
