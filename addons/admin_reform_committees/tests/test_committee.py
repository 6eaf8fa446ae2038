from contextlib import contextmanager

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReformCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 08:00:00")
class TestCommittee(ReformCase):
    @contextmanager
    def assertDatabaseRefuses(self, error):  # noqa: N802 (as unittest names them)
        with mute_logger("odoo.sql_db"), self.assertRaises(error):
            yield
            self.env.flush_all()

    def test_officers_are_those_of_today(self):
        self.assertEqual(self.body.chair_id, self.people["chair"])
        self.assertEqual(self.body.secretary_id, self.people["secretary"])
        self.assertEqual((self.body.member_count, self.body.voting_count), (5, 5))

    def test_codes_are_taken_in_any_digits_and_case(self):
        body = self._body("c\u06f9\u06f5")
        self.assertEqual(body.code, "C95")

    def test_two_active_bodies_do_not_share_a_code(self):
        with self.assertDatabaseRefuses(UniqueViolation):
            self._body("C93")
        self.other_body.active = False
        self.env.flush_all()
        self._body("C94")

    def test_codes_are_latin(self):
        for code in ("ک۱", "3C", "C-1", "C23456789"):
            with self.subTest(code), self.assertDatabaseRefuses(CheckViolation):
                self._body(code)

    def test_fixed_quorum_needs_its_number(self):
        with self.assertDatabaseRefuses(CheckViolation):
            self.body.quorum_rule = "fixed"

    def test_bodies_stand_under_higher_ones(self):
        with self.assertRaisesRegex(ValidationError, "cannot stand under"):
            self.other_body.parent_id = self.body
        with self.assertRaises(ValidationError):
            self._body("C95", parent_id=self.body.id)
        self._body("C95", parent_id=self.body.id, kind="working_group")
        with self.assertRaises(ValidationError):
            self.council.kind = "working_group"

    def test_body_with_members_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.body.with_context(_force_unlink=True).unlink()
        self.assertTrue(self._body("C96").unlink())

    def test_officers_without_a_role_are_named(self):
        self.assertFalse(self.body.idle_officers)
        self.users["chair"].group_ids = self.env.ref("base.group_user")
        self.body.invalidate_recordset(["idle_officers"])
        self.assertEqual(self.body.idle_officers, self.people["chair"].name)

    def test_search_for_own_bodies_agrees_with_the_field(self):
        bodies = self.council | self.body | self.other_body
        for user in (*self.users.values(), self.other_secretary):
            mine = bodies.with_user(user)
            for name in ("user_is_member", "user_runs", "user_approves"):
                with self.subTest(user=user.login, field=name):
                    found = mine.search([(name, "=", True), ("id", "in", mine.ids)])
                    self.assertEqual(found, mine.filtered(name))
                    others = mine.search([(name, "=", False), ("id", "in", mine.ids)])
                    self.assertEqual(others, mine - found)

    def test_what_the_roles_are_in_a_body(self):
        table = {
            # role: member, runs, approves
            "observer": (False, False, False),
            "member": (True, False, False),
            "secretary": (True, True, False),
            "chair": (True, True, False),
            "approver": (False, False, True),
        }
        for role, expected in table.items():
            body = self.body.with_user(self.users[role])
            got = (body.user_is_member, body.user_runs, body.user_approves)
            self.assertEqual(got, expected, role)

    def test_chair_approves_where_nobody_is_named(self):
        self.body.approver_id = False
        self.assertTrue(self.body.with_user(self.users["chair"]).user_approves)
        self.assertFalse(self.body.with_user(self.users["approver"]).user_approves)

    def test_board_of_bodies_reads_in_few_queries(self):
        bodies = (self.council | self.body | self.other_body).with_user(
            self.users["member"]
        )
        people = {"fields": {"display_name": {}}}
        shown = {
            "name": {},
            "chair_id": people,
            "secretary_id": people,
            "member_count": {},
            "delegation_id": people,
        }
        self.env.flush_all()
        self.env.invalidate_all()
        bodies.web_read(shown)  # rights are cached from now on
        self.env.invalidate_all()
        with self.assertQueryCount(10):
            bodies.web_read(shown)
