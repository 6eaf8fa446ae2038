from datetime import datetime, time

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.agency_base.tools import localize_digits

from .suggestion_common import SuggestionCase
from .year_common import PDF, TODAY


@tagged("post_install", "-at_install")
class TestSuggestion(SuggestionCase):
    def test_nothing_tells_who_wrote_an_anonymous_one(self):
        user = new_test_user(self.env, "whistle", groups="base.group_user")
        with freeze_time(TODAY):
            suggestion = self._suggested(
                user, uploads=[("a.pdf", PDF)], is_anonymous=True
            )
        self.env.flush_all()
        self.assertFalse(suggestion.author_id)
        self.assertEqual(suggestion.attachment_ids.create_uid.id, SUPERUSER_ID)
        columns = suggestion._fields.keys()
        self.assertNotIn("create_uid", columns)
        self.assertNotIn("message_ids", columns)
        # No row of the database that refers to the user is newer than himself, but
        # those that every user has.
        self.env.cr.execute(
            SQL(
                """
                SELECT conrelid::regclass::text, attname
                  FROM pg_constraint
                  JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
                 WHERE contype = 'f' AND confrelid IN ('res_users'::regclass,
                                                       'res_partner'::regclass)
                   AND (conrelid::regclass::text LIKE 'reform%%'
                        OR conrelid::regclass::text IN ('ir_attachment',
                            'agency_counter', 'mail_message', 'agency_job'))
                """
            )
        )
        for table, column in self.env.cr.fetchall():
            self.env.cr.execute(
                SQL(
                    "SELECT COUNT(*) FROM %s WHERE %s IN %s",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    (user.id, -1)
                    if column.endswith("uid")
                    else (user.partner_id.id, -1),
                )
            )
            if (table, column) != ("mail_message", "author_id"):
                self.assertFalse(self.env.cr.fetchone()[0], f"{table}.{column}")
        self.assertFalse(suggestion.with_user(user).search([]))
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            suggestion.sudo()._set_stamps({"author_id": user.partner_id.id})
            suggestion.flush_recordset()

    def test_nothing_tells_the_hour_of_an_anonymous_one(self):
        files = [("a.pdf", PDF)]
        with freeze_time(f"{TODAY} 07:31:12"):
            suggestion = self._suggested(uploads=files, is_anonymous=True)
            drawn = self.env["agency.counter"].search(
                [("scope", "=", "S"), ("kind", "=", "suggestion")], limit=1
            )
        day = datetime.combine(suggestion.submitted_on, time.min)
        for record in (suggestion.attachment_ids, drawn):
            self.assertLessEqual(record.create_date, day)
            self.assertLessEqual(record.write_date, day)

    def test_the_code_finds_it_however_it_is_typed(self):
        suggestion = self._suggested(is_anonymous=True)
        code = suggestion.sudo().code
        by_code = self.env["reform.suggestion"].with_user(self.outsider)._by_code
        spelled = f" {code[:4]}-{code[4:8]}-{code[8:]} ".lower()
        self.assertEqual(by_code(spelled).id, suggestion.id)
        for wrong in ("", None, code[:-1], "A" * 12, code + "2"):
            self.assertFalse(by_code(wrong))
        with self.assertRaises(AccessError):
            self._as("reform_office", suggestion).read(["code"])

    def test_marks_are_named_in_the_digits_of_their_reader(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        review = self._reviewed(self._suggested(), self.users["secretary"], 1, 2, 3, 4)
        for lang, named in (("fa_IR", "۱۲۳۴۵"), ("en_US", "12345")):
            described = review.with_context(lang=lang).fields_get(["economy"])
            selection = described["economy"]["selection"]
            self.assertEqual(selection, list(zip("12345", named, strict=True)))
        self.assertEqual(review.total, 50)

    def test_a_phone_shows_reviews_as_cards(self):
        action = self.env.ref("admin_reform_committees.reform_suggestion_review_action")
        self.assertIn("kanban", action.view_mode.split(","))

    def test_numbers_have_no_gap(self):
        with freeze_time(TODAY):
            numbers = [self._suggested().number for _ in range(3)]
        last = int(numbers[0][-3:])
        self.assertEqual(
            numbers, [f"S/1405/{number:03d}" for number in range(last, last + 3)]
        )

    def test_what_was_suggested_stays(self):
        suggestion = self._suggested()
        for change in (
            lambda: self._as("reform_office", suggestion).write({"proposal": "x"}),
            lambda: suggestion.write({"author_id": False}),
            lambda: suggestion.unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        with self.assertRaises(AccessError):
            suggestion.with_user(self.outsider).write({"answer": "Yes!"})
        with self.assertRaises(AccessError):
            self._as("reform_office", suggestion).write({"number": "S/1"})

    def test_files_are_checked(self):
        with self.assertRaises(UserError):
            self._suggested(uploads=[("a.pdf", b"<script>")])

    def test_reviewers_give_marks_and_the_mean_follows(self):
        suggestion = self._suggested()
        suggestion.committee_id = self.body
        self._reviewed(suggestion, self.users["observer"], 5, 5, 5, 5)
        review = self._reviewed(suggestion, self.other_secretary, 1, 2, 3, 4)
        self.assertEqual((review.total, suggestion.mean_score), (50, 75))
        with self.assertRaises(UserError):
            review.with_user(self.other_secretary).write({"usefulness": "5"})
        with self.assertRaises(AccessError):
            self._as("secretary", review).write({"opinion": "x"})
        with self.assertRaisesRegex(UserError, "own suggestion"):
            self._reviewed(suggestion, self.outsider, 5, 5, 5, 5)

    def test_the_committee_decides_by_an_item_of_its_agenda(self):
        suggestion = self._suggested()
        office = self._as("reform_office", suggestion)
        with self.assertRaisesRegex(UserError, "which committee"):
            office.action_put_on_agenda()
        office.committee_id = self.body
        with self.assertRaisesRegex(UserError, "No meeting"):
            office.action_put_on_agenda()
        office.write({"state": "on_agenda"})
        # the secretariat moves it on; what becomes of it a meeting says
        for who in (office, suggestion.sudo()):
            with self.assertRaisesRegex(UserError, "committee decides"):
                who.write({"state": "accepted"})
        with self.assertRaisesRegex(UserError, "committee decides"):
            office.write({"state": "rejected", "answer": "No"})
        office.action_review()
        with freeze_time("2026-11-20 08:00:00"):
            meeting = self._meeting()
            self._as("secretary", suggestion).action_put_on_agenda()
        item = suggestion.item_ids
        self.assertEqual((item.source, item.meeting_id), ("suggestion", meeting))
        self.assertEqual(suggestion.state, "on_agenda")
        meeting.action_start()
        meeting.attendance_ids.write({"status": "present"})
        meeting.item_ids.outcome = "noted"
        item.outcome = "approved"
        self.env["reform.resolution"].create(
            {
                "item_id": item.id,
                "text": "Do it",
                "responsible_id": self.people["member"].id,
                "due_on": "2026-12-22",
            }
        )
        meeting.action_hold()
        self._approve(meeting)
        self.assertEqual(suggestion.state, "accepted")
        self.assertEqual(suggestion.responsible_id, self.people["member"])
        with self.assertRaisesRegex(UserError, "what was done"):
            office.action_done()
        office.result = "One form is used"
        office.action_done()
        self.assertTrue(suggestion.done_on)

    def test_the_author_reads_which_meeting_rejected_it_in_his_digits(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        suggestion = self._suggested()
        suggestion.committee_id = self.body
        with freeze_time("2026-11-20 08:00:00"):
            meeting = self._meeting()
            self._as("secretary", suggestion).action_put_on_agenda()
        meeting.action_start()
        meeting.attendance_ids.write({"status": "present"})
        meeting.item_ids.outcome = "noted"
        suggestion.item_ids.outcome = "rejected"
        meeting.action_hold()
        self._approve(meeting.with_context(lang="fa_IR"))
        self.assertEqual(suggestion.state, "rejected")
        self.assertIn(localize_digits(meeting.number, "fa_IR"), suggestion.answer)

    def test_rejecting_tells_the_author_why(self):
        suggestion = self._suggested()
        office = self._as("reform_office", suggestion)
        with self.assertRaisesRegex(UserError, "why"):
            office.action_reject()
        office.write({"state": "rejected", "answer": "It is done already"})
        self.assertEqual(suggestion.state, "rejected")
        with self.assertRaises(AccessError):
            suggestion.with_user(self.outsider).action_review()

    def test_who_sees_a_suggestion(self):
        suggestion = self._suggested()
        everybody = {**self.users, "outsider": self.outsider}

        def seeing():
            return {
                role
                for role, user in everybody.items()
                if suggestion.with_user(user).search([("id", "=", suggestion.id)])
            }

        office = {"reform_office", "administrator", "outsider"}
        self.assertEqual(seeing(), office)
        suggestion.committee_id = self.body
        self.assertEqual(seeing(), office | {"secretary", "chair"})
        suggestion.action_review()
        self.assertEqual(seeing(), office | {"secretary", "chair", "member"})
        self.env["reform.suggestion.review"].create(
            {"suggestion_id": suggestion.id, "reviewer_id": self.users["observer"].id}
        )
        self.assertIn("observer", seeing())
        foreign = self._other_company_user("reform_office")
        self.assertFalse(suggestion.with_user(foreign).search([]))
