from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReformCase

READERS = ("observer", "member", "secretary", "chair", "approver")
OFFICE = ("reform_office", "administrator")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 08:00:00")
class TestSecurityBodies(ReformCase):
    def _allowed(self, records, user, verb):
        return records.with_user(user).has_access(verb)

    def _assert_matrix(self, records, matrix):
        for verb, roles in matrix.items():
            for role, user in self.users.items():
                with self.subTest(model=records._name, verb=verb, role=role):
                    allowed = self._allowed(records, user, verb)
                    self.assertEqual(allowed, role in roles)

    def test_matrix(self):
        item = self.env["reform.standing.item"].create(
            {"committee_id": self.body.id, "name": "Any other business"}
        )
        programme = self.env["reform.programme"].search([], limit=1)
        everybody = READERS + OFFICE
        boss = ("administrator",)
        runs = ("secretary", "chair", *OFFICE)
        keeps = dict.fromkeys(("write", "create", "unlink"))
        matrices = [
            (self.body, keeps | {"read": everybody, "write": OFFICE}, boss),
            (self.seats["m1"], keeps | {"read": everybody}, OFFICE),
            (item, keeps | {"read": everybody}, runs),
            (programme, keeps | {"read": everybody}, boss),
            (programme.period_id, keeps | {"read": everybody}, boss),
        ]  # fmt: skip
        for records, matrix, *roles in matrices:
            filled = {verb: who or roles[0] for verb, who in matrix.items()}
            self._assert_matrix(records, filled)

    def test_standing_items_belong_to_those_who_run_the_body(self):
        item = self.env["reform.standing.item"].create(
            {"committee_id": self.body.id, "name": "Any other business"}
        )
        self.assertFalse(self._allowed(item, self.other_secretary, "write"))
        self.assertTrue(self._allowed(item, self.other_secretary, "read"))

    def test_other_users_of_odoo_see_nothing(self):
        for records in (self.body, self.seats["m1"]):
            self.assertFalse(self._allowed(records, self.outsider, "read"))

    def test_other_companies_see_nothing(self):
        user = self._other_company_user("administrator")
        for records in (self.body, self.seats["m1"]):
            self.assertFalse(self._allowed(records, user, "read"))
            self.assertFalse(
                records.with_user(user).search([("id", "in", records.ids)])
            )

    def test_what_all_companies_share_is_kept_by_who_acts_for_all(self):
        user = self._other_company_user("administrator")
        shared = self.env.ref("admin_reform_committees.programme_period_1")
        programme = shared.programme_ids[0]
        for records in (shared.with_user(user), programme.with_user(user)):
            for act in (
                lambda them: them.write({"name": "Mine"}),
                lambda them: them.unlink(),
            ):
                with self.assertRaisesRegex(UserError, "shared by all companies"):
                    act(records)
        periods = self.env["reform.programme.period"].with_user(user)
        own = periods.create({"name": "Second", "year_from": 1397})
        self.assertEqual(own.company_id, user.company_id)
        own.programme_ids = [Command.create({"number": 1, "name": "A programme"})]
        for values in (
            {"company_id": False},
            {"programme_ids": [Command.link(programme.id)]},
        ):
            with self.assertRaisesRegex(UserError, "shared by all companies"):
                own.write(values)
        user.company_ids = self.env["res.company"].search([])
        self.assertTrue(shared.with_user(user).user_keeps)
        shared.with_user(user).decree_no = "1"

    def test_wizards_are_for_the_administrator(self):
        for name in ("reform.committee.found", "reform.programme.import"):
            with self.assertRaises(AccessError):
                self.env[name].with_user(self.users["reform_office"]).create({})
