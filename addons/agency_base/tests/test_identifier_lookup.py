from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.agency_base.models import agency_identifier_lookup as lookup
from odoo.addons.agency_base.tests.lookup_common import (
    CODE,
    CONTACTS,
    OTHER,
    LookupCase,
    alike,
)
from odoo.addons.agency_base.tools import mask_identifier


@tagged("post_install", "-at_install")
class TestIdentifierLookup(LookupCase):
    """A masked number is asked about a few times, and no more."""

    def test_a_mask_leaves_hundreds_of_numbers(self):
        self.assertGreater(len(alike()), 900)

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

    def test_several_accounts_together_learn_no_more(self):
        accounts = [
            self.partners.with_user(new_test_user(self.env, f"guess_{n}", CONTACTS))
            for n in range(6)
        ]
        answers = []
        for turn, partners in enumerate(accounts):
            # Each goes on where the one before was refused.
            numbers = self.half[turn * lookup.SHAPE_LIMIT :]
            answers.append(
                self._until_refused(
                    lambda code, of=partners: of.search([("national_id", "=", code)]),
                    numbers[: lookup.SHAPE_LIMIT],
                )
            )
        self.assertEqual(sum(answers), lookup.SHARED_LIMIT)
        last = accounts[-1]
        with self.assertRaisesRegex(UserError, "colleagues"):
            last.search([("national_id", "=", CODE)])
        # What a colleague was told is no news, and other numbers are another matter.
        self.assertFalse(last.search([("national_id", "=", self.half[0])]))
        self.assertFalse(last.search([("national_id", "=", OTHER)]))
        with freeze_time("2100-01-01"):
            found = last.search([("national_id", "=", CODE)])
        self.assertEqual(found, self.partner)

    def test_a_client_whom_many_serve_counts_once_for_all(self):
        with patch.object(lookup, "SHARED_LIMIT", 1):
            for name in ("desk_1", "desk_2", "desk_3"):
                clerk = new_test_user(self.env, name, groups=CONTACTS)
                found = self.partners.with_user(clerk).search(
                    [("national_id", "=", CODE)]
                )
                self.assertEqual(found, self.partner)

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

    def test_short_numbers_keep_more_hidden(self):
        self.assertEqual(mask_identifier("12345678"), "\u200e12****78")
