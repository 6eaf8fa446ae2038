from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.agency_base.tests.common import OwnDatabaseCase

DAY = date(2026, 5, 1)


@tagged("post_install", "-at_install")
class TestCounter(TransactionCase):
    def _draw(self, scope="C3", day=DAY, kind="meeting", count=1):
        return self.env["agency.counter"]._next(scope, day, kind, count)

    def test_numbers_follow_one_another(self):
        self.assertEqual([self._draw() for _ in range(3)], [1, 2, 3])
        self.assertEqual(self._draw(count=5), 4)
        self.assertEqual(self._draw(), 9)

    def test_each_scope_kind_year_and_company_counts_by_itself(self):
        self._draw()
        self.assertEqual(self._draw(scope="C4"), 1)
        self.assertEqual(self._draw(kind="letter"), 1)
        self.assertEqual(self._draw(day=date(2027, 5, 1)), 1)
        other = self.env["res.company"].create({"name": "Other Body"})
        counter = self.env["agency.counter"].with_company(other)
        self.assertEqual(counter._next("C3", DAY, "meeting"), 1)

    def test_the_year_turns_at_midnight_of_the_official_clock(self):
        self.env.company.agency_tz = "Asia/Tehran"
        last = datetime(2026, 3, 20, 20, 29)
        self.assertEqual(self._draw(day=last), 1)
        self.assertEqual(self._draw(day=datetime(2026, 3, 20, 20, 30)), 1)
        self.assertEqual(self._draw(day=last), 2)

    def test_one_query_draws(self):
        self._draw()
        with self.assertQueryCount(1):
            self._draw(count=100)

    def test_a_body_goes_on_from_its_paper_register(self):
        administrator = new_test_user(
            self.env, "counter_admin", groups="agency_base.group_administrator"
        )
        counters = self.env["agency.counter"].with_user(administrator)
        counter = counters.create(
            {"scope": "C3", "jalali_year": 1405, "kind": "meeting", "value": 41}
        )
        self.assertEqual(self._draw(), 42)
        with self.assertRaises(AccessError):
            counter.write({"value": 7})
        with self.assertRaises(AccessError):
            counter.unlink()


class RefusedError(Exception):
    """What makes a request fail after it has drawn its number."""


@tagged("post_install", "-at_install")
class TestCounterConcurrency(OwnDatabaseCase):
    def _draw_in_a_request(self, number):
        """Draw as a request does, with every fifth failing after it has drawn."""
        with suppress(RefusedError), self.registry.cursor() as cr:
            env = self._env(cr)

            def work():
                env["res.partner"].search_count([])  # the snapshot is taken early
                drawn = env["agency.counter"]._next("C3", DAY, "meeting")
                if number % 5 == 0:
                    raise RefusedError
                return drawn

            return retrying(work, env)

    def test_no_gap_and_no_double_among_requests_at_the_same_moment(self):
        # Odoo's own retrying; only its pauses are shortened.
        with (
            patch("odoo.service.model.random.uniform", lambda low, high: high / 100),
            patch("odoo.service.model.MAX_TRIES_ON_CONCURRENCY_FAILURE", 50),
            ThreadPoolExecutor(4) as pool,
        ):
            drawn = [n for n in pool.map(self._draw_in_a_request, range(40)) if n]
        self.assertEqual(sorted(drawn), list(range(1, 33)))

    def test_who_waited_fails_and_draws_the_next_when_run_again(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            second.execute("SELECT 1 FROM res_users")
            one = self._env(first)["agency.counter"]._next("C9", DAY, "meeting")
            first.commit()
            with self.assertRaises(SerializationFailure):
                self._env(second)["agency.counter"]._next("C9", DAY, "meeting")
            second.rollback()
            two = self._env(second)["agency.counter"]._next("C9", DAY, "meeting")
            self.assertEqual((one, two), (1, 2))
