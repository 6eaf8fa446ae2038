"""What no button offers, asked by RPC of who works here and means no good."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import NATIONAL_CODES, NOW, DeskCase


@tagged("post_install", "-at_install")
class TestForgery(DeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_desk.user_ids = cls.other_clerk
        cls.theirs = cls._make_request()

    def test_an_objection_is_made_by_the_button_only(self):
        """A link would open a suspended service, and a rejection long past its time."""
        rejected = self._rejected()
        for forged in (rejected, self.theirs):
            with self.assertRaises(AccessError):
                self._make_request(register=False, appeal_of_id=forged.id)
        draft = self._make_request(register=False)
        with self.assertRaises(AccessError):
            draft.appeal_of_id = rejected

    def test_a_default_in_the_context_forges_nothing(self):
        requests = self.env["service.desk.request"].with_user(self.clerk)
        forged = requests.with_context(
            default_appeal_of_id=self._rejected().id,
            default_state="delivered",
            default_promise_kept="kept",
            default_is_redacted=True,
            default_merged_into_id=self.theirs.id,
        ).create(
            {
                "service_id": self.service.id,
                "desk_id": self.desk.id,
                "partner_id": self.partner.id,
                "client_name": "زهرا امینی",
                "national_id": NATIONAL_CODES[0],
            }
        )
        self.assertEqual(forged.state, "draft")
        for name in ("appeal_of_id", "promise_kept", "is_redacted", "merged_into_id"):
            self.assertFalse(forged.sudo()[name], name)

    def test_nobody_enters_what_a_record_follows_from(self):
        elsewhere = self.env["res.company"].create({"name": "Another Province"})
        mine = self._make_request()
        forged = [
            (mine, self.clerk, {"search_key": "somebody else"}),
            (mine.document_ids[0], self.clerk, {"company_id": elsewhere.id}),
            (self.service, self.administrator, {"search_text": "everything"}),
            (self.desk.counter_ids, self.administrator, {"company_id": elsewhere.id}),
        ]
        for record, user, values in forged:
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(user).write(values)
        forgers = mine.document_ids.with_user(self.clerk)
        made = forgers.with_context(default_company_id=elsewhere.id).create(
            {"request_id": self._make_request(register=False).id, "name": "A letter"}
        )
        self.assertEqual(made.company_id, mine.company_id)

    def test_another_desks_request_is_not_moved_by_any_call(self):
        theirs = self.theirs.with_user(self.other_clerk)
        mine = self._make_request(desk_id=self.other_desk.id, user=self.other_clerk)
        calls = {
            "take": lambda: theirs.action_take(),
            "register": lambda: theirs.action_register(),
            "ready": lambda: theirs.action_mark_ready(),
            "cancel": lambda: theirs.action_cancel(),
            "appeal": lambda: theirs.action_appeal("x"),
            "again": lambda: theirs.action_came_again(),
            "merge": lambda: theirs.action_merge_duplicates(),
            "promise": lambda: theirs.action_move_promise(NOW.date(), "x"),
            "steal": lambda: theirs.write({"desk_id": self.other_desk.id}),
            "give away": lambda: mine.write({"desk_id": self.desk.id}),
            "files": lambda: theirs.document_ids.write({"is_received": False}),
            "refer": lambda: (
                self.env["service.desk.referral"]
                .with_user(self.other_clerk)
                .create({"request_id": theirs.id, "department_id": self.unit.id})
            ),
            "wizard": lambda: (
                self.env["service.desk.refer"]
                .with_user(self.other_clerk)
                .create(
                    {
                        "request_id": theirs.id,
                        "line_ids": [Command.create({"department_id": self.unit.id})],
                    }
                )
                .action_confirm()
            ),
            "appointment": lambda: (
                self.env["service.desk.appointment"]
                .with_user(self.other_clerk)
                .create(
                    {
                        "request_id": theirs.id,
                        "department_id": self.unit.id,
                        "expert_name": "کمالی",
                        "date_start": NOW + timedelta(days=1),
                    }
                )
            ),
        }
        before = self.theirs.read(["state", "user_id", "desk_id", "visit_count"])
        for name, call in calls.items():
            with self.subTest(name), self.assertRaises(UserError):
                self.env.invalidate_all()
                call()
        self.env.invalidate_all()
        after = self.theirs.read(["state", "user_id", "desk_id", "visit_count"])
        self.assertEqual(after, before)

    def test_a_visit_of_mine_lets_no_file_of_theirs_out(self):
        """The rule of referrals knows the visit or the request: both must be mine."""
        service = self._make_service(code="I", mode="information", duration_max=0)
        counter = self.env["service.desk.counter"].create(
            {"desk_id": self.other_desk.id, "number": 1}
        )
        visits = self.env["service.desk.visit"].with_user(self.other_clerk)
        visit = visits.counter_inform(
            {"counter_id": counter.id, "key": "k" * 16, "service_id": service.id}
        )
        vals = {
            "request_id": self.theirs.id,
            "visit_id": visit["visit_id"],
            "department_id": self.unit.id,
        }
        person = {
            "kind": "person",
            "coordinated_with": "x",
            "coordinated_at": NOW,
            "reason": "x",
        }
        referrals = self.env["service.desk.referral"].with_user(self.other_clerk)
        for forged in (vals, vals | person):
            with self.assertRaises(UserError):
                self.env.invalidate_all()
                referrals.create(forged)
        self.assertFalse(self.theirs.sudo().referral_ids)

    def test_an_original_of_another_desk_is_on_no_list_of_mine(self):
        original = self.theirs.document_ids.filtered(lambda one: one.form == "original")
        seen = self.theirs.document_ids.filtered(lambda one: one.form == "seen")
        lists = self.env["service.desk.transmittal"]
        for user, desk, document in (
            (self.other_clerk, self.other_desk, original),
            (self.clerk, self.desk, seen),
        ):
            with self.assertRaises(ValidationError):
                lists.with_user(user).create(
                    {
                        "desk_id": desk.id,
                        "department_id": self.unit.id,
                        "line_ids": [Command.create({"document_id": document.id})],
                    }
                )
        self.assertFalse(original.holder_id)

    def test_readers_change_nothing(self):
        referral = self.refer(self.theirs)
        counter = self.desk.counter_ids.id
        answer = {"outcome": "done", "answer": "x", "state": "answered"}
        calls = {
            "request": (self.theirs, "action_cancel"),
            "take": (self.theirs, "action_take"),
            "answer": (referral, "write", answer),
            "recall": (referral, "action_recall"),
            "hall": (self.desk, "action_renew_hall"),
            "shift": (self.env["service.desk.visit"], "counter_shift", counter),
            "queue": (self.env["service.desk.ticket"], "queue_call", counter),
            "publish": (self.service, "action_suspend"),
        }
        for user in (self.observer, self.other_liaison):
            for name, (records, method, *args) in calls.items():
                with self.subTest(f"{user.login} {name}"), self.assertRaises(UserError):
                    self.env.invalidate_all()
                    getattr(records.with_user(user), method)(*args)
        self.assertEqual(self.theirs.sudo().state, "referred")

    def test_the_liaison_who_received_the_client_counts_the_visit(self):
        service = self._make_service(
            code="P", needs_presence=True, document_ids=[], step_ids=[]
        )
        request = self._make_request(service_id=service.id)
        appointments = self.env["service.desk.appointment"].with_user(self.clerk)
        at_unit, at_desk = appointments.create(
            [
                {
                    "request_id": request.id,
                    "department_id": self.unit.id,
                    "place": place,
                    "room": "12",
                    "expert_name": "کمالی",
                    "date_start": NOW + timedelta(days=1),
                }
                for place in ("unit", "desk")
            ]
        )
        at_desk.with_user(self.liaison).action_held()
        self.assertEqual(
            request.visit_count, 1, "who comes to the desk is counted there"
        )
        at_unit.with_user(self.liaison).action_held()
        self.assertEqual(request.visit_count, 2)
        with self.assertRaises(AccessError):
            request.with_user(self.liaison).action_came_again()
