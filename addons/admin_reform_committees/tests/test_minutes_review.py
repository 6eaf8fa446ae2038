import base64

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.agency_base.tests.seal_common import use_own_keys
from odoo.addons.agency_base.tools import localize_digits

from .common import MeetingCase

SCAN = base64.b64encode(b"%PDF-1.4\n%EOF").decode()


class ReviewCase(MeetingCase):
    def setUp(self):
        super().setUp()
        use_own_keys(self)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestMinutesReview(ReviewCase):
    def test_each_role_is_offered_what_it_may_do(self):
        meeting = self._submitted()
        for role, may in {
            "member": {"comment"},
            "secretary": {"comment", "scan"},
            "approver": {"comment", "decide"},
            "reform_office": set(),
        }.items():
            with self.subTest(role):
                review = self._as(role, meeting).minutes_open()["review"]
                offered = {
                    "comment": review["may_comment"],
                    "scan": any(line["may_scan"] for line in review["signatures"]),
                    "decide": review["decision"]["may"],
                }
                self.assertEqual({name for name in offered if offered[name]}, may)
                self.assertFalse(review["may_amend"])

    def test_who_sent_them_is_told_why_he_does_not_decide(self):
        self.body.approver_id = False
        meeting = self._held()
        self._as("chair", meeting).action_submit_minutes()
        decision = self._as("chair", meeting).minutes_open()["review"]["decision"]
        self.assertFalse(decision["may"])
        self.assertIn("somebody else", decision["why"])

    def test_comment_sign_and_scan_on_the_screen(self):
        meeting = self._submitted()
        member = self._as("member", meeting)
        item = meeting.item_ids[0]
        review = member.minutes_comment("Too short", item.id)["review"]
        self.assertEqual(review["comments"][0]["text"], "Too short")
        self.users["member"].password = "a long password"
        with self.assertRaisesRegex(UserError, "not your password"):
            member.minutes_sign("a wrong one")
        review = member.minutes_sign("a long password")["review"]
        mine = [line for line in review["signatures"] if line["mine"]]
        self.assertEqual(mine[0]["kind"], "electronic")
        with self.assertRaisesRegex(UserError, "nothing for you to sign"):
            member.minutes_sign("a long password")
        other = next(line for line in review["signatures"] if not line["has_account"])
        secretary = self._as("secretary", meeting)
        review = secretary.minutes_sign_on_paper(other["id"], "scan.pdf", SCAN)[
            "review"
        ]
        kinds = {line["id"]: line["kind"] for line in review["signatures"]}
        self.assertEqual(kinds[other["id"]], "paper")

    def test_approving_with_a_directive_gives_somebody_a_task(self):
        meeting = self._submitted()
        approver = self._as("approver", meeting)
        with self.assertRaisesRegex(UserError, "Before the meeting"):
            approver.minutes_approve("Soon", self.users["secretary"].id, "1405/01/01")
        review = approver.minutes_approve("Soon", self.users["secretary"].id, "+30")[
            "review"
        ]
        self.assertEqual(review["decision"]["directive"], "Soon")
        task = meeting.activity_ids.filtered(lambda each: "Soon" in (each.note or ""))
        self.assertEqual(task.user_id, self.users["secretary"])
        self.assertEqual(str(task.date_deadline), "2026-12-22")
        with self.assertRaisesRegex(UserError, "decided on it meanwhile"):
            approver.minutes_approve()

    def test_returned_minutes_are_gone_for_the_approver(self):
        meeting = self._submitted()
        self.assertFalse(self._as("approver", meeting).minutes_give_back("Item 1"))
        self.assertEqual(meeting.state, "held")
        review = self._as("secretary", meeting).minutes_open()["review"]
        self.assertEqual(review["state"], "draft")

    def test_amending_on_the_screen_keeps_both_versions(self):
        meeting = self._submitted()
        self._as("approver", meeting).approve()
        secretary = self._as("secretary", meeting)
        self.assertTrue(secretary.minutes_open()["review"]["may_amend"])
        with self.assertRaises(AccessError):
            self._as("member", meeting).minutes_amend("I disagree")
        screen = secretary.with_context(lang="fa_IR").minutes_amend("A name was wrong")
        self.assertTrue(screen["meeting"]["is_amending"])
        number = localize_digits(meeting.number, "fa_IR")
        self.assertEqual(screen["meeting"]["title"], number)
        review = screen["review"]
        states = [(line["version"], line["state"]) for line in review["versions"]]
        self.assertEqual(states, [(2, "draft"), (1, "approved")])

    def test_a_line_under_an_open_resolution_is_progress_more_time_or_a_note(self):
        first = self._submitted()
        self._as("approver", first).approve()
        resolution = first.resolution_ids
        resolution._set_stamps({"state": "in_progress"})
        meeting = self._meeting("2026-12-06 06:00:00")
        item = meeting.item_ids.filtered("review_resolution_ids")
        meeting.action_start()
        secretary = self._as("secretary", meeting)
        rows = secretary.minutes_follow(item.id, resolution.id, "٪۸۵ دو بخش مانده")
        self.assertEqual(rows[0]["percent"], 85)
        secretary.minutes_follow(item.id, resolution.id, "۹۰٪")
        self.assertEqual(resolution.percent, 90)
        secretary.minutes_follow(item.id, resolution.id, "A note")
        self.assertEqual(resolution.percent, 90)
        secretary.minutes_follow(item.id, resolution.id, "+30 More work than thought")
        extension = self.env["reform.extension"].search(
            [("resolution_id", "=", resolution.id)]
        )
        self.assertEqual(extension.reason, "More work than thought")
        with self.assertRaises(UserError):
            secretary.minutes_follow(item.id, resolution.id, "٪۱۲۰")
        with self.assertRaisesRegex(UserError, "not under review here"):
            secretary.minutes_follow(item.id, resolution.id + 1, "x")
        with self.assertRaises(AccessError):
            self._as("observer", meeting).minutes_follow(item.id, resolution.id, "x")

    def test_what_is_not_under_review_takes_nothing(self):
        meeting = self._held()
        member = self._as("member", meeting)
        for act in (
            lambda: member.minutes_comment("Early"),
            lambda: member.minutes_sign("x"),
        ):
            with self.assertRaisesRegex(UserError, "not under review"):
                act()


@tagged("post_install", "-at_install")
class TestScans(ReviewCase, HttpCase):
    def test_a_scan_is_given_to_whoever_sees_the_minutes(self):
        meeting = self._submitted()
        paper = meeting.minutes_ids.signature_ids.filtered(
            lambda each: each.partner_id.name == "Member 1"
        )
        paper.with_user(self.users["secretary"]).sign_on_paper("scan.pdf", SCAN)
        url = f"/reform/minutes/{meeting.id}/scan/{paper.id}"
        self.env.flush_all()
        for login, status in (
            ("member", 200),
            ("observer", 404),
            (None, 303),
        ):
            with self.subTest(login):
                if login:
                    self.users[login].password = "a long password"
                    self.env.flush_all()
                    self.authenticate(self.users[login].login, "a long password")
                else:
                    self.authenticate(None, None)
                answer = self.url_open(url, allow_redirects=False)
                self.assertEqual(answer.status_code, status)
        self.authenticate(self.users["member"].login, "a long password")
        answer = self.url_open(url)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        guess = self.url_open(f"/reform/minutes/{meeting.id}/scan/{paper.id + 1}")
        self.assertEqual(guess.status_code, 404)
        # the recorded scan is not exchanged, nor taken away
        scan = paper.scan_id.with_user(self.users["secretary"])
        for act in (lambda: scan.write({"raw": b"%PDF-1.4 other"}), scan.unlink):
            with self.assertRaises(UserError):
                act()
