from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

from .common_daily import DailyCase
from .common_field import TODAY


@tagged("post_install", "-at_install")
class TestDailyPage(DailyCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env["audit.daily.report"]._freeze(cls.phase, TODAY)
        cls.path = f"/audit/report/{cls.report.id}"

    def _log_in(self, user):
        self.authenticate(user.login, user.login)

    def _post(self, path, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=data, allow_redirects=False)

    def test_the_governor_orders_and_the_officer_answers(self):
        self._log_in(self.observer)
        page = self.url_open(self.path)
        self.assertIn(self.agency.name, page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        line = f"unit:{self.agency.id}"
        reply = self._post(
            f"{self.path}/order",
            line=line,
            text="Why?",
            owner="Head",
            date_due="۱۴۰۵/۰۴/۱۰",
            kind="order",
        )
        self.assertEqual(reply.status_code, 303)
        order = self.report.order_ids
        self.assertEqual(order.subject, self.agency.name)
        self.assertEqual(str(order.date_due), "2026-07-01")
        reply = self._post(f"{self.path}/answer/{order.id}", answer="Mine")
        self.assertIn('class="problem"', reply.text)
        self.assertEqual(order.state, "open")
        self._log_in(self.officer)
        reply = self._post(f"{self.path}/answer/{order.id}", answer="A stand-in")
        self.assertEqual(reply.status_code, 303)
        self.assertEqual((order.state, order.answer), ("answered", "A stand-in"))
        # Who answered does not settle it; whoever ordered does, or asks again.
        reply = self._post(f"{self.path}/settle/{order.id}", ruling="done")
        self.assertIn('class="problem"', reply.text)
        self._log_in(self.observer)
        reply = self._post(f"{self.path}/settle/{order.id}", ruling="again")
        self.assertEqual((reply.status_code, order.state), (303, "open"))
        order.with_user(self.officer).write({"answer": "Better", "state": "answered"})
        self._post(f"{self.path}/settle/{order.id}", ruling="done")
        self.assertEqual(order.state, "done")
        reply = self._post(f"{self.path}/settle/{order.id}", ruling="x")
        self.assertEqual(reply.status_code, 404)

    def test_an_order_without_owner_is_refused_in_words(self):
        self._log_in(self.observer)
        for data in ({"text": ""}, {"text": "x"}, {"text": "x", "owner": "y"}):
            reply = self._post(f"{self.path}/order", line="general", **data)
            self.assertIn('class="problem"', reply.text)
            if data["text"]:
                self.assertIn("<details open", reply.text)
        reply = self._post(f"{self.path}/order", line="unit:0", text="x")
        self.assertEqual(reply.status_code, 404)
        self.assertFalse(self.report.order_ids)

    def test_an_order_is_given_to_a_person_or_a_unit_chosen_by_name(self):
        self._log_in(self.observer)
        page = self.url_open(self.path)
        for owner in (self.officer, self.agency):
            self.assertIn(f'<option value="{owner.name}"', page.text)
        # A space too many, as phones add it, does not hide who is meant.
        for owner in (f"{self.officer.name} ", self.agency.name, "Somebody else"):
            self._post(
                f"{self.path}/order",
                line="general",
                text=f"For {owner}",
                owner=owner,
                date_due="2026-07-01",
                kind="order",
            )
        person, unit, other = self.report.order_ids
        self.assertEqual(person.owner_user_id, self.officer)
        self.assertEqual(unit.owner_unit_id, self.agency)
        self.assertEqual(other.owner, "Somebody else")
        self.assertFalse(other.owner_user_id or other.owner_unit_id)
        # Whom it is given to hears of it, with the deadline.
        message = self.env["mail.message"].search(
            [
                ("model", "=", self.report._name),
                ("res_id", "=", self.report.id),
                ("body", "ilike", f"For {self.officer.name}"),
            ]
        )
        self.assertIn(self.officer.partner_id, message.notified_partner_ids)
        self.assertIn("۱۴۰۵/۰۴/۱۰", message.body)

    def test_a_report_that_is_not_printed_yet_is_printed_for_its_reader(self):
        self._log_in(self.observer)
        self.assertFalse(self.report.attachment_id)
        content = b"%PDF-1.7 of this reader"
        with patch.object(
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            lambda *_a, **_kw: (content, "pdf"),
        ):
            reply = self.url_open(f"{self.path}/pdf")
            self.assertEqual((reply.status_code, reply.content), (200, content))
            self.assertEqual(reply.headers["Content-Type"], "application/pdf")
            self.assertFalse(self.report.attachment_id, "reading keeps nothing")
        self.assertEqual(self.url_open(f"{self.path}/xlsx").status_code, 404)
        final = self.env["audit.daily.report"]._freeze(self.phase, TODAY, "final")
        reply = self.url_open(f"/audit/report/{final.id}/xlsx")
        self.assertTrue(reply.content.startswith(b"PK"))

    def test_others_find_no_report(self):
        other = self.env["res.company"].create({"name": "Other province"})
        foreigner = new_test_user(
            self.env,
            "audit_foreign",
            groups="audit_checklist.group_observer",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for user in (self.inspector, self.representative, foreigner):
            self._log_in(user)
            for path in (self.path, f"{self.path}/pdf", "/audit/report/99999999999"):
                with self.subTest(user=user.login, path=path):
                    self.assertEqual(self.url_open(path).status_code, 404)
            reply = self._post(f"{self.path}/order", line="general", text="x")
            self.assertEqual(reply.status_code, 404)
        self.authenticate(None, None)
        reply = self.url_open(self.path, allow_redirects=False)
        self.assertEqual(reply.status_code, 303)

    def test_a_form_without_its_token_says_nothing(self):
        self._log_in(self.observer)
        reply = self.url_open(
            f"{self.path}/order", data={"line": "general", "text": "x"}
        )
        self.assertEqual(reply.status_code, 400)
        self.assertFalse(self.report.order_ids)

    def test_the_paper_says_what_the_page_says(self):
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "audit_checklist.report_daily", self.report.ids
        )
        text = content.decode()
        self.assertIn(self.agency.name, text)
        self.assertNotIn("<form", text)
        self.assertIn("<svg", text)
