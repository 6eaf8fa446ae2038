from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from itertools import takewhile
from unittest.mock import patch
from xmlrpc.client import Fault

from freezegun import freeze_time

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from odoo.addons.agency_base.models import agency_identifier_lookup as lookup
from odoo.addons.agency_base.tests.common import OwnDatabaseCase
from odoo.addons.agency_base.tools import is_national_code, mask_identifier

CODE, OTHER = "0076229645", "0499370899"
CONTACTS = "base.group_user,base.group_partner_manager,base.group_allow_export"


def alike(number=CODE):
    """Return every national code that a mask cannot tell from ``number``."""
    middles = (f"{number[:3]}{middle:04}{number[-3:]}" for middle in range(10**4))
    return [code for code in middles if is_national_code(code)]


class LookupCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(cls.env, "lookup_clerk", groups=CONTACTS)
        cls.viewer = new_test_user(
            cls.env,
            "lookup_viewer",
            groups=f"{CONTACTS},agency_base.group_identifier_viewer",
        )
        cls.partner = cls.env["res.partner"].create(
            {"name": "Client", "national_id": CODE}
        )
        cls.partners = cls.env["res.partner"].with_user(cls.clerk)
        # Half of what is alike, the client's number the last of it.
        cls.half = [*[code for code in alike() if code != CODE][:400], CODE]

    def _asked(self):
        return self.env["agency.identifier.lookup"].search_count([])

    def _until_refused(self, attempt, numbers):
        """Return for how many of ``numbers`` there is an answer."""
        answered = (self._is_answered(attempt, number) for number in numbers)
        return sum(takewhile(bool, answered))

    def _is_answered(self, attempt, number):
        with suppress(UserError):
            attempt(number)
            return True
        return False


@tagged("post_install", "-at_install")
class TestIdentifierLookup(LookupCase):
    def test_a_mask_leaves_hundreds_of_numbers(self):
        self.assertGreater(len(alike()), 900)

    def test_a_list_of_numbers_is_refused_on_every_way(self):
        users = self.env["res.users"].with_user(self.clerk)
        self.partner.parent_id = self.env["res.partner"].create({"name": "Parent"})
        half = self.half
        ored = ["|"] * (len(half) - 1) + [("national_id", "=", code) for code in half]
        domain = [("national_id", "in", half)]
        for name, attempt in {
            "in": lambda: self.partners.search(domain),
            "not in": lambda: self.partners.search([("national_id", "not in", half)]),
            "!=": lambda: self.partners.search([("national_id", "!=", CODE)]),
            "not": lambda: self.partners.search(["!", ("national_id", "=", CODE)]),
            "not like": lambda: self.partners.search(
                [("national_id", "not ilike", CODE)]
            ),
            "or": lambda: self.partners.search(ored),
            "count": lambda: self.partners.search_count(domain),
            "read": lambda: self.partners.search_read(domain, ["name"]),
            "web": lambda: self.partners.web_search_read(domain, {"name": {}}),
            "group": lambda: self.partners.formatted_read_group(
                domain, ["create_uid"], ["__count"]
            ),
            "name": lambda: self.partners.name_search("Client", domain),
            "names": lambda: self.partners.search([("display_name", "in", half)]),
            "export": lambda: self.partners.search(domain).export_data(["name"]),
            "child": lambda: self.partners.search(
                [("child_ids.national_id", "in", half)]
            ),
            "any": lambda: self.partners.search([("child_ids", "any", domain)]),
            "by name of a link": lambda: self.partners.search(
                [("child_ids", "in", half)]
            ),
            "child_of": lambda: self.partners.search([("id", "child_of", half)]),
            "inherited": lambda: users.search(domain),
            "through a user": lambda: users.search([("partner_id", "any", domain)]),
        }.items():
            with self.subTest(name), self.assertRaises(UserError):
                found = attempt()
                self.fail(f"answered: {found}")
        # In memory, what the user sees is compared.
        partner = self.partner.with_user(self.clerk)
        self.assertFalse(partner.filtered_domain(domain))
        # Whoever sees the numbers may.
        found = self.partners.with_user(self.viewer).search(domain)
        self.assertEqual(found, self.partner)

    def test_ranges_and_patterns_of_numbers_are_refused(self):
        for operator in (">", ">=", "<", "<="):
            with self.subTest(operator), self.assertRaises(UserError):
                self.partners.search([("national_id", operator, "0076000000")])
        for pattern in ("0076%", "%229645", "007622964_", "0076229645%"):
            for operator in ("like", "ilike", "=like", "=ilike"):
                found = self.partners.search([("national_id", operator, pattern)])
                self.assertNotIn(self.partner, found, (operator, pattern))

    def test_neither_order_nor_groups_tell(self):
        users = self.env["res.users"].with_user(self.clerk)
        for field in ("national_id", "identifier_clear", "identifier_digest"):
            for name, attempt in {
                "order": lambda f=field: self.partners.search([], order=f),
                "order of a link": lambda f=field: self.partners.search(
                    [], order=f"parent_id.{f}"
                ),
                "group": lambda f=field: self.partners.formatted_read_group([], [f]),
                "aggregate": lambda f=field: self.partners.formatted_read_group(
                    [], ["create_uid"], [f"{f}:max"]
                ),
                "bar": lambda f=field: self.partners.read_progress_bar(
                    [], "create_uid", {"field": f, "colors": {"x": "success"}}
                ),
                "users": lambda f=field: users.search([], order=f),
                "groups of users": lambda f=field: users.formatted_read_group([], [f]),
            }.items():
                with self.subTest(f"{name} {field}"), suppress(AccessError, ValueError):
                    self.fail(f"answered: {attempt()}")

    def test_alike_numbers_are_searched_a_few_times_a_month(self):
        ways = {
            "=": lambda code: self.partners.search([("national_id", "=", code)]),
            "ilike": lambda code: self.partners.search(
                [("national_id", "ilike", code)]
            ),
            "name": self.partners.name_search,
            "link": lambda code: self.partners.search([("parent_id", "ilike", code)]),
            "user": lambda code: (
                self.env["res.users"]
                .with_user(self.clerk)
                .search([("national_id", "=", code)])
            ),
        }
        for name, attempt in ways.items():
            with self.subTest(name):
                self.env["agency.identifier.lookup"].search([]).unlink()
                answers = self._until_refused(attempt, self.half)
                self.assertEqual(answers, lookup.SHAPE_LIMIT)
        with freeze_time("2100-01-01"):
            self.assertFalse(ways["="](OTHER))

    def test_what_was_refused_stays_refused_and_what_was_answered_answered(self):
        def search(code):
            return self.partners.search([("national_id", "=", code)])

        self._until_refused(search, self.half)
        self.assertEqual(search(self.half[0]), self.partners)
        for code in (CODE, self.half[lookup.SHAPE_LIMIT]):
            with self.assertRaises(UserError):
                search(code)
        self.assertEqual(self._asked(), lookup.SHAPE_LIMIT)

    def test_a_list_of_people_is_brought_in(self):
        """Their numbers differ: few are alike even in one town."""
        codes = [code for code in alike("0071234531") if code[4:6] == "12"][:9]
        codes += [alike(f"0{head:02}0000{head}12")[0] for head in range(10, 90)]
        result = self.partners.load(
            ["name", "national_id"], [[f"Person {code}", code] for code in codes]
        )
        self.assertEqual(len(result["ids"] or ()), len(codes), result["messages"])
        # It does not use up what may be searched for.
        self.assertFalse(self.partners.search([("national_id", "=", OTHER)]))

    def test_searching_is_limited_in_an_hour_and_in_a_day(self):
        codes = [alike(f"0{n:02}0000{m}")[0] for n in range(10, 80) for m in (111, 222)]
        codes = codes[:130]

        def search(code):
            return self.partners.search([("national_id", "=", code)])

        with freeze_time("2026-03-21 08:00:00"):
            self.assertEqual(self._until_refused(search, codes), lookup.HOUR_LIMIT)
        with (
            freeze_time("2026-03-21 09:00:01"),
            patch.object(lookup, "DAY_LIMIT", lookup.HOUR_LIMIT + 5),
        ):
            rest = codes[lookup.HOUR_LIMIT :]
            self.assertEqual(self._until_refused(search, rest), 5)

    def test_the_counts_are_each_users_own_and_swept(self):
        with freeze_time("2026-03-21 08:00:00"):
            self.partners.search([("national_id", "=", CODE)])
        self.partners.with_user(self.viewer).search([("national_id", "=", CODE)])
        self.partners.sudo().with_user(1).search([("national_id", "=", CODE)])
        asked = self.env["agency.identifier.lookup"].search([])
        self.assertEqual(asked.user_id, self.clerk)
        self.assertNotIn(CODE, str(asked.read()))
        with freeze_time("2026-04-21 08:00:00"):
            asked._gc_old()
        self.assertFalse(asked.exists())

    def test_superuser_mode_frees_nobody(self):
        found = self.partners.sudo().search([("national_id", "=", CODE)])
        self.assertEqual(found, self.partner)
        self.assertEqual(self._asked(), 1)

    def test_a_taken_number_names_only_whom_one_may_see(self):
        twin = {"name": "Twin", "national_id": CODE}
        with self.assertRaises(ValidationError) as refusal:
            self.partners.create(twin)
        self.assertIn(self.partner.name, str(refusal.exception))
        self.partner.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        self.partner.name = "Hidden"
        self.env["ir.rule"].create(
            {
                "name": "hidden",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": [("id", "!=", self.partner.id)],
            }
        )
        self.partner.company_id = False
        with self.assertRaises(ValidationError) as refusal:
            self.partners.create(twin)
        self.assertNotIn("Hidden", str(refusal.exception))

    def test_short_numbers_keep_more_hidden(self):
        self.assertEqual(mask_identifier("12345678"), "\u200e12****78")


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
            cls.clerk_id = new_test_user(env, "lookup_real", groups=CONTACTS).id
            cls.mine_id = env["res.partner"].create({"name": "Mine"}).id
            env["res.partner"].create({"name": "Client", "national_id": CODE})
        # Half of what is alike, the client's number the last of it.
        cls.half = [*[code for code in alike() if code != CODE][:400], CODE]

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            self._env(cr)["agency.identifier.lookup"].search([]).unlink()

    def _attempt(self, attempt, readonly=False):
        with closing(self.registry.cursor(readonly=readonly)) as cr:
            partners = self._env(cr, self.clerk_id)["res.partner"]
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

    def test_requests_at_the_same_moment_find_no_more_room(self):
        def search(code):
            return self._attempt(
                lambda partners: partners.search([("national_id", "=", code)])
            )

        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(search, self.half[:20]))
        self.assertEqual(answers.count(True), lookup.SHAPE_LIMIT)
