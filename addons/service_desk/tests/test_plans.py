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
