from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .sms_common import NUMBER, SmsCase


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
