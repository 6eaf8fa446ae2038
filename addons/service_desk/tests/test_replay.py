"""Each form of the public pages, sent twice: what it does is done once."""

import re

from odoo.fields import Command
from odoo.tests import tagged

from .test_apply import PDF
from .test_attacks import FORMS
from .test_booking import CHOICE
from .test_track_actions import PASS, TOKEN, PublicCase

FORM = re.compile(r'name="form" value="([^"]+)"')
CODE = re.compile(r"\d{6}")

# The form: what its first sending adds, by model. A second sending adds nothing.
ADDED = {
    "/desk/track": {},
    "/desk/track/inside": {"service.desk.feedback": 1},
    "/desk/track/rate": {"service.desk.feedback": 1},
    "/desk/track/object": {
        "service.desk.request": 1,
        "service.desk.event": 2,
        "service.desk.promise": 1,
    },
    "/desk/track/upload": {"ir.attachment": 1, "service.desk.event": 1},
    "/desk/track/appointment": {
        "service.desk.appointment": 1,
        "service.desk.event": 1,
    },
    "/desk/apply/<string:code>": {"service.desk.request": 1, "sms.sms": 1},
    "/desk/apply/confirm": {"service.desk.event": 1},
    "/desk/rate/<string:token>": {"rated": 1},
    "/desk/opinion": {"service.desk.opinion": 1},
    "/desk/kiosk/<string:token>": {
        "service.desk.ticket": 1,
        "service.desk.ticket.event": 1,
    },
}
MODELS = (
    "service.desk.request",
    "service.desk.event",
    "service.desk.promise",
    "service.desk.feedback",
    "service.desk.opinion",
    "service.desk.appointment",
    "service.desk.ticket",
    "service.desk.ticket.event",
    "ir.attachment",
    "sms.sms",
)


@tagged("post_install", "-at_install")
class TestReplay(PublicCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk.action_renew_hall()
        cls.online = cls._make_service(
            code="20001", channel_ids=[Command.create({"channel": "portal"})]
        )
        cls.presence = cls._make_service(
            code="P", needs_presence=True, document_ids=[], step_ids=[]
        )
        cls.env["service.desk.reception"].create(
            {
                "department_id": cls.unit.id,
                "weekday": "0",
                "hour_from": 8,
                "hour_to": 9.5,
                "room": "12",
                "expert_name": "رضا کمالی",
            }
        )

    # === What a visitor would send: path, fields, files ===

    def _form_of(self, path):
        self.env.flush_all()
        page = self.url_open(path).text
        return {"form": FORM.search(page)[1], "csrf_token": TOKEN.search(page)[1]}

    def _send_track(self):
        request = self._make_request()
        return "/desk/track", {"code": request.tracking_code, "digits": "4318"}, None

    def _send_track_inside(self):
        note = self._pass(self._make_request())
        answer = {"pass": note, "answer": "yes", "unit": self.unit.name}
        return "/desk/track/inside", answer, None

    def _send_track_rate(self):
        request = self._make_request()
        request.write({"state": "ready"})
        note = self._pass(request)
        request.write({"state": "delivered"})
        return "/desk/track/rate", {"pass": note}, None

    def _send_track_object(self):
        note = self._pass(self._rejected())
        return "/desk/track/object", {"pass": note, "text": "چرا؟"}, None

    def _send_track_upload(self):
        request = self._make_request(complete=False)
        document = request.document_ids.filtered("is_missing")[0]
        fields = {"pass": self._pass(request), "document": document.id}
        return "/desk/track/upload", fields, {"files": ("card.pdf", PDF)}

    def _send_track_appointment(self):
        note = self._pass(self._make_request(service_id=self.presence.id))
        page = self._send("/desk/track/appointment", **{"pass": note, "choice": ""})
        choice = CHOICE.search(page.text)[1]
        return "/desk/track/appointment", {"pass": note, "choice": choice}, None

    def _send_apply(self):
        path = f"/desk/apply/{self.online.code}"
        return path, self._application(path), None

    def _application(self, path):
        self._gateway()
        return self._form_of(path) | {
            "consent": "1",
            "kind": "national",
            "identifier": "0499370899",
            "name": "علی کریمی",
            "mobile": "09121234318",
        }

    def _send_apply_confirm(self):
        path = f"/desk/apply/{self.online.code}"
        page = self.url_open(path, data=self._application(path)).text
        sms = self.env["sms.sms"].search([], limit=1, order="id desc")
        fields = {"pass": PASS.search(page)[1], "otp": CODE.search(sms.body)[0]}
        return "/desk/apply/confirm", fields, None

    def _send_rate(self):
        request = self._make_request()
        request.action_mark_ready()
        request.action_deliver()
        token = request._feedback().sudo().token
        return f"/desk/rate/{token}", {"score": "4", "comment": "خوب"}, None

    def _send_opinion(self):
        fields = self._form_of("/desk/opinion") | {"text": "صف طولانی است"}
        return "/desk/opinion", fields, None

    def _send_kiosk(self):
        path = f"/desk/kiosk/{self.desk.kiosk_token}"
        return path, self._form_of(path), None

    # === The table ===

    def _kept(self):
        self.env.flush_all()
        kept = {model: self.env[model].sudo().search_count([]) for model in MODELS}
        rated = [("rated_at", "!=", False)]
        kept["rated"] = self.env["service.desk.feedback"].search_count(rated)
        return kept

    def _added(self, before):
        return {
            model: count - before[model]
            for model, count in self._kept().items()
            if count != before[model]
        }

    def _shown(self, answer):
        """Return the page without what is new on each page."""
        return re.sub(r'name="(csrf_token|pass|form)" value="[^"]*"', "", answer.text)

    def test_the_table_names_every_form(self):
        self.assertEqual(ADDED.keys(), FORMS.keys())

    def test_what_is_sent_twice_is_done_once(self):
        for route, added in ADDED.items():
            way = re.sub(r"/<[^>]+>|^/desk/", "", route).replace("/", "_")
            path, fields, files = getattr(self, f"_send_{way}")()
            fields.setdefault("csrf_token", self._csrf())
            before = self._kept()
            with self.subTest(route):
                first = self.url_open(path, data=fields, files=files)
                self.assertEqual(self._added(before), added)
                again = self.url_open(path, data=fields, files=files)
                self.assertEqual((first.status_code, again.status_code), (200, 200))
                self.assertEqual(self._added(before), added, "nothing more")
                self.assertEqual(self._shown(first), self._shown(again))

    def test_a_new_page_is_a_new_opinion_and_a_new_number(self):
        for send, model in (
            (self._send_opinion, "service.desk.opinion"),
            (self._send_kiosk, "service.desk.ticket"),
        ):
            before = self._kept()[model]
            for _visit in range(2):
                path, fields, _files = send()
                self.url_open(path, data=fields)
            self.assertEqual(self._kept()[model] - before, 2)

    def test_a_forged_form_makes_nothing_and_what_was_typed_stays(self):
        kiosk = f"/desk/kiosk/{self.desk.kiosk_token}"
        other = self._form_of(kiosk)["form"]
        before = self._kept()
        for path, text in (("/desk/opinion", "صف طولانی است"), (kiosk, "")):
            for note in ("", "AAAA", "ﷺ", "A" * 3000, other[:-4] + "AAAA"):
                page = self._send(path, form=note, text=text)
                self.assertEqual(page.status_code, 200)
                self.assertIn(text, page.text)
        page = self._send("/desk/opinion", form=other, text="صف")
        self.assertIn("صف", page.text, "the note of a kiosk is none of the box")
        self.assertEqual(self._added(before), {})
