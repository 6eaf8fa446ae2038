from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.agency_base.tests.documents import Document

from .common_sync import SyncCase


@tagged("post_install", "-at_install")
class TestPreparation(SyncCase):
    """Trainings before the visits, and what inspectors tell their officer."""

    def _training(self):
        return (
            self.env["audit.training"]
            .with_user(self.officer)
            .create(
                {
                    "name": "How to judge alike",
                    "programme_id": self.programme.id,
                    "starts_at": "2026-06-25 05:00:00",
                }
            )
        )

    def test_the_teams_are_invited_once_and_counted(self):
        training = self._training()
        training.action_invite_teams()
        training.action_invite_teams()
        self.assertEqual(training.attendance_ids.user_id, self.lead | self.inspector)
        row = training.attendance_ids.filtered(lambda r: r.user_id == self.lead)
        row.state = "excused"
        training.action_all_present()
        self.assertEqual(row.state, "excused")
        self.assertEqual((training.present_count, training.invited_count), (1, 2))

    def test_inspectors_see_where_they_are_invited(self):
        training = self._training()
        training.action_invite_teams()
        for user, count in ((self.lead, 1), (self.outsider, 0)):
            with self.subTest(user.login):
                found = self.env["audit.training"].with_user(user)
                self.assertEqual(found.search_count([]), count)
        with self.assertRaises(AccessError):
            training.with_user(self.lead).name = "Other"
        with self.assertRaises(AccessError):
            training.attendance_ids[0].with_user(self.lead).state = "present"

    def test_a_programme_without_teams_invites_nobody(self):
        self.visit.with_user(self.officer).action_unplan()
        self.visit.unlink()
        self.team.unlink()
        with self.assertRaises(UserError):
            self._training().action_invite_teams()

    def test_feedback_comes_once_and_is_answered_by_the_officer(self):
        op = self._op("feedback", payload={"text": "The address is out of date."})
        self.assertEqual(self._status(op, self._sync(op))[0], "applied")
        self.assertEqual(self._status(op, self._sync(op))[0], "already")
        feedback = self.visit.feedback_ids
        self.assertEqual(feedback.user_id, self.lead)
        with self.assertRaises(AccessError):
            feedback.with_user(self.lead).answer = "x"
        with self.assertRaises(AccessError):
            feedback.with_user(self.officer).text = "Something else"
        feedback.with_user(self.officer).answer = "Mended."
        self.assertEqual(feedback.answered_by_id, self.officer)
        self.assertTrue(feedback.answered_at)
        told = self.env["mail.message"].search(
            [
                ("model", "=", "audit.visit"),
                ("res_id", "=", self.visit.id),
                ("message_type", "=", "user_notification"),
                ("body", "ilike", "Mended."),
            ]
        )
        self.assertEqual(told.notified_partner_ids, self.lead.partner_id)

    def test_nobody_reads_what_others_told(self):
        op = self._op("feedback", payload={"text": "Between us."})
        self._sync(op)
        for user, count in ((self.lead, 1), (self.inspector, 0), (self.officer, 1)):
            with self.subTest(user.login):
                found = self.env["audit.visit.feedback"].with_user(user)
                self.assertEqual(found.search_count([]), count)

    def test_strangers_and_empty_words_are_refused(self):
        stranger = self._op("feedback", self.outsider, payload={"text": "x"})
        self.assertEqual(
            self._status(stranger, self._sync(stranger, user=self.outsider)),
            ("refused", "unknown_visit"),
        )
        empty = self._op("feedback", payload={"text": "  "})
        self.assertEqual(
            self._status(empty, self._sync(empty)), ("refused", "no_reason")
        )


@tagged("post_install", "-at_install")
class TestPapers(SyncCase, HttpCase):
    """Duty sheet and letter of introduction, as PDF of whom they concern."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.lead, cls.outsider, cls.users["observer"]):
            user.password = f"{user.login}-secret"

    def _paper(self, user, paper):
        self.authenticate(user.login, f"{user.login}-secret")
        return self.url_open(f"/audit/paper/{paper}")

    def test_own_papers_and_nobody_elses(self):
        for paper in ("duty", "letter"):
            with self.subTest(paper):
                reply = self._paper(self.lead, paper)
                self.assertEqual(reply.headers["Content-Type"], "application/pdf")
                self.assertIn("attachment", reply.headers["Content-Disposition"])
                text = Document(reply.content).text(0)
                self.assertIn(self.agency.name, text)
                self.assertIn(self.inspector.name, text)
                self.assertEqual(self._paper(self.outsider, paper).status_code, 404)
                observer = self.users["observer"]
                self.assertEqual(self._paper(observer, paper).status_code, 403)
        self.assertEqual(self._paper(self.lead, "minutes").status_code, 404)

    def test_without_a_session_there_is_a_log_in_form(self):
        reply = self.url_open("/audit/paper/duty", allow_redirects=False)
        self.assertEqual(reply.status_code, 303)
