from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from freezegun import freeze_time

from odoo import fields
from odoo.tests import Form, tagged

from .sms_common import NUMBER, SmsCase
from .sms_stub import SmsStub

KEY = "4B6E2F-kavenegar-key"


class KavenegarStub(SmsStub):
    """Speaks as the provider's documentation says it speaks."""

    status = 1

    def parse(self, handler, raw):
        """Read a form; the key stands in the address."""
        assert handler.path == f"/v1/{KEY}/sms/send.json"
        form = {name: value for name, (value,) in parse_qs(raw.decode()).items()}
        return {**form, "id": str(int(form["localid"]))}

    def reply(self, message):
        """Answer a message that was taken."""
        entry = {"messageid": 85463238, "status": 1, "receptor": message["receptor"]}
        return self._framed(200, [entry])

    def tell(self, path):
        """Answer what became of a message."""
        url = urlsplit(path)
        assert url.path == f"/v1/{KEY}/sms/statuslocalmessageid.json"
        (local_id,) = parse_qs(url.query)["localid"]
        status = self.status if local_id in self.accepted else 100
        return self._framed(200, [{"localid": local_id, "status": status}])

    def refusal(self):
        """Refuse as it does: the status stands in the answer as well."""
        return self._framed(self.code, None)

    def _framed(self, status, entries):
        return {"return": {"status": status, "message": "…"}, "entries": entries}


@tagged("post_install", "-at_install")
class TestSmsKavenegar(SmsCase):
    stub_class = KavenegarStub

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.gateway.active = False
        with Form(self.env["agency.sms.gateway"]) as form:
            form.name, form.sender = "Kavenegar", "10004346"
            form.api_key = KEY
            form.provider = "kavenegar"
        self.gateway = form.record
        for name in ("url", "status_url"):
            address = self.gateway[name]
            self.assertTrue(address.startswith("https://api.kavenegar.com/v1/"))
            path = address.removeprefix("https://api.kavenegar.com")
            self.gateway[name] = f"{self.stub.url}{path}"
        self.gateway.write({"timeout": 1, "quiet_from": 0, "quiet_to": 0})

    def _accepted(self):
        return [message for (message,) in self.stub.accepted.values()]

    def test_choosing_it_is_all_there_is_to_set_up(self):
        self._sms()
        self._run()
        (message,) = self._accepted()
        self.assertEqual(message["receptor"], NUMBER)
        self.assertEqual(message["message"], 'سلام "دنیا"\nخط دوم')
        self.assertEqual(message["sender"], "10004346")
        self.assertLess(int(message["localid"]), 2**63)
        self.assertEqual(
            (self._log().state, self._log().reference), ("sent", "85463238")
        )

    def test_what_is_refused_is_not_sent_again_and_what_is_put_off_is(self):
        outcomes = {411: "failed", 418: "failed", 403: "failed"}
        outcomes |= {451: "retry", 429: "retry"}
        self.stub.mode = "refuse"
        for self.stub.code, state in outcomes.items():
            self._sms()
            self._run()
            self.assertEqual(self._log().state, state, self.stub.code)

    def test_an_overloaded_provider_is_asked_before_anything_is_sent_again(self):
        self.stub.mode, self.stub.code = "refuse", 409
        sms = self._sms()
        self._run()
        self.assertEqual((self._log().state, sms.state), ("unknown", "process"))
        self.stub.mode = "good"
        self._run()
        self.assertEqual((self._log().state, sms.state), ("retry", "outgoing"))
        with freeze_time(fields.Datetime.now() + timedelta(minutes=10)):
            self._run()
        self.assertEqual(self._log().state, "sent")
        self.assertEqual(len(self._accepted()), 1)

    def test_what_it_took_without_an_answer_is_found_by_our_id(self):
        self.stub.mode, self.stub.pause = "hang", 2
        for self.stub.status, state in ((5, "sent"), (10, "delivered"), (11, "failed")):
            self._sms()
            self._run()
            self.assertEqual(self._log().state, "unknown")
            self._run()
            self.assertEqual(self._log().state, state)
        self.assertEqual(len(self._accepted()), 3)

    def test_its_key_is_in_no_log_although_it_is_in_the_address(self):
        self.stub.mode, self.stub.pause = "hang", 2
        with self.assertLogs(level="DEBUG") as logs:
            self._sms()
            self._run()
            self._run()
        self.assertEqual(self._log().state, "sent")
        self.assertNotIn(KEY, "\n".join(logs.output))
