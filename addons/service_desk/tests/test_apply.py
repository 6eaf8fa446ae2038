import re
from io import BytesIO
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..controllers import apply as apply_controller
from .test_track_actions import TOKEN, PublicCase

FORM = re.compile(r'name="form" value="([^"]+)"')
PASS = re.compile(r'name="pass" value="([^"]+)"')
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


@tagged("post_install", "-at_install")
class TestApply(PublicCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.online = cls._make_service(
            code="20001",
            name="درخواست اینترنتی",
            channel_ids=[Command.create({"channel": "portal"})],
        )

    def _form(self, code="20001"):
        page = self.url_open(f"/desk/apply/{code}")
        return {
            "csrf_token": TOKEN.search(page.text)[1],
            "form": FORM.search(page.text)[1],
            "consent": "1",
            "kind": "national",
            "identifier": "۰۴۹۹۳۷۰۸۹۹",
            "name": "علي كريمي",
            "mobile": "۰۹۱۲۱۲۳۴۳۱۸",
        }

    def _apply(self, data, files=None, code="20001"):
        self.env.flush_all()
        return self.url_open(f"/desk/apply/{code}", data=data, files=files)

    def _made(self):
        return self.env["service.desk.request"].search(
            [("service_id", "=", self.online.id)]
        )

    def test_an_application_with_its_documents_is_registered_and_promised(self):
        files = [
            ("file_0", ("card.pdf", BytesIO(PDF), "application/pdf")),
            ("file_1", ("deal.pdf", BytesIO(PDF + b"1"), "application/pdf")),
        ]
        page = self._apply(self._form(), files)
        made = self._made()
        self.assertEqual(len(made), 1)
        self.assertEqual((made.state, made.channel), ("registered", "portal"))
        self.assertEqual(made.client_name, "علی کریمی")
        self.assertEqual(made.sudo().identifier_clear, "0499370899")
        self.assertEqual(made.mobile, "+989121234318")
        self.assertTrue(made.date_promised)
        self.assertFalse(made.user_id)
        self.assertEqual(made.visit_count, 0)
        sent = made.document_ids.filtered("upload_ids")
        self.assertEqual(sent.mapped("name"), ["کارت ملی", "قرارداد"])
        self.assertFalse(any(sent.upload_ids.mapped("public")))
        self.assertIn("یکشنبه ۸ آذر", page.text)
        self.assertIn("no-store", page.headers["Cache-Control"])

    def test_without_documents_it_is_incomplete_and_lists_them_all(self):
        page = self._apply(self._form())
        self.assertEqual(self._made().state, "incomplete")
        for name in ("کارت ملی", "قرارداد"):
            self.assertIn(name, page.text)
        self.assertNotIn("وکالت‌نامه", page.text, "its condition was not ticked")

    def test_the_same_form_sent_twice_is_one_request(self):
        data = self._form()
        first, second = (self._apply(data).text for _press in range(2))
        self.assertEqual(len(self._made()), 1)
        self.assertEqual(TOKEN.sub("", first), TOKEN.sub("", second))

    def test_what_is_wrong_is_told_by_field_and_nothing_is_saved(self):
        data = self._form() | {"identifier": "0499370898", "name": "", "mobile": "12"}
        del data["consent"]
        page = self._apply(data)
        self.assertFalse(self._made())
        for field in ("identifier", "name", "mobile", "consent"):
            self.assertIn(f'id="problem-{field}"', page.text)
        self.assertIn('value="0499370898"', page.text, "what was typed stays")
        self.assertEqual(FORM.search(page.text)[1], data["form"])

    def test_a_program_a_liar_and_a_giant_are_refused(self):
        refused = [
            ("a.exe", b"MZ" + b"0" * 100),
            ("a.pdf", b"MZ" + b"0" * 100),
            ("a.jpg", PDF),
            ("a.pdf", PDF + b"0" * (5 * 1024 * 1024)),
        ]
        for name, content in refused:
            files = [("file_0", (name, BytesIO(content), "application/pdf"))]
            page = self._apply(self._form(), files)
            self.assertIn("d-alert-error", page.text, name)
            self.assertIn("«کارت ملی»: ", page.text, "which document it was")
            self.assertFalse(self._made(), name)

    def test_a_contact_is_not_changed_by_who_knows_the_number(self):
        partner = self.env["res.partner"].create(
            {"name": "صاحب کد", "phone": "+989350000000", "national_id": "0499370899"}
        )
        self._apply(self._form())
        self.assertEqual(self._made().partner_id, partner)
        self.assertEqual((partner.name, partner.phone), ("صاحب کد", "+989350000000"))

    def test_with_a_gateway_the_mobile_is_confirmed_first(self):
        self._gateway()
        page = self._apply(self._form())
        made = self._made()
        self.assertEqual(made.state, "draft")
        note = PASS.search(page.text)[1]
        csrf = TOKEN.search(page.text)[1]
        sms = self.env["sms.sms"].search([("number", "=", made.mobile)], limit=1)
        code = re.search(r"\d{6}", sms.body)[0]
        wrong = "000000" if code != "000000" else "111111"
        data = {"csrf_token": csrf, "pass": note}
        page = self.url_open("/desk/apply/confirm", data=data | {"otp": wrong})
        self.assertIn("d-alert-error", page.text)
        self.assertEqual(made.state, "draft")
        page = self.url_open("/desk/apply/confirm", data=data | {"otp": code})
        self.assertEqual(made.state, "incomplete")
        again = self.url_open("/desk/apply/confirm", data=data | {"otp": code})
        self.assertEqual(TOKEN.sub("", page.text), TOKEN.sub("", again.text))
        self.assertEqual(len(self._made()), 1)

    def test_a_confirmation_is_bound_to_its_form(self):
        self._gateway()
        self._apply(self._form())
        made = self._made()
        for note in ("", "AAAA", "ﷺ"):
            data = {"csrf_token": self._csrf(), "pass": note, "otp": "123456"}
            self.url_open("/desk/apply/confirm", data=data)
        self.assertEqual(made.state, "draft")

    def test_only_what_the_agency_takes_online_is_applied_for(self):
        for code in (self.service.code, self.online.code):
            if code == self.online.code:
                self.online.write({"suspension_reason": "x"})
                self.online.action_suspend()
            data = self._form(self.online.code) if code != self.online.code else {}
            data.setdefault("csrf_token", self._csrf())
            with mute_logger("odoo.http"):
                self._apply(data, code=code)
        self.assertFalse(
            self.env["service.desk.request"].search([("channel", "=", "portal")])
        )

    def test_an_old_link_leads_to_what_became_of_the_service(self):
        data = self._form()
        self.online.write({"suspension_reason": "x"})
        self.online.action_suspend()
        for page in (self.url_open("/desk/apply/20001"), self._apply(data)):
            self.assertEqual(page.status_code, 200)
            self.assertTrue(page.url.endswith("/desk/service/20001"), page.url)
            self.assertIn("d-alert-warn", page.text)
        self.assertFalse(self._made())

    def test_a_form_is_good_for_its_own_service(self):
        other = self._make_service(
            code="20002", channel_ids=[Command.create({"channel": "portal"})]
        )
        data = self._form()
        self._apply(data, code=other.code)
        self._apply(data | {"form": "forged"})
        self.assertFalse(
            self.env["service.desk.request"].search([("channel", "=", "portal")])
        )

    def test_without_its_token_no_application_is_taken(self):
        data = self._form()
        del data["csrf_token"]
        with mute_logger("odoo.http"):
            self.assertEqual(self._apply(data).status_code, 400)
        self.assertFalse(self._made())

    def test_absurd_sizes_are_refused(self):
        data = self._form() | {"subject": "x" * (31 * 1024 * 1024)}
        with mute_logger("odoo.http"):
            self.assertEqual(self._apply(data).status_code, 413)

    def test_one_network_and_one_person_apply_so_often(self):
        with patch.object(apply_controller, "PERSON_LIMIT", (2, 86400)):
            for _n in range(3):
                page = self._apply(self._form())
        self.assertEqual(len(self._made()), 2)
        self.assertIn("d-alert-error", page.text)

    def test_what_nobody_confirmed_is_forgotten(self):
        self._gateway()
        self._apply(self._form())
        made = self._made()
        requests = self.env["service.desk.request"]
        requests._gc_unconfirmed()
        self.assertTrue(made.exists())
        self.env.cr.execute(
            "UPDATE service_desk_request SET create_date = create_date "
            "- interval '2 days' WHERE id = %s",
            made.ids,
        )
        made.invalidate_recordset()
        requests._gc_unconfirmed()
        self.assertFalse(made.exists())
