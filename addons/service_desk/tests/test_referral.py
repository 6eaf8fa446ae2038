from datetime import datetime

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW, DeskCase


@tagged("post_install", "-at_install")
class TestReferral(DeskCase):
    def test_the_units_own_clock(self):
        self.unit.desk_calendar_id = self._make_calendar("Two days", days=("5", "1"))
        referral = self.refer(self._make_request())
        self.assertEqual(referral.days, 3, "taken from the steps of the sheet")
        # received on Tuesday; the third Saturday or Tuesday after it
        self.assertEqual(referral.date_due, datetime(2026, 12, 5, 11, 0))

    def test_own_unit_is_refused(self):
        self.desk_unit.desk_liaison_ids = self.liaison
        with self.assertRaisesRegex(ValidationError, "own unit"):
            self.refer(self._make_request(), unit=self.desk_unit)

    def test_a_unit_without_liaison_is_refused(self):
        self.unit.desk_liaison_ids = False
        with self.assertRaisesRegex(ValidationError, "no liaison"):
            self.refer(self._make_request())

    def test_a_closed_request_is_not_referred(self):
        request = self._make_request()
        request.action_cancel()
        with self.assertRaises(UserError):
            self.refer(request)

    def test_a_state_of_referred_needs_a_referral(self):
        with self.assertRaisesRegex(UserError, "Choose the unit"):
            self._make_request().write({"state": "referred"})

    def test_parallel_referrals_are_ready_when_all_are_done(self):
        request = self._make_request()
        first = self.refer(request)
        second = self.refer(request, unit=self.other_unit)
        self._answer(first, self.liaison)
        self.assertEqual(request.state, "referred")
        self._answer(second, self.other_liaison)
        self.assertEqual(request.state, "ready")

    def test_a_unit_that_has_the_file_is_not_sent_it_again(self):
        request = self._make_request()
        referral = self.refer(request)
        with self.assertRaises(UserError):
            self.refer(request)
        self._answer(referral, self.liaison, outcome="refused")
        self.assertEqual(self.refer(request).state, "sent", "once it has answered")

    def test_a_refusal_brings_the_file_back_to_the_desk(self):
        request = self._make_request()
        self._answer(self.refer(request), self.liaison, outcome="refused")
        self.assertEqual(request.state, "registered")

    def test_a_return_needs_a_reason(self):
        request = self._make_request()
        referral = self.refer(request).with_user(self.liaison)
        with self.assertRaisesRegex(ValidationError, "why the unit"):
            referral.action_return()
        referral.write({"return_reason": "به واحد ما مربوط نیست"})
        referral.action_return()
        self.assertEqual((referral.state, request.state), ("returned", "registered"))

    def test_an_answer_needs_outcome_and_words(self):
        referral = self.refer(self._make_request()).with_user(self.liaison)
        referral.action_accept()
        with self.assertRaisesRegex(ValidationError, "outcome"):
            referral.action_answer()

    def test_only_the_units_liaison_answers(self):
        referral = self.refer(self._make_request())
        with self.assertRaises(AccessError):
            referral.with_user(self.other_liaison).action_accept()
        with self.assertRaisesRegex(AccessError, "Only a liaison"):
            referral.with_user(self.clerk).action_accept()
        referral.with_user(self.supervisor).action_accept()
        self.assertEqual(referral.date_accepted, NOW)

    def test_only_the_desk_recalls(self):
        request = self._make_request()
        referral = self.refer(request)
        with self.assertRaisesRegex(AccessError, "Only the desk"):
            referral.with_user(self.liaison).action_recall()
        referral.with_user(self.clerk).action_recall()
        self.assertEqual(request.state, "registered")

    def test_a_file_that_is_out_is_not_ready(self):
        request = self._make_request()
        self.refer(request)
        with self.assertRaisesRegex(UserError, "recall it first"):
            request.action_mark_ready()

    def test_cancelling_the_request_stops_the_units_clock(self):
        request = self._make_request()
        referral = self.refer(request)
        request.action_cancel()
        self.assertEqual(referral.state, "cancelled")

    def test_a_person_is_not_sent_without_coordination(self):
        request = self._make_request()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.refer(request, kind="person", reason="گفت‌وگو با کارشناس")

    def test_a_coordinated_person_is_counted_and_the_file_stays(self):
        request = self._make_request()
        self.refer(
            request,
            kind="person",
            reason="گفت‌وگو با کارشناس",
            coordinated_with="آقای راستگو",
            coordinated_at=NOW,
        )
        self.assertEqual(request.state, "registered")
        self.assertIn("sent_inside", request.event_ids.mapped("kind"))

    def test_stamps_and_terms_cannot_be_forged(self):
        request = self._make_request()
        with self.assertRaises(AccessError):
            self.refer(request, date_sent=NOW)
        with self.assertRaises(AccessError):
            self.refer(request, state="answered")
        referral = self.refer(request).with_user(self.liaison)
        with self.assertRaises(AccessError):
            referral.write({"date_due": NOW})
        with self.assertRaises(UserError):
            referral.write({"department_id": self.other_unit.id})
        with self.assertRaises(UserError):
            referral.sudo().unlink()

    def test_an_answered_referral_does_not_change(self):
        referral = self.refer(self._make_request())
        self._answer(referral, self.liaison)
        with self.assertRaisesRegex(UserError, "closed"):
            referral.with_user(self.liaison).write({"answer": "x"})
        with self.assertRaisesRegex(UserError, "closed"):
            referral.with_user(self.liaison).write({"answer": "x", "state": "answered"})

    def test_the_wizard_refers_to_several_units(self):
        request = self._make_request()
        wizard = (
            self.env["service.desk.refer"]
            .with_user(self.clerk)
            .create({"request_id": request.id, "note": "بررسی شود"})
        )
        self.assertEqual(wizard.line_ids.department_id, self.unit)
        wizard.line_ids = [Command.create({"department_id": self.other_unit.id})]
        with self.assertRaisesRegex(ValidationError, "cannot be negative"):
            wizard.line_ids[0].days = -3
        wizard.line_ids[0].days = 0
        wizard.action_confirm()
        self.assertEqual(len(request.referral_ids), 2)
        self.assertEqual(set(request.referral_ids.mapped("round")), {1})

    def _answer(self, referral, liaison, outcome="done"):
        referral = referral.with_user(liaison)
        referral.action_accept()
        referral.write({"outcome": outcome, "answer": "پاسخ"})
        referral.action_answer()

    def test_an_answer_carries_only_files_that_are_what_they_say(self):
        referral = self.refer(self._make_request())
        files = self.env["ir.attachment"].create(
            [
                {"name": "answer.pdf", "raw": b"%PDF-1.4 the answer"},
                {"name": "answer.pdf", "raw": b"MZ a program"},
            ]
        )
        referral.attachment_ids = files[0]
        with self.assertRaises(UserError):
            referral.attachment_ids = files
