import re
from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import NOW, DeskCase

PASS = re.compile(r'name="pass" value="([^"]+)"')
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class PublicCase(HttpCase, DeskCase):
    """The desk of one company, open to visitors."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env["res.company"].search([]).desk_is_public = False
        cls.company.write({"desk_is_public": True, "website": False})
        cls.company.partner_id.lang = "fa_IR"
        cls.reason = cls.env["service.desk.reject.reason"].create({"name": "قانون"})

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.env.flush_all()

    def _gateway(self):
        vals = {"name": "Stub", "url": "http://127.0.0.1:9/"}
        vals["company_id"] = self.company.id
        return self.env["agency.sms.gateway"].create(vals)

    def _csrf(self):
        return TOKEN.search(self.url_open("/desk/track").text)[1]

    def _send(self, path, **data):
        """Post a form as the page would send it."""
        return self.url_open(path, data={"csrf_token": self._csrf()} | data)

    def _enter(self, request, digits="4318"):
        """Return the result page of ``request``."""
        self.env.flush_all()
        return self._send("/desk/track", code=request.tracking_code, digits=digits)

    def _pass(self, request):
        return PASS.search(self._enter(request).text)[1]

    def _rejected(self):
        request = self._make_request()
        request.write(
            {
                "state": "rejected",
                "reject_reason_id": self.reason.id,
                "reject_reason": "سابقه کافی نیست",
            }
        )
        return request


@tagged("post_install", "-at_install")
class TestTrackActions(PublicCase):
    def _feedback(self, request):
        return self.env["service.desk.feedback"].search(
            [("request_id", "=", request.id)]
        )

    def test_a_client_answers_whether_he_was_sent_inside(self):
        request = self._make_request()
        note = self._pass(request)
        answer = {"pass": note, "answer": "yes", "unit": self.unit.name}
        page = self._send("/desk/track/inside", **answer)
        self.assertEqual(page.status_code, 200)
        feedback = self._feedback(request)
        self.assertEqual(feedback.sent_inside, "yes")
        self.assertEqual(feedback.sent_unit_id, self.unit)
        self.assertEqual(feedback.user_id, self.clerk)
        self._send("/desk/track/inside", **{"pass": note, "answer": "no"})
        self.assertEqual(len(self._feedback(request)), 1, "one row, the last answer")
        self.assertEqual(feedback.sent_inside, "no")
        self.assertFalse(feedback.sent_unit_id)

    def test_the_answer_stays_once_the_request_is_closed(self):
        request = self._make_request()
        note = self._pass(request)
        self._send("/desk/track/inside", **{"pass": note, "answer": "no"})
        request.action_cancel()
        self.env.flush_all()
        self._send("/desk/track/inside", **{"pass": note, "answer": "yes"})
        self.assertEqual(self._feedback(request).sent_inside, "no")

    def test_an_unknown_answer_is_refused(self):
        note = self._pass(self._make_request())
        with mute_logger("odoo.http"):
            page = self._send("/desk/track/inside", **{"pass": note, "answer": "x"})
        self.assertEqual(page.status_code, 404)

    def test_an_objection_is_one_new_request_however_often_it_is_sent(self):
        request = self._rejected()
        note = self._pass(request)
        for _press in range(2):
            page = self._send("/desk/track/object", **{"pass": note, "text": "چرا؟"})
            self.assertEqual(page.status_code, 200)
        appeal = request.appeal_ids
        self.assertEqual(len(appeal), 1)
        self.assertEqual(
            (appeal.subject, appeal.channel, appeal.state),
            ("چرا؟", "portal", "registered"),
        )
        self.assertNotIn(appeal.user_id, self.env.ref("base.public_user"))
        self.assertEqual(request.state, "rejected", "the first decision stays")
        code = appeal.tracking_code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        self.assertIn(code[6:], page.text)

    def test_an_empty_or_a_late_objection_is_told_and_changes_nothing(self):
        request = self._rejected()
        note = self._pass(request)
        page = self._send("/desk/track/object", **{"pass": note, "text": "  "})
        self.assertIn("d-alert-error", page.text)
        late = NOW + timedelta(days=self.company.desk_appeal_days + 1)
        with freeze_time(late):
            note = self._pass(request)
            page = self._send("/desk/track/object", **{"pass": note, "text": "چرا؟"})
        self.assertIn("d-alert-error", page.text)
        self.assertIn("چرا؟</textarea>", page.text, "what was typed is given back")
        self.assertFalse(request.appeal_ids)

    def test_an_objection_carries_its_proof_or_is_not_made(self):
        request = self._rejected()
        note = self._pass(request)
        fields = {"csrf_token": self._csrf(), "pass": note, "text": "چرا؟"}

        def send(name, content):
            return self.url_open(
                "/desk/track/object", data=fields, files={"files": (name, content)}
            )

        page = send("proof.exe", b"MZ")
        self.assertIn("d-alert-error", page.text)
        self.assertFalse(request.appeal_ids, "nothing is kept of it")
        self.assertIn("چرا؟</textarea>", page.text, "only the file is chosen anew")
        send("proof.pdf", b"%PDF-1.4\n%%EOF\n")
        appeal = request.appeal_ids
        self.assertEqual(appeal.state, "registered")
        self.assertEqual(appeal.document_ids.upload_ids.mapped("name"), ["proof.pdf"])
        self.assertTrue(appeal.has_upload)

    def test_who_was_not_rejected_does_not_object(self):
        request = self._make_request()
        note = self._pass(request)
        self._send("/desk/track/object", **{"pass": note, "text": "چرا؟"})
        self.assertFalse(request.appeal_ids)

    def test_a_pass_is_good_for_its_own_request_and_an_hour(self):
        request, other = self._make_request(), self._make_request()
        note = self._pass(request)
        forged = [
            "",
            "AAAA",
            "ﷺ",
            note[:-4] + "AAAA",
            note.replace(note[20], "A" if note[20] != "A" else "B"),
            "A" * 5000,
        ]
        with mute_logger("odoo.http"):
            for wrong in forged:
                page = self._send(
                    "/desk/track/inside", **{"pass": wrong, "answer": "yes"}
                )
                self.assertNotIn("d-steps", page.text)
        with freeze_time(NOW + timedelta(minutes=61)):
            page = self._send("/desk/track/inside", **{"pass": note, "answer": "yes"})
        self.assertNotIn("d-steps", page.text)
        self.assertFalse(self._feedback(request) | self._feedback(other))

    def test_a_pass_of_another_company_opens_nothing(self):
        note = self._pass(self._make_request())
        other = self.env["res.company"].create({"name": "Other"})
        requests = self.env["service.desk.request"]
        self.assertTrue(requests._find_by_pass(note, self.company))
        self.assertFalse(requests._find_by_pass(note, other))

    def test_without_its_token_no_form_is_taken(self):
        request = self._rejected()
        note = self._pass(request)
        with mute_logger("odoo.http"):
            for path in ("/desk/track/inside", "/desk/track/object"):
                data = {"pass": note, "answer": "yes", "text": "چرا؟"}
                self.assertEqual(self.url_open(path, data=data).status_code, 400)
        self.assertFalse(request.appeal_ids | self._feedback(request).request_id)

    def test_absurd_sizes_are_refused(self):
        note = self._pass(self._rejected())
        with mute_logger("odoo.http"):
            page = self._send(
                "/desk/track/object", **{"pass": note, "text": "x" * 17 * 1024 * 1024}
            )
        self.assertEqual(page.status_code, 413)

    def _count_queries(self, request):
        self._enter(request)
        data = {"csrf_token": self._csrf(), "code": request.tracking_code}
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        page = self.url_open("/desk/track", data=data | {"digits": "4318"})
        self.assertIn("d-steps", page.text)
        return self.env.cr.sql_log_count - before

    def test_the_whole_answer_takes_twelve_queries(self):
        referred = self._make_request()
        self.refer(referred)
        sent_back = self._make_request()
        referral = self.refer(sent_back).with_user(self.liaison)
        referral.write({"outcome": "incomplete", "answer": "سند خوانا نیست"})
        referral.action_answer()
        sent_back.document_ids[0].is_received = False
        sent_back.write({"state": "incomplete"})
        cases = {
            "referred": referred,
            "incomplete": self._make_request(complete=False),
            "incomplete again": sent_back,
            "rejected": self._rejected(),
        }
        for case, request in cases.items():
            with self.subTest(case):
                self.assertEqual(request.state, case.split()[0])
                self.assertLessEqual(self._count_queries(request), 12)
