from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import NOW
from .test_track_actions import PublicCase


class VoiceCase(PublicCase):
    def _delivered(self):
        request = self._make_request()
        request.action_mark_ready()
        request.action_deliver()
        return request

    def _queue(self):
        self.env.flush_all()
        with patch.object(self.env.registry["ir.cron"], "_commit_progress"):
            self.env["service.desk.notice"]._cron_queue()


@tagged("post_install", "-at_install")
class TestNotice(VoiceCase):
    def test_each_step_is_told_once_and_with_its_own_words(self):
        self._gateway()
        request = self._make_request()
        before = self.env["sms.sms"].search_count([])
        self._queue()
        self._queue()
        notice = request.notice_ids
        self.assertEqual(notice.mapped("kind"), ["registered"])
        sms = self.env["sms.sms"].search([("uuid", "=", notice.sudo().sms_uuid)])
        self.assertEqual(self.env["sms.sms"].search_count([]), before + 1)
        self.assertEqual(sms.number, "+989121234318")
        self.assertEqual(sms.state, "outgoing")
        for word in ("یکشنبه ۸ آذر", "صدور پروانه"):
            self.assertIn(word, sms.body)
        self.assertNotIn("{", sms.body)
        self.assertNotIn("0076229645", sms.body)

    def test_a_missing_document_is_told_with_all_others(self):
        self._gateway()
        request = self._make_request(complete=False)
        self._queue()
        sms = self.env["sms.sms"].search(
            [("uuid", "in", request.sudo().notice_ids.mapped("sms_uuid"))]
        )
        self.assertEqual(len(sms), 1)
        self.assertIn("کارت ملی، قرارداد", sms.body)

    def test_without_a_gateway_nothing_leaves_and_the_notice_says_so(self):
        request = self._make_request()
        before = self.env["sms.sms"].search_count([])
        self._queue()
        self.assertEqual(request.notice_ids.sms, "no_gateway")
        self.assertEqual(self.env["sms.sms"].search_count([]), before)

    def test_the_clerk_waits_for_no_message(self):
        self._gateway()
        before = self.env["sms.sms"].search_count([])
        request = self._make_request()
        self.assertEqual(self.env["sms.sms"].search_count([]), before)
        self.assertFalse(request.notice_ids)

    def test_old_events_and_switched_off_texts_are_not_told(self):
        self._gateway()
        request = self._make_request()
        with freeze_time(NOW + timedelta(days=3)):
            self._queue()
        self.assertFalse(request.notice_ids)
        self.env.ref("service_desk.message_registered").active = False
        self._queue()
        self.assertEqual(request.notice_ids.sms, "none")

    def test_an_email_goes_to_who_has_an_address(self):
        self.partner.email = "client@example.com"
        request = self._make_request()
        self._queue()
        self.assertTrue(request.notice_ids.is_emailed)
        mail = self.env["mail.mail"].search([], limit=1)
        self.assertEqual(mail.state, "outgoing")
        self.assertIn("صدور پروانه", mail.body_html)

    def test_a_text_knows_its_words_only(self):
        message = self.env.ref("service_desk.message_ready")
        with self.assertRaises(ValidationError):
            message.body = "{mobile}"
        own = message.copy({"company_id": self.company.id, "body": "{code} {code}"})
        found = self.env["service.desk.message"]._by_kind(self.company)
        self.assertEqual(found["ready"], own, "a body's own text wins")
        self.assertEqual(own._fill({"code": "{agency}"}), "{agency} {agency}")
