import json
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.agency_base.controllers.sms import BAD_SECRETS
from odoo.addons.agency_base.models.agency_sms_inbound import AgencySmsInbound

from .sms_common import NUMBER, SmsCase


@tagged("post_install", "-at_install")
class TestSmsInbound(SmsCase):
    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()

    def test_an_answer_is_sent_once_and_not_rewritten(self):
        inbounds = self.env["agency.sms.inbound"]
        inbound = inbounds._receive(self.gateway, "09123456789", "سلام")
        administrator = new_test_user(
            self.env, "sms_answerer", groups="agency_base.group_administrator"
        )
        own = inbound.with_user(administrator)
        own.action_dismiss()
        own.action_reopen()
        own.write({"answer": "بفرمایید", "state": "answered"})
        for vals in (
            {"answer": "چیز دیگر"},
            {"state": "new"},
            {"text": "forged"},
            {"answered_at": False},
        ):
            with self.assertRaises(UserError):
                own.write(vals)
        own.action_answer()
        sent = self.env["sms.sms"].search([("body", "=", "بفرمایید")])
        self.assertEqual(len(sent), 1)
        self.assertTrue(inbound.answered_at)

    def test_an_inbound_text_is_answered_or_handled(self):
        inbounds = self.env["agency.sms.inbound"]
        inbound = inbounds._receive(self.gateway, "09123456789", "با سلام، كجا بروم؟")
        self.assertEqual((inbound.state, inbound.number), ("new", NUMBER))
        self.assertEqual(inbound.number_masked, "\u200e989****789")
        with self.assertRaises(UserError):
            inbound.action_answer()
        inbound.answer = "طبقه همکف"
        inbound.action_answer()
        self.assertEqual(inbound.state, "answered")
        self.assertEqual(inbound.user_id, self.env.user)
        self._run()
        (message,) = self.stub.accepted.values()
        self.assertEqual((message[0]["to"], message[0]["text"]), (NUMBER, "طبقه همکف"))
        done = []
        handlers = {"کد": "_handle_toy"}
        with (
            patch.object(AgencySmsInbound, "_keyword_handlers", lambda self: handlers),
            patch.object(
                AgencySmsInbound,
                "_handle_toy",
                lambda self: done.append(self.keyword),
                create=True,
            ),
        ):
            inbounds._receive(self.gateway, NUMBER, "كد 123")
        self.assertEqual(done, ["کد"])


@tagged("post_install", "-at_install")
class TestSmsWebhook(SmsCase, HttpCase):
    def _call(self, what, values, secret=None):
        secret = secret or self.gateway.webhook_secret
        url = f"/agency/sms/{self.gateway.id}/{secret}/{what}"
        headers = {"Content-Type": "application/json"}
        return self.url_open(url, data=json.dumps(values), headers=headers)

    def test_absurd_calls_do_no_harm(self):
        self.gateway.inbound_reference = "mid"
        before = self.env["agency.sms.inbound"].search_count([])
        huge = self._call("inbound", {"from": "09123456789", "text": "x" * 70000})
        self.assertEqual(huge.status_code, 413)
        secret = self.gateway.webhook_secret
        for path in (f"{10**30}/{secret}/inbound", f"0/{secret}/report"):
            answer = self.url_open(f"/agency/sms/{path}", data={"from": "1"})
            self.assertEqual(answer.status_code, 404)
        for values in (
            {"from": "9" * 5000, "text": "x"},
            {"from": "09123456789", "text": ""},
            {"from": ["09123456789"] * 50, "text": {"a": 1}},
            ["a", "list"],
            "text",
            {"from": "09123456789", "text": "x", "mid": "9" * 500},
        ):
            self.assertEqual(self._call("inbound", values).text, "ok")
        self.assertEqual(self.env["agency.sms.inbound"].search_count([]), before)
        self._call("inbound", {"from": "0912\0", "text": "a\0b" + "x" * 5000})
        inbound = self.env["agency.sms.inbound"].search([], limit=1)
        self.assertEqual((inbound.text[:2], len(inbound.text)), ("ab", 2000))

    def test_a_report_without_an_id_reports_nothing(self):
        self._sms()
        self._run()
        self._log().reference = False
        for reference in ("", None, "\0", 0):
            self._call("report", {"id": reference, "status": "delivered"})
        self.assertEqual(self._log().state, "sent")

    def test_delivery_reports_reach_the_log(self):
        self._sms()
        self._run()
        self.assertEqual(self._call("report", {"id": "R9", "status": "x"}).text, "ok")
        self._call("report", {"id": "R1", "status": "delivered"})
        self.assertEqual(self._log().state, "delivered")
        # a late, contrary report does not take it back
        self._call("report", {"id": "R1", "status": "failed"})
        self.assertEqual(self._log().state, "delivered")

    def test_forms_and_json_bring_texts_in(self):
        self._call("inbound", {"from": "09123456789", "text": "یک"})
        url = f"/agency/sms/{self.gateway.id}/{self.gateway.webhook_secret}/inbound"
        self.url_open(url, data={"from": "09123456789", "text": "دو"})
        texts = self.env["agency.sms.inbound"].search([], limit=2).mapped("text")
        self.assertEqual(texts, ["دو", "یک"])

    def test_a_text_handed_over_again_is_taken_once(self):
        inbounds, handled = self.env["agency.sms.inbound"], []
        other = self.gateway.copy({"active": True, "name": "Other"})
        values = {"from": "09123456789", "text": "کد ۱", "mid": 77}
        before = inbounds.search_count([])
        with (
            patch.object(
                AgencySmsInbound,
                "_keyword_handlers",
                lambda self: {"کد": "_handle_toy"},
            ),
            patch.object(
                AgencySmsInbound,
                "_handle_toy",
                lambda self: handled.append(self.reference),
                create=True,
            ),
        ):
            (self.gateway + other).inbound_reference = "mid"
            for _again in range(3):
                self.assertEqual(self._call("inbound", values).text, "ok")
            self._call("inbound", values | {"mid": 78})
            # Providers count each for himself.
            inbounds._receive(other, "09123456789", "کد ۱", "77")
            # Where a provider gives no id, the same text may be meant twice.
            self.gateway.inbound_reference = False
            self._call("inbound", values)
            self._call("inbound", values)
        self.assertEqual(inbounds.search_count([]), before + 5)
        self.assertEqual(handled, ["77", "78", "77", False, False])

    def test_whoever_tries_secrets_is_told_to_wait_whatever_he_tries(self):
        answers = [
            self._call("report", {}, secret=f"wrong{n}") for n in range(BAD_SECRETS + 1)
        ]
        statuses = [answer.status_code for answer in answers]
        self.assertEqual(statuses, [404] * BAD_SECRETS + [429])
        self.assertIn("Retry-After", answers[-1].headers)
        gone = self.url_open(f"/agency/sms/999999/{self.gateway.webhook_secret}/report")
        self.assertEqual(gone.status_code, 429)
        # The provider himself, behind the same address, is heard all the same.
        self.assertEqual(self._call("report", {"id": "R9"}).text, "ok")

    def test_without_the_secret_nothing_happens_and_nothing_is_told(self):
        values = {"from": "09123456789", "text": "forged"}
        wrong = self._call("inbound", values, secret="wrong")
        self.gateway.active = False
        gone = self._call("inbound", values)
        self.assertEqual((wrong.status_code, gone.status_code), (404, 404))
        self.assertEqual(wrong.text, gone.text)
        found = self.env["agency.sms.inbound"].search([("text", "=", "forged")])
        self.assertFalse(found)
