import base64
import io
import json
import struct
import uuid
from datetime import datetime, timedelta

from PIL import Image

from odoo import fields
from odoo.tests import tagged

from ..tools.pictures import clean_picture
from .common_doors import DoorCase
from .common_field import TODAY
from .common_sync import DEVICE, picture

LONG_AGO, FAR_OFF = "1970-01-01T00:00:00Z", "2089-12-31T23:59:59Z"


def drawn(width=8, height=4):
    """Return a signature as the page draws it."""
    buffer = io.BytesIO()
    Image.new("L", (width, height)).save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


@tagged("post_install", "-at_install")
class TestFieldAbsurd(DoorCase):
    """Operations no page would send: none may stop those that stand beside them."""

    def _beside(self, *odd):
        """Send odd operations with a good one; return their verdicts."""
        self._login(self.lead)
        self._post(self._body(self._op("start")))
        good = self._answer("A1", "yes")
        # Written by hand: JSON knows no infinity, but Python reads it.
        reply = self._post(json.dumps(self._body(*odd, good)).encode())
        self.assertEqual(reply.status_code, 200)
        verdicts = reply.json()["verdicts"]
        self.assertEqual(verdicts[good["uuid"]]["status"], "applied")
        self.assertEqual(self.assessment.answer_ids.option_id.code, "yes")
        return [verdicts[op["uuid"]] for op in odd]

    def test_what_no_journal_can_hold_stays_on_the_phone(self):
        deep = []
        for _level in range(900):
            deep = [deep]
        verdicts = self._beside(
            self._answer("A2", "yes", seq=float("inf")),
            self._answer("A2", "yes", base=float("inf")),
            self._answer("A2", "yes", seq=float("nan")),
            self._answer("A\x00", "yes"),
            self._answer("A\ud800", "yes"),
            self._answer("A2", "yes", device="x\x00"),
            self._answer("A2", "yes", also={"note": "x\x00y"}),
            self._answer("A2", "yes", also={"note": "\ud800"}),
            self._answer("A2", "yes", also={"number": float("nan")}),
            self._answer("A2", "yes", also={"junk": "x" * 200_000}),
            self._answer("A2", "yes", at="0001-01-01T00:00:00Z"),
            self._answer("A2", "yes", at="9999-12-31T00:00:00Z"),
        )
        self.assertEqual({v["status"] for v in verdicts}, {"malformed"})
        [verdict] = self._beside(self._answer("A2", "yes", also={"deep": deep}))
        self.assertIn(verdict["status"], ("malformed", "applied"))

    def test_odd_values_are_refused_and_kept(self):
        odd = [
            self._op("answer", item="A2", payload={"option": {"code": "yes"}}),
            self._op("answer", item="A2", payload={"option": "yes", "comments": "x"}),
            self._op("host", payload={"name": ["x"]}),
            self._op("host", payload={"name": "x", "signature": "data:,x"}),
            self._op("photo", item="A2", payload={"photo": 5, "size": 9}),
            self._op("resolve", item="A2", payload={"value": [], "why": 5}),
            self._op("submit", payload={"ops": "all"}),
            self._op("extra", payload={"beside": {}, "name": 5}),
        ]
        for verdict in self._beside(*odd):
            self.assertEqual(verdict["status"], "refused")
        kept = self.env["audit.answer.op"].search(
            [("uuid", "in", [op["uuid"] for op in odd])]
        )
        self.assertEqual(len(kept), len(odd))

    def test_what_somebody_typed_is_no_escape(self):
        typed = r"C:\u0000 and \\u0000"
        [verdict] = self._beside(self._answer("A2", "yes", also={"note": typed}))
        self.assertEqual(verdict["status"], "applied")
        answers = self.assessment.answer_ids
        answer = answers.filtered(lambda a: a.item_code == "A2")
        self.assertEqual(answer.comment, typed)

    def test_a_number_below_zero_is_no_revision(self):
        [verdict] = self._beside(self._answer("A2", "yes", base=-(10**12)))
        self.assertEqual(verdict["status"], "applied")

    def test_a_body_nested_without_end_is_refused(self):
        self._login(self.lead)
        deep = b"[" * 200_000 + b"]" * 200_000
        body = b'{"device": "device-0001", "ops": [], "known": ' + deep + b"}"
        self.assertEqual(self._post(body).status_code, 400)
        known = {"\x00": 1, "\ud800": 2, self.instance: -1}
        reply = self._post(self._body() | {"known": known})
        self.assertEqual(list(reply.json()["news"]), [self.instance])

    def test_forged_times_stay_within_the_phase(self):
        for clock in ("0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", [], {}, 5):
            with self.subTest(clock=clock):
                self._login(self.lead)
                reply = self._post(self._body() | {"clock": clock})
                self.assertEqual(reply.json()["skew"], 0)
        self._sync(
            self._op("start", at=LONG_AGO),
            self._answer("A1", "yes", at=LONG_AGO),
            self._answer("A2", "yes", at=FAR_OFF),
        )
        answers = {a.item_code: a for a in self.assessment.answer_ids}
        first = datetime.combine(
            self.phase.date_start - timedelta(days=1), datetime.min.time()
        )
        self.assertEqual(answers["A1"].answered_at, first)
        self.assertEqual(answers["A2"].answered_at, fields.Datetime.now())
        self.assertEqual(self.visit.started_at, first)
        # A phone whose battery died says so of itself: its times are set right.
        op = self._answer("B1", "yes", at=LONG_AGO)
        field = self.env["audit.field"].with_user(self.lead)
        reply = field._sync(DEVICE, LONG_AGO, [op], {})
        self.assertEqual(self._status(op, reply), ("applied", ""))
        answer = self.assessment.answer_ids.filtered(lambda a: a.item_code == "B1")
        self.assertEqual(answer.answered_at, fields.Datetime.now())

    def test_a_unit_found_long_ago_is_found_in_this_phase(self):
        instance = str(uuid.uuid4())
        payload = {"name": "Archive", "reason": "x", "beside": self.instance}
        op = self._op("extra", assessment=instance, payload=payload, at=LONG_AGO)
        self.assertEqual(self._status(op, self._sync(op)), ("applied", ""))
        made = self.env["audit.assessment"].search([("instance_uuid", "=", instance)])
        window = timedelta(days=1)
        planned = made.visit_id.planned_on
        self.assertLessEqual(self.phase.date_start - window, planned)
        self.assertLessEqual(planned, TODAY)

    def test_a_signature_is_a_small_drawing(self):
        self._begin()
        header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 60_000, 9)
        for broken in (
            "data:image/png;base64,AAA",
            "data:image/png;base64,AAAA",
            "data:image/png;base64,%%%%",
            "data:image/svg+xml;base64,PHN2Zz4=",
            "data:image/png;base64," + base64.b64encode(header).decode(),
        ):
            op = self._host(signature=broken)
            with self.subTest(broken[:40]):
                self.assertEqual(
                    self._status(op, self._sync(op)), ("refused", "bad_value")
                )
        op = self._host(signature=drawn())
        self.assertEqual(self._status(op, self._sync(op)), ("applied", ""))
        self.assertTrue(self.visit.host_signature)

    def test_nothing_hides_in_or_behind_a_photo(self):
        plain = picture()
        self.assertEqual(clean_picture(plain), plain)
        secret = b"35.6892 N, 51.3890 E"
        segment = b"\xff\xfe" + struct.pack(">H", len(secret) + 2) + secret
        thumbnail = b"\xff\xe0" + struct.pack(">H", len(secret) + 7) + b"JFXX\x00"
        scan = plain.index(b"\xff\xda")
        for name, hidden in {
            "in a comment": plain[:2] + segment + plain[2:],
            "in a second heading": plain[:20] + thumbnail + secret + plain[20:],
            "before the end": plain[:-2] + segment + plain[-2:],
            "behind the end": plain + secret + b"\xff\xd9",
            "before the scan": plain[:scan] + segment + plain[scan:],
        }.items():
            with self.subTest(name):
                self.assertIn(secret, hidden)
                self.assertNotIn(secret, clean_picture(hidden))
