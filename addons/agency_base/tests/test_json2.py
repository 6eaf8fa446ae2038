from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .seal_common import SealCase
from .test_seal_guard import FORGED

ADMINISTRATOR = "agency_base.group_administrator,base.group_system"
FORGED_STAMP = "2001-01-01 00:00:00"


@tagged("post_install", "-at_install")
class TestJson2(SealCase, HttpCase):
    """What is recorded is not entered: through JSON-2, with a key, in any context."""

    def setUp(self):
        super().setUp()
        company = {"company_id": self.company.id, "company_ids": self.company.ids}
        self.keys = {}
        for login, groups in (("clerk", "base.group_user"), ("boss", ADMINISTRATOR)):
            user = new_test_user(self.env, f"json2_{login}", groups=groups, **company)
            keys = self.env["res.users.apikeys"].with_user(user)
            until = fields.Datetime.now() + timedelta(hours=1)
            self.keys[login] = keys._generate("rpc", "test", until)
        self.document = self._sealed()
        self.seal = self.document.seal_id
        self.attachment = self.env["ir.attachment"].create(
            {"name": "loose", "raw": b"x"}
        )
        self.job = self.env["agency.job"]._enqueue(
            self.env["agency.retention"], "_job_enforce", "Nothing to do"
        )
        self.env["agency.otp"]._send("09123456789", "test", "session", "192.0.2.1")
        self.otp = self.env["agency.otp"].search([], limit=1)
        self.log = self.env["agency.sms.log"].create(
            {"company_id": self.company.id, "local_id": "x", "state": "unknown"}
        )
        self.inbound = self.env["agency.sms.inbound"].create(
            {"company_id": self.company.id, "number": "+989123456789", "text": "a"}
        )
        self.counter = self.env["agency.counter"].create(
            {
                "company_id": self.company.id,
                "scope": "C",
                "kind": "toy",
                "jalali_year": 1405,
            }
        )
        self.retention = self.env["agency.retention"].search([], limit=1)
        self.env.flush_all()

    def _call(self, login, model, method, ids=(), context=None, **values):
        body = {"context": FORGED | (context or {}), **values}
        if ids:
            body["ids"] = list(ids)
        with mute_logger("odoo.http", "odoo.sql_db"):
            return self.url_open(
                f"/json/2/{model}/{method}",
                json=body,
                headers={"Authorization": f"bearer {self.keys[login]}"},
            )

    def _attacks(self):
        """Yield model, method, ids and arguments of what must be refused."""
        document, seal = self.document, self.seal
        sealed = {"res_model": document._name, "res_id": document.id}
        for record, vals in (
            (document, {"subject": "x"}),
            (document, {"seal_id": False}),
            (document.line_ids, {"name": "x"}),
            (document.line_ids, {"document_id": False}),
            (self.attachment, sealed),
            (seal, {"happened_at": FORGED_STAMP}),
            (self.counter, {"value": 99}),
            (self.job, {"state": "done", "user_id": 1}),
            (self.otp, {"expires_at": "2099-01-01 00:00:00"}),
            (self.log, {"state": "delivered"}),
            (self.inbound, {"text": "b"}),
            (self.inbound, {"received_at": FORGED_STAMP}),
            (self.inbound, {"answered_at": FORGED_STAMP}),
            (self.retention, {"action": "delete"}),
        ):
            yield record._name, "write", record.ids, {"vals": vals}
        for record in (document, document.line_ids, seal, self.job, self.otp):
            yield record._name, "unlink", record.ids, {}
        for model, vals in (
            ("agency.seal", {"position": 9, "kind": "redaction", "snapshot": "{}"}),
            ("agency.seal.personal", {"seal_id": seal.id, "path": "a:1:b"}),
            ("agency.toy.line", {"name": "x", "document_id": document.id}),
            ("ir.attachment", {"name": "x", "raw": "eA==", **sealed}),
            ("agency.job", {"name": "x", "model": "res.users", "method": "unlink"}),
            ("agency.otp", {"digest": "x", "code_digest": "x"}),
            ("agency.sms.log", {"local_id": "y", "state": "delivered"}),
            ("agency.throttle", {"scope": "x", "key": "x", "count": 0}),
        ):
            yield model, "create", (), {"vals_list": [vals]}
        for record, method, values in (
            (document, "_seal", {}),
            (seal, "_redact", {"reason": "x"}),
            (seal, "_append", {"vals_list": []}),
            (self.job, "_run", {}),
        ):
            yield record._name, method, record.ids, values
        yield (
            document._name,
            "web_save",
            document.ids,
            {
                "vals": {"subject": "x"},
                "specification": {},
            },
        )
        yield (
            document._name,
            "load",
            (),
            {
                "fields": [".id", "subject"],
                "data": [[str(document.id), "x"]],
            },
        )

    def test_nothing_recorded_is_forged(self):
        before = self._state()
        for login in self.keys:
            for model, method, ids, values in self._attacks():
                with self.subTest(login=login, model=model, call=method, values=values):
                    answer = self._call(login, model, method, ids, **values)
                    if method == "load" and answer.status_code == 200:
                        # An import answers with what it refused.
                        self.assertFalse(answer.json()["ids"])
                    else:
                        self.assertIn(answer.status_code, (403, 404, 422))
                    self.assertEqual(self._state(), before)
        self.assertFalse(self._problems())

    def _state(self):
        """Return all that the attacks aim at, straight from the tables."""
        self.env.invalidate_all()
        records = (
            self.document,
            self.document.line_ids,
            self.seal,
            self.counter,
            self.job,
            self.otp,
            self.log,
            self.inbound,
            self.retention,
        )
        counts = [record.search_count([]) for record in records]
        return counts, [record.read(load=None) for record in records]

    def test_a_key_opens_what_is_lawful(self):
        answer = self._call(
            "boss", "agency.seal", "read", self.seal.ids, fields=["code"]
        )
        self.assertEqual(answer.json()[0]["code"], self.seal.code)
        answer = self._call("clerk", "agency.seal", "read", self.seal.ids)
        self.assertEqual(answer.status_code, 403)
