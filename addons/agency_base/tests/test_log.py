import io
import json
import logging
from urllib.parse import quote

from odoo.tests import BaseCase

from odoo.addons.agency_base.tools.log import PersonalNumberFilter, mask_logs


class TestLog(BaseCase):
    """No national code, legal id or telephone number reaches the server's log."""

    def setUp(self):
        super().setUp()
        self.output = io.StringIO()
        handler = logging.StreamHandler(self.output)
        handler.setFormatter(logging.Formatter("%(message)s"))
        handler.addFilter(PersonalNumberFilter())
        self.logger = logging.Logger("masked")
        self.logger.addHandler(handler)

    def test_numbers_are_masked_wherever_they_stand(self):
        for number in ("0012345679", "10100012345", "09123456789", "+989123456789"):
            self.logger.warning("sent to %s, answered", number)
            self.assertNotIn(number, self.output.getvalue())
        self.logger.warning("INSERT … VALUES ('۰۹۱۲۳۴۵۶۷۸۹')")
        self.assertNotIn("۰۹۱۲۳۴۵۶۷۸۹", self.output.getvalue())

    def test_no_way_of_writing_a_number_hides_it(self):
        code, persian, arabic = "0012345679", "۰۰۱۲۳۴۵۶۷۹", "٠٠١٢٣٤٥٦٧٩"
        for text, number, shown in (
            ("GET /desk?domain=%5B%2C{}%22%5D", f"%22{code}", "%220****679"),
            ("WHERE name ILIKE '%{}%'", code, "001****679"),
            ("GET /desk?q=id%3D{}", code, "001****679"),
            ("GET /desk?q={}", quote(persian), f"{quote('۰۰۱')}****{quote('۶۷۹')}"),
            ("GET /desk?q=%3A{}", quote(arabic), f"{quote('٠٠١')}****{quote('٦٧٩')}"),
            (
                "POST {}",
                json.dumps(persian),
                '"\\u06f0\\u06f0\\u06f1****\\u06f6\\u06f7\\u06f9"',
            ),
            ("nobody has {}.", code, "001****679"),
            ("client-{}", code, "001****679"),
            ("the card says {}", "001-234567-9", "001-****-9"),
            ("the card says {}!", "۰۰۱-۲۳۴۵۶۷-۹", "۰۰۱-****-۹"),
            ("GET /odoo?id%3D{}", "001-234567-9", "001-****-9"),
            ("to {}@example.ir", code, "001****679"),
            ("to {}", "%2B989123456789", "%2B989****789"),
        ):
            with self.subTest(text):
                self.output.seek(0)
                self.output.truncate()
                self.logger.warning("%s", text.format(number))
                shown = text.format(shown).replace("----", "****")
                self.assertEqual(self.output.getvalue().strip(), shown)

    def test_a_traceback_is_masked_too(self):
        try:
            raise ValueError("Key (national_id)=(0012345679) already exists.")
        except ValueError:
            self.logger.exception("refused")
        self.assertIn("Key (national_id)=", self.output.getvalue())
        self.assertNotIn("0012345679", self.output.getvalue())

    def test_the_secret_of_a_webhook_is_masked(self):
        path = "/agency/sms/7/Zx_9-sEcReT/inbound?from=%2B989123456789&text=hush"
        # as werkzeug writes it
        self.logger.info('%s - - [now] "%s" 200 -', "10.0.0.1", f"GET {path} HTTP/1.1")
        self.assertEqual(
            self.output.getvalue().strip(),
            '10.0.0.1 - - [now] "GET /agency/sms/7/***/inbound HTTP/1.1" 200 -',
        )
        self.logger.warning("refused: /agency/sms/7/Zx_9-sEcReT")
        self.assertNotIn("sEcReT", self.output.getvalue())

    def test_a_short_foreigner_id_is_masked_where_it_is_named(self):
        for text in (
            "Key (national_id)=({}) already exists.",
            "WHERE national_id = '{}'",
            'WHERE "res_partner"."national_id" IN (\'{}\')',
            "WHERE (\"national_id\" ILIKE '%{}%')",
            '{{"identifier": "{}"}}',
            "[('national_id', '=', '{}')]",
            "POST /desk/apply?identifier={}&x=1",
            "GET /odoo?domain=%5B%22national_id%22%2C%22{}%22%5D",
        ):
            for number in ("12345678", "123456789", "۱۲۳۴۵۶۷۸", "123456789012"):
                with self.subTest(text=text, number=number):
                    self.output.seek(0)
                    self.output.truncate()
                    self.logger.warning("%s", text.format(number))
                    shown = self.output.getvalue().strip()
                    self.assertNotIn(number, shown)
                    self.assertIn("****", shown)
                    start, end = text.format("|").split("|")
                    self.assertTrue(shown.startswith(start))
                    self.assertTrue(shown.endswith(end))

    def test_what_is_no_such_number_stays(self):
        text = "request 12345678 of 2026-11-25, hash 3f0012345679ab, 1.5 s, 98765432 B"
        self.logger.warning(text)
        self.assertEqual(self.output.getvalue().strip(), text)

    def test_every_handler_of_the_server_masks_once(self):
        handler = logging.StreamHandler(io.StringIO())
        root = logging.getLogger()
        root.addHandler(handler)
        self.addCleanup(root.removeHandler, handler)
        for _again in range(2):
            mask_logs()
        self.assertEqual(
            [type(known) for known in handler.filters], [PersonalNumberFilter]
        )
