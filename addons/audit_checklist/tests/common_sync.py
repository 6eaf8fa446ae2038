import io
import uuid

from PIL import Image

from odoo import fields

from .common_field import FieldCase

DEVICE = "device-0001"


def picture(size=(64, 48), **options):
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, "JPEG", **options)
    return buffer.getvalue()


class SyncCase(FieldCase):
    """Phones of a lead and an inspector, talking to the server without a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.instance = cls.assessment.instance_uuid
        cls.sequence = 0

    def _op(self, kind, user=None, **vals):
        type(self).sequence += 1
        return {
            "uuid": str(uuid.uuid4()),
            "user": (user or self.lead).id,
            "assessment": self.instance,
            "kind": kind,
            "seq": self.sequence,
            "base": 0,
            "at": f"{fields.Datetime.now().isoformat()}Z",
            "payload": {},
        } | vals

    def _answer(self, item, option, user=None, **vals):
        payload = {"option": option} | vals.pop("also", {})
        return self._op("answer", user, item=item, payload=payload, **vals)

    def _sync(self, *ops, user=None, device=None, known=None):
        field = self.env["audit.field"].with_user(user or self.lead)
        clock = f"{fields.Datetime.now().isoformat()}Z"
        return field._sync(device or DEVICE, clock, list(ops), known or {})

    def _status(self, op, reply):
        verdict = reply["verdicts"][op["uuid"]]
        return verdict["status"], verdict.get("reason", "")

    def _begin(self):
        self._sync(self._op("start", payload={"latitude": 35.7, "longitude": 51.4}))

    def _host(self, **vals):
        payload = {"name": "Fereshteh Mehregan", "refusal": "No time"} | vals
        return self._op("host", payload=payload)

    def _fill(self, *options):
        self._begin()
        ops = [
            self._answer(code, option)
            for code, option in zip(("A1", "A2", "B1"), options, strict=True)
        ]
        return self._sync(*ops, self._host())

    def _sign(self):
        """Let the colleague confirm, on his own phone, what the lead sent."""
        op = self._op("confirm", user=self.inspector)
        self._sync(op, user=self.inspector, device="device-0002")

    def _submit(self):
        made = self.env["audit.answer.op"].search_count(
            [("assessment_id", "=", self.assessment.id), ("device_id", "=", DEVICE)]
        )
        op = self._op("submit", payload={"ops": made})
        return self._status(op, self._sync(op))
