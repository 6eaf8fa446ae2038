from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from unittest.mock import patch
from xmlrpc.client import Fault

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.agency_base.models import agency_identifier_lookup as lookup
from odoo.addons.agency_base.tests.common import OwnDatabaseCase
from odoo.addons.agency_base.tests.lookup_common import CODE, CONTACTS, alike


@tagged("post_install", "-at_install")
class TestIdentifierLookupRemote(HttpCase):
    def test_many_calls_answer_no_more_than_one(self):
        clerk = new_test_user(self.env, "lookup_remote", groups=CONTACTS)
        partner = self.env["res.partner"].create({"name": "C", "national_id": CODE})
        self.env.flush_all()
        key = (self.env.cr.dbname, clerk.id, clerk.login, "res.partner")
        numbers = [code for code in alike() if code != CODE][: lookup.SHAPE_LIMIT]
        call = self.xmlrpc_object.execute
        self.assertEqual(
            call(*key, "search", [("national_id", "=", CODE)]), partner.ids
        )
        for code in numbers[:-1]:
            self.assertFalse(call(*key, "search", [("national_id", "=", code)]))
        with self.assertRaisesRegex(Fault, "look alike"):
            call(*key, "search_count", [("national_id", "=", numbers[-1])])


@tagged("post_install", "-at_install")
class TestIdentifierLookupCommitted(OwnDatabaseCase):
    """What is told is counted, whatever becomes of the request that asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cls.clerk_id, *cls.colleague_ids = (
                new_test_user(env, name, groups=CONTACTS).id
                for name in ("lookup_real", "lookup_one", "lookup_two", "lookup_three")
            )
            cls.mine_id = env["res.partner"].create({"name": "Mine"}).id
            env["res.partner"].create({"name": "Client", "national_id": CODE})
        # Half of what is alike, the client's number the last of it.
        cls.half = [*[code for code in alike() if code != CODE][:400], CODE]

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            self._env(cr)["agency.identifier.lookup"].search([]).unlink()

    def _attempt(self, attempt, readonly=False, uid=None):
        with closing(self.registry.cursor(readonly=readonly)) as cr:
            partners = self._env(cr, uid or self.clerk_id)["res.partner"]
            try:
                attempt(partners)
                partners.env.flush_all()
            except ValidationError:
                return True
            except UserError:
                return False
            return True

    def _answers(self, attempt, readonly=False):
        """Return how many of the numbers alike are answered by ``attempt``."""
        answers = [
            self._attempt(lambda partners: attempt(partners, code), readonly)  # noqa: B023 (called at once)
            for code in self.half[:12]
        ]
        return answers.count(True)

    def test_a_search_counts_in_a_request_that_may_only_read(self):
        answers = self._answers(
            lambda partners, code: partners.search([("national_id", "=", code)]), True
        )
        self.assertEqual(answers, lookup.SHAPE_LIMIT)

    def test_trying_who_has_a_number_is_asking_as_well(self):
        for attempt in (
            lambda partners, code: partners.create({"name": "X", "national_id": code}),
            lambda partners, code: partners.browse(self.mine_id).write(
                {"national_id": code}
            ),
        ):
            self.setUp()
            self.assertEqual(self._answers(attempt), lookup.SHAPE_LIMIT)

    def test_a_list_to_bring_in_tells_no_more(self):
        with closing(self.registry.cursor()) as cr:
            partners = self._env(cr, self.clerk_id)["res.partner"]
            result = partners.load(
                ["name", "national_id"], [["X", code] for code in self.half]
            )
        self.assertFalse(result["ids"])
        told = str(result["messages"])
        self.assertIn("look alike", told)
        self.assertNotIn("Client", told)

    def _search(self, code, uid=None):
        return self._attempt(
            lambda partners: partners.search([("national_id", "=", code)]), uid=uid
        )

    def test_requests_at_the_same_moment_find_no_more_room(self):
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(self._search, self.half[:20]))
        self.assertEqual(answers.count(True), lookup.SHAPE_LIMIT)

    def test_nor_do_those_of_several_users(self):
        users = [self.clerk_id, *self.colleague_ids] * 9
        with (
            patch.object(lookup, "SHARED_LIMIT", 25),
            ThreadPoolExecutor(4) as pool,
        ):
            answers = list(pool.map(self._search, self.half[: len(users)], users))
        self.assertEqual(answers.count(True), 25)
