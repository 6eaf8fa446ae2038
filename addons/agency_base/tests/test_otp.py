import re
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged

from odoo.addons.agency_base.models import agency_otp

NUMBER = "۰۹۱۲۳۴۵۶۷۸۹"


@tagged("post_install", "-at_install")
class TestOtp(TransactionCase):
    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.otp = self.env["agency.otp"]

    def _send(self, number=NUMBER, session="s1", address="10.0.0.1"):
        return self.otp._send(number, "track", session, address)

    def _sent_code(self):
        body = self.env["sms.sms"].search([], limit=1).body
        return re.search(r"\d{6}", body)[0]

    def _check(self, code, session="s1", purpose="track", number=NUMBER):
        return self.otp._check_code(number, purpose, session, code)

    def test_a_code_opens_once_in_any_digits(self):
        self.assertEqual(self._send(), 0)
        code = self._sent_code()
        self.assertTrue(self.env["sms.sms"].search([], limit=1).is_urgent)
        persian = code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        self.assertTrue(self._check(persian))
        self.assertFalse(self._check(code))

    def test_the_minutes_stand_in_the_readers_digits(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        otp = self.otp.with_context(lang="fa_IR")
        otp._send(NUMBER, "track", "s1", "10.0.0.1")
        body = self.env["sms.sms"].search([], limit=1).body
        self.assertIn("۳", body)
        self.assertRegex(body, r"[0-9]{6}", "phones copy plain digits")

    def test_a_code_is_bound_to_session_purpose_and_number(self):
        self._send()
        code = self._sent_code()
        self.assertFalse(self._check(code, session="s2"))
        self.assertFalse(self._check(code, purpose="other"))
        self.assertFalse(self._check(code, number="09120000000"))
        self.assertFalse(self._check(""))
        self.assertTrue(self._check(code))

    def test_a_code_lives_three_minutes(self):
        with freeze_time("2026-05-01 08:00:00"):
            self._send()
            code = self._sent_code()
        with freeze_time("2026-05-01 08:03:01"):
            self.assertFalse(self._check(code))

    def test_five_wrong_tries_end_it(self):
        with freeze_time("2026-05-01 08:00:00"):
            self._send()
            code = self._sent_code()
            wrong = "000000" if code != "000000" else "111111"
            for _try in range(5):
                self.assertFalse(self._check(wrong))
            self.assertFalse(self._check(code))

    @freeze_time("2026-05-01 08:00:00")
    def test_codes_are_capped_per_number_and_address(self):
        self.assertEqual([bool(self._send()) for _ in range(4)], [False] * 3 + [True])
        numbers = [f"0912{number:07}" for number in range(17)]
        waits = [bool(self._send(number)) for number in numbers]
        self.assertFalse(any(waits[:16]))
        self.assertTrue(waits[16])
        self.assertEqual(self._send("09350000000", address="10.0.0.2"), 0)

    def test_a_number_gets_ten_codes_a_day(self):
        for hour in range(10):
            with freeze_time(f"2026-05-01 {hour:02}:00:00"):
                self.assertEqual(self._send(address=f"10.0.1.{hour}"), 0)
        queued = self.env["sms.sms"].search_count([])
        with freeze_time("2026-05-01 10:00:00"):
            self.assertTrue(self._send(address="10.0.2.1"))
            self.assertEqual(self.env["sms.sms"].search_count([]), queued)
            self.assertEqual(self._send("09350000000", address="10.0.2.1"), 0)
        with freeze_time("2026-05-03 00:00:00"):
            self.assertEqual(self._send(address="10.0.2.1"), 0)

    @freeze_time("2026-05-01 08:00:00")
    def test_the_installation_has_a_cap_of_its_own(self):
        self.assertEqual(agency_otp.CAP_INSTALLATION, (2000, 86400))
        numbers = [f"0912{number:07}" for number in range(5)]
        with patch.object(agency_otp, "CAP_INSTALLATION", (4, 86400)):
            waits = [
                bool(self._send(number, address=f"10.0.3.{last}"))
                for last, number in enumerate(numbers)
            ]
        self.assertEqual(waits, [False] * 4 + [True])

    def test_the_text_of_a_cancelled_code_is_erased(self):
        with freeze_time("2026-05-01 08:00:00"):
            self._send()
            sms = self.env["sms.sms"].search([], limit=1)
            sms.state = "canceled"
            sms._gc_codes()
            self.assertTrue(sms.body)
        with freeze_time("2026-05-01 08:03:01"):
            sms._gc_codes()
        self.assertFalse(sms.body)

    def test_neither_code_nor_number_is_kept(self):
        self._send()
        kept = str(self.otp.search([]).read())
        self.assertNotIn(self._sent_code(), kept)
        self.assertNotIn("9123456789", kept)

    def test_what_is_no_mobile_gets_nothing(self):
        before = self.env["sms.sms"].search_count([])
        self.assertEqual(self._send("02166495500"), 0)
        self.assertEqual(self.env["sms.sms"].search_count([]), before)
