import re
import uuid

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common_follow import PDF, FollowCase


@tagged("post_install", "-at_install")
class TestPortalFindings(FollowCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finding.with_user(cls.officer).action_issue()
        cls.path = f"/my/findings/{cls.finding.id}"

    def _post(self, path, files=None, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=data, files=files, allow_redirects=False)

    def _log_in(self, user):
        self.authenticate(user.login, user.login)

    def test_the_whole_way_of_a_finding(self):
        self._log_in(self.representative)
        self.assertIn(self.finding.name, self.url_open("/my/findings").text)
        page = self.url_open(self.path).text
        self.assertIn('value="contest"', page)
        self.assertNotIn(self.lead.name, page)
        reply = self._post(f"{self.path}/answer", answer="accept", text="")
        self.assertEqual(reply.status_code, 303)
        self.assertEqual(self.finding.state, "accepted")
        reply = self._post(
            f"{self.path}/action",
            name="Hang up the board",
            owner="Head",
            date_due="۱۴۰۵/۰۵/۰۱",
        )
        self.assertEqual(reply.status_code, 303)
        action = self.finding.action_ids
        self.assertEqual(str(action.date_due), "2026-07-23")
        reply = self._post(
            f"{self.path}/action/{action.id}/done",
            files={"proof": ("board.pdf", PDF, "application/pdf")},
            note="It hangs",
        )
        self.assertEqual(reply.status_code, 303)
        self.assertEqual((action.state, action.claim_note), ("claimed", "It hangs"))
        proof = action.proof_ids
        sent = self.url_open(f"/my/findings/proof/{proof.uuid}")
        self.assertEqual(sent.content, PDF)
        self.assertIn("attachment", sent.headers["Content-Disposition"])
        self.assertEqual(sent.headers["X-Content-Type-Options"], "nosniff")

    def test_a_refusal_is_said_and_keeps_what_was_typed(self):
        self._log_in(self.representative)
        self._post(f"{self.path}/answer", answer="accept")
        reply = self._post(
            f"{self.path}/action", name="Kept words", owner="Head", date_due="x"
        )
        self.assertEqual(reply.status_code, 200)
        self.assertIn("alert-danger", reply.text)
        self.assertIn("Kept words", reply.text)
        # Said by us: the browser would say it in its own language.
        self.assertIn("novalidate", reply.text)
        reply = self._post(f"{self.path}/action")
        self.assertIn("Say what is done, by whom", reply.text)
        self._post(f"{self.path}/action", name="A", owner="B", date_due="2026-07-23")
        action = self.finding.action_ids
        reply = self._post(
            f"{self.path}/action/{action.id}/done",
            files={"proof": ("a.pdf", b"MZ", "application/pdf")},
        )
        self.assertIn("alert-danger", reply.text)
        self.assertEqual(action.state, "open")
        self.assertFalse(action.proof_ids)
        reply = self._post(f"{self.path}/action/{action.id}/move")
        self.assertIn("Write the new deadline.", reply.text)

    def test_others_find_nothing(self):
        self.finding.with_user(self.representative).sudo()._agency_answer("accept", "")
        action = self._action()
        proof = self.env["audit.action.proof"]._add(action, "a.pdf", PDF)
        paths = (
            self.path,
            f"/my/findings/proof/{proof.uuid}",
            f"/audit/proof/{proof.uuid}",
            "/my/findings/999999999999",
            f"/my/findings/proof/{uuid.uuid4()}",
            "/audit/proof/nonsense",
        )
        employee = new_test_user(self.env, "audit_clerk", groups="base.group_user")
        for user in (self.stranger_agency, employee):
            self._log_in(user)
            for path in paths:
                with self.subTest(user=user.login, path=path):
                    self.assertEqual(self.url_open(path).status_code, 404)
            for tail in ("answer", "action", f"action/{action.id}/done"):
                reply = self._post(f"{self.path}/{tail}", answer="accept")
                self.assertEqual(reply.status_code, 404, tail)
            self.assertNotIn(self.finding.name, self.url_open("/my/findings").text)
        self.authenticate(None, None)
        for path in paths:
            reply = self.url_open(path, allow_redirects=False)
            self.assertIn(reply.status_code, (303, 404), path)
            self.assertNotIn(self.finding.name, reply.text)

    def test_a_foreign_action_is_not_reached_through_an_own_finding(self):
        visit = self._later_visit(self.unit, 1)
        other = self._make_visit(visit, A1="no", A2="yes", B1="yes").finding_ids
        other.action_issue()
        self.programme.head_answers = False
        foreign = self.env["audit.action"].create(
            {
                "finding_id": other.id,
                "name": "Theirs",
                "owner": "x",
                "date_due": "2026-07-30",
            }
        )
        self._log_in(self.representative)
        reply = self._post(
            f"{self.path}/action/{foreign.id}/move", date_due="2026-08-30", reason="x"
        )
        self.assertEqual(reply.status_code, 404)
        self.assertEqual(str(foreign.date_due), "2026-07-30")

    def test_a_form_without_its_token_does_nothing(self):
        self._log_in(self.representative)
        reply = self.url_open(f"{self.path}/answer", data={"answer": "accept"})
        self.assertEqual(reply.status_code, 400)
        self.assertEqual(self.finding.state, "issued")

    def test_an_answer_sent_twice_counts_once(self):
        self._log_in(self.representative)
        self._post(f"{self.path}/answer", answer="contest", text="Why")
        reply = self._post(f"{self.path}/answer", answer="accept")
        self.assertIn("alert-danger", reply.text)
        self.assertEqual(self.finding.state, "contested")

    def test_representatives_have_no_right_to_the_models(self):
        for model in ("audit.finding", "audit.action", "audit.action.proof"):
            records = self.env[model].with_user(self.representative)
            for verb in ("read", "write", "create", "unlink"):
                with self.subTest(model=model, verb=verb):
                    self.assertFalse(records.has_access(verb))
        with self.assertRaises(AccessError):
            self.finding.with_user(self.representative).action_close()

    def test_an_absurd_form_is_refused_before_it_is_read(self):
        self._log_in(self.representative)
        reply = self._post(f"{self.path}/answer", answer="accept", text="x" * 200_000)
        self.assertEqual(reply.status_code, 413)
        self.assertEqual(self.finding.state, "issued")

    def test_the_page_carries_the_agency_nothing_of_others(self):
        self._log_in(self.representative)
        page = self.url_open(self.path).text
        self.assertFalse(re.search(r"audit_(lead|inspector)", page))
