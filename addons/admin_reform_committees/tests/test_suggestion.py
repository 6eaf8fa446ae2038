from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.agency_base.models import agency_throttle

from ..controllers import suggestions
from .year_common import PDF, TODAY, YearCase

TEXTS = {"name": "Fewer forms", "problem": "Too many forms", "proposal": "One form"}


class SuggestionCase(YearCase):
    def _suggested(self, user=None, uploads=(), **vals):
        suggestions = self.env["reform.suggestion"].with_user(user or self.outsider)
        found_sudo = suggestions._submit(TEXTS | vals, uploads)
        return self.env["reform.suggestion"].browse(found_sudo.id)

    def _reviewed(self, suggestion, reviewer, *marks):
        review = self.env["reform.suggestion.review"].create(
            {"suggestion_id": suggestion.id, "reviewer_id": reviewer.id}
        )
        names = ("usefulness", "feasibility", "novelty", "economy")
        mine = review.with_user(reviewer)
        mine.write(dict(zip(names, map(str, marks), strict=True)))
        mine.action_give()
        return review


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


@tagged("post_install", "-at_install")
class TestSuggestionPage(SuggestionCase, HttpCase):
    def _token(self):
        page = self.url_open("/reform/suggest").text
        return page.split('name="csrf_token" value="')[1].split('"')[0]

    def _post(self, url="/reform/suggest", token=None, **data):
        data["csrf_token"] = self._token() if token is None else token
        return self.url_open(url, data=data)

    def _as_page_user(self, group="base.group_portal"):
        new_test_user(self.env, "page_user", groups=group)
        self.authenticate("page_user", "page_user")

    def test_strangers_log_in_first(self):
        code = self._suggested(is_anonymous=True).sudo().code
        before = self.env["reform.suggestion"].search_count([])
        self.assertIn("/web/login", self.url_open("/reform/suggest").url)
        for url in ("/reform/suggest", "/reform/suggest/follow"):
            answer = self.url_open(url, data=TEXTS | {"code": code})
            self.assertIn("/web/login", answer.url)
            self.assertNotIn("suggestion-followed", answer.text)
        self.assertEqual(self.env["reform.suggestion"].search_count([]), before)

    def test_a_code_is_followed_by_a_form_of_the_page_alone(self):
        self._as_page_user()
        code = self._suggested(name="<script>alert(1)</script>").sudo().code
        url, token = "/reform/suggest/follow", self._token()
        with mute_logger("odoo.http"):
            self.assertEqual(self._post(url, "forged", code=code).status_code, 400)
            self.assertEqual(self.url_open(f"{url}?code={code}").status_code, 405)
            huge = self._post(url, token, code=code, more="x" * 5000)
        self.assertEqual(huge.status_code, 413)
        followed = self._post(url, token, code=code).text
        self.assertIn("&lt;script&gt;alert(1)", followed)
        self.assertNotIn("<script>alert(1)", followed)
        for guess in ("", "%", "_" * 12, code[:-1], "\x00" * 12, "' OR 1=1 --"):
            answer = self._post(url, token, code=guess)
            self.assertEqual(answer.status_code, 200)
            self.assertNotIn("suggestion-followed", answer.text)

    def test_somebody_suggests_without_a_name_and_follows(self):
        self._as_page_user()
        answer = self._post(**TEXTS, is_anonymous="1")
        suggestion = self.env["reform.suggestion"].search([], limit=1)
        self.assertTrue(suggestion.is_anonymous)
        code = suggestion.sudo().code
        self.assertIn(f"{code[:4]}-{code[4:8]}-{code[8:]}", answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        followed = self._post("/reform/suggest/follow", code=code).text
        self.assertIn(suggestion.number, followed)
        wrong = self._post("/reform/suggest/follow", code="A" * 12).text
        self.assertNotIn(suggestion.number, wrong)

    def test_codes_cannot_be_guessed(self):
        self._as_page_user()
        suggestion = self._suggested(is_anonymous=True)
        code, token = suggestion.sudo().code, self._token()
        tries = 3
        with (
            patch.object(suggestions, "FOLLOW_LIMIT", (tries, 600)),
            # in the middle of a window, as long as this takes
            patch.object(agency_throttle.time, "time", lambda: 600 * 3_000_000 + 300),
        ):
            followed = self._post("/reform/suggest/follow", token, code=code)
            self.assertIn(suggestion.number, followed.text)
            for guess in ("A" * 12, "B" * 12):
                self._post("/reform/suggest/follow", token, code=guess)
            refused = self._post("/reform/suggest/follow", token, code=code)
        self.assertNotIn(suggestion.number, refused.text)
        self.assertIn("alert-warning", refused.text)

    def test_bad_input_loses_nothing(self):
        self._as_page_user("base.group_user")
        before = self.env["reform.suggestion"].search_count([])
        answer = self._post(name="Half a suggestion", problem="Kept")
        self.assertIn("alert-danger", answer.text)
        self.assertIn("Kept", answer.text)
        with mute_logger("odoo.http"):
            self.assertEqual(self._post(token="forged", **TEXTS).status_code, 400)
        files = {"files": ("a.pdf", b"<html>", "application/pdf")}
        data = TEXTS | {"csrf_token": self._token()}
        answer = self.url_open("/reform/suggest", data=data, files=files)
        self.assertIn("alert-danger", answer.text)
        self.assertIn("Too many forms", answer.text)
        self.assertEqual(self.env["reform.suggestion"].search_count([]), before)
        many = self._post(**TEXTS | {"proposal": "x" * 100000, "name": "A\0 title"})
        self.assertEqual(many.status_code, 200)
        newest = self.env["reform.suggestion"].search([], limit=1)
        self.assertLess(len(newest.proposal), 10000)
        self.assertEqual(newest.name, "A title")
