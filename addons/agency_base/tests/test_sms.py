import json
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from odoo.addons.agency_base.models.agency_sms_inbound import AgencySmsInbound
from odoo.addons.agency_base.tests.sms_stub import SmsStub

NUMBER = "+989123456789"


class SmsCase(TransactionCase):
    def setUp(self):
        super().setUp()
        self.stub = SmsStub()
        self.addCleanup(self.stub.close)
        self.env["sms.sms"].search([]).unlink()
        self.company = self.env.company
        gateways = self.env["agency.sms.gateway"]
        gateways.search([]).active = False
        self.gateway = gateways.create(self.stub.gateway_vals(self.company))

    def _sms(self, **vals):
        defaults = {"number": NUMBER, "body": 'سلام "دنیا"\nخط دوم'}
        return self.env["sms.sms"].create(defaults | vals)

    def _run(self):
        self.env.flush_all()
        with self.env.registry.cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["sms.sms"]._process_queue()
        self.env.invalidate_all()

    def _log(self):
        return self.env["agency.sms.log"].search([], limit=1)


@tagged("post_install", "-at_install")
class TestSms(SmsCase):
    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()

    def test_a_message_is_sent_once_and_its_text_not_kept(self):
        sms = self._sms()
        self._run()
        self._run()
        message = self.stub.accepted[sms.uuid]
        self.assertEqual(len(message), 1)
        self.assertEqual(message[0]["to"], NUMBER)
        self.assertEqual(message[0]["text"], 'سلام "دنیا"\nخط دوم')
        self.assertEqual((sms.state, sms.to_delete), ("pending", True))
        log = self._log()
        self.assertEqual((log.state, log.reference), ("sent", "R1"))
        self.assertNotIn("9123456789", str(log.read()))

    def test_without_a_gateway_no_socket_is_opened_and_it_is_said(self):
        self.gateway.active = False
        sms = self._sms()
        with (
            patch("urllib3.util.connection.create_connection") as socket,
            patch("odoo.addons.iap.tools.iap_tools.iap_jsonrpc") as iap,
        ):
            self._run()
            sms.send()
        self.assertFalse(socket.called or iap.called)
        self.assertEqual((sms.state, sms.failure_type), ("error", "agency_no_gateway"))

    def test_a_one_time_code_is_erased_whatever_becomes_of_it(self):
        self.stub.pause = 2
        for mode, state in (
            ("good", "sent"),
            ("refuse", "failed"),
            ("hang", "unknown"),
        ):
            self.stub.mode = mode
            self.assertEqual(self.env["agency.otp"]._send(NUMBER, "x", mode, "::1"), 0)
            sms = self.env["sms.sms"].search([], limit=1)
            self.assertRegex(sms.body, r"\d{6}")
            self._run()
            self.assertEqual((self._log().state, sms.body), (state, False))
        self.gateway.active = False
        self.env["agency.otp"]._send("09350000000", "x", "s", "::1")
        sms = self.env["sms.sms"].search([], limit=1)
        self._run()
        self.assertEqual((sms.failure_type, sms.body), ("agency_no_gateway", False))
        # what has no text left is not sent again by hand
        self.gateway.active = True
        sms.write({"state": "outgoing", "failure_type": False})
        calls = self.stub.calls
        self._run()
        self.assertEqual((sms.failure_type, self.stub.calls), ("agency_expired", calls))

    def test_a_one_time_code_is_not_sent_when_it_is_of_no_use_any_more(self):
        self.stub.mode = "busy"
        self.env["agency.otp"]._send(NUMBER, "x", "s", "::1")
        sms = self.env["sms.sms"].search([], limit=1)
        self._run()
        self.assertTrue(sms.body)
        self.stub.mode = "good"
        with freeze_time(fields.Datetime.now() + timedelta(minutes=4)):
            self._run()
        self.assertFalse(self.stub.accepted)
        self.assertEqual((sms.failure_type, sms.body), ("agency_expired", False))

    def test_sending_at_once_still_waits_for_the_queue(self):
        sms = self._sms()
        sms.send()
        sms._send()
        self.assertEqual((sms.state, self.stub.calls), ("outgoing", 0))

    def test_a_busy_provider_is_tried_again_later_and_later(self):
        self.stub.mode = "busy"
        sms = self._sms()
        waits = []
        now = fields.Datetime.now()
        for _attempt in range(5):
            with freeze_time(now):
                self._run()
            if sms.state == "outgoing":
                waits.append((sms.run_after - now).total_seconds() // 60)
                now = sms.run_after
        self.assertEqual(waits, [1, 5, 25, 125])
        self.assertEqual((sms.state, self._log().state), ("error", "failed"))
        self.assertFalse(self.stub.accepted)

    def test_a_provider_that_is_down_is_tried_again(self):
        sms = self._sms()
        self.stub.close()
        self._run()
        self.assertEqual((sms.state, self._log().state), ("outgoing", "retry"))

    def test_a_refused_message_is_not_tried_again(self):
        self.stub.mode = "refuse"
        sms = self._sms()
        self._run()
        self._run()
        self.assertEqual((sms.state, self.stub.calls), ("error", 1))

    def test_an_unknown_outcome_is_asked_about_and_never_sent_again(self):
        self.stub.pause = 2
        for mode in ("hang", "error", "garbage"):
            self.stub.mode = mode
            sms = self._sms()
            self._run()
            self.assertEqual(self._log().state, "unknown", mode)
            self.assertEqual(sms.state, "process", mode)
            self._run()
            self.assertEqual(self._log().state, "sent", mode)
            self.assertEqual(len(self.stub.accepted[sms.uuid]), 1, mode)

    def test_who_cannot_be_asked_leaves_it_unknown(self):
        self.gateway.status_url = False
        self.stub.mode = "error"
        sms = self._sms()
        for _run in range(3):
            self._run()
        self.assertEqual((sms.state, self._log().state), ("process", "unknown"))
        self.assertEqual(len(self.stub.accepted[sms.uuid]), 1)

    def test_what_the_provider_never_got_is_sent_again(self):
        self.stub.mode = "error"
        sms = self._sms()
        self._run()
        self.stub.accepted.clear()
        self.stub.mode = "good"
        self._run()
        with freeze_time(fields.Datetime.now() + timedelta(minutes=10)):
            self._run()
        self.assertEqual(len(self.stub.accepted[sms.uuid]), 1)
        self.assertEqual(self._log().state, "sent")

    def test_a_slow_provider_is_waited_for(self):
        self.stub.mode, self.stub.pause = "slow", 0.5
        self._sms()
        self._run()
        self.assertEqual(self._log().state, "sent")

    def test_nobody_is_flooded_or_disturbed(self):
        self.gateway.daily_limit = 2
        many = self._sms() + self._sms() + self._sms()
        self._run()
        states = sorted(many.mapped("state"))
        self.assertEqual(states, ["error", "pending", "pending"])
        self.gateway.write({"quiet_from": 21, "quiet_to": 8, "daily_limit": 0})
        with freeze_time("2026-05-01 20:00:00"):  # 23:30 in Tehran
            late, code = self._sms(), self._sms(is_urgent=True)
            self._run()
            self.assertEqual((late.state, code.state), ("outgoing", "pending"))
            self.assertEqual(str(late.run_after), "2026-05-02 04:30:00")

    def test_the_log_says_why_in_words(self):
        self.stub.mode = "busy"
        self._sms()
        self._run()
        self.assertIn("answered with error 503", self._log().reason_text)
        for reason in ("ReadTimeoutError", "NewConnectionError", "number"):
            self._log().reason = reason
            self.assertRegex(self._log().reason_text, r"^T.* .*\.$")

    def test_old_messages_are_not_sent(self):
        with freeze_time("2026-05-01"):
            sms = self._sms()
        self.env.flush_all()
        self.env.cr.execute("UPDATE sms_sms SET create_date = '2026-05-01'")
        self.env.invalidate_all()
        self._run()
        self.assertEqual((sms.state, self.stub.calls), ("error", 0))

    def test_each_body_sends_through_its_own_gateway(self):
        other = self.env["res.company"].create({"name": "Other"})
        sms = self._sms(agency_company_id=other.id)
        self._run()
        self.assertEqual((sms.state, self.stub.calls), ("error", 0))

    def test_secrets_are_for_administrators_and_out_of_the_log(self):
        administrator = new_test_user(
            self.env, "sms_admin", groups="agency_base.group_administrator"
        )
        clerk = new_test_user(self.env, "sms_clerk")
        self.assertEqual(self.gateway.with_user(administrator).api_key, "very-secret")
        with self.assertRaises(AccessError):
            self.gateway.with_user(clerk).read(["name"])
        self.stub.mode = "busy"
        with self.assertLogs(level="DEBUG") as logs:
            self._sms()
            self._run()
        self.assertNotIn("very-secret", "\n".join(logs.output))
        self.assertNotIn("سلام", "\n".join(logs.output))

    def test_a_gateway_is_checked_when_it_is_saved(self):
        for vals in (
            {"success_pattern": "("},
            {"reference_pattern": "no group"},
            {"url": "file:///etc/passwd"},
        ):
            with self.assertRaises(ValidationError):
                self.gateway.write(vals)

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

    def test_absurd_calls_do_no_harm(self):
        before = self.env["agency.sms.inbound"].search_count([])
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
            {"from": "09123456789", "text": "x" * 70000},
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

    def test_without_the_secret_nothing_happens_and_nothing_is_told(self):
        values = {"from": "09123456789", "text": "forged"}
        wrong = self._call("inbound", values, secret="wrong")
        self.gateway.active = False
        gone = self._call("inbound", values)
        self.assertEqual((wrong.status_code, gone.status_code), (404, 404))
        self.assertEqual(wrong.text, gone.text)
        found = self.env["agency.sms.inbound"].search([("text", "=", "forged")])
        self.assertFalse(found)
