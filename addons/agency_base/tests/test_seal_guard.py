import json

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .seal_common import SealCase

# Keys that switch something off in Odoo; a caller can send them all by RPC.
FORGED = {
    "_force_unlink": True,
    "active_test": False,
    "agency_sealing": True,
    "install_mode": True,
    "mail_notrack": True,
    "module_uninstall": True,
    "tracking_disable": True,
}


@tagged("post_install", "-at_install")
class TestSealGuard(SealCase):
    def setUp(self):
        super().setUp()
        self.document = self._document()
        self.attachment = self.env["ir.attachment"].create(
            {
                "name": "map.txt",
                "raw": b"map",
                "res_model": "agency.toy.document",
                "res_id": self.document.id,
            }
        )
        self.document._seal()
        self.forged = self.document.with_context(**FORGED)

    def _refused(self, change):
        with self.assertRaises(UserError):
            change()
            self.env.flush_all()

    def test_the_seal_says_what_was_sealed(self):
        seal = self.document.seal_id
        payload = json.loads(seal.snapshot)
        record = payload["record"]
        self.assertEqual(seal.number, "T/1")
        self.assertEqual(record["fields"]["amount"], "12.5")
        self.assertEqual(record["fields"]["price"], "0.1")
        self.assertEqual(record["fields"]["decided_at"], "2026-05-01T08:30:00Z")
        self.assertEqual(record["fields"]["tag_ids"], self.tags.ids)
        self.assertEqual(len(record["children"]["line_ids"]), 2)
        for name in ("989123456789", "کریمی", "Karimi", "map.txt"):
            self.assertNotIn(name, seal.snapshot)
        document = seal._document()
        record = document["record"]
        self.assertEqual(record["personal"], {"mobile": "+989123456789"})
        self.assertEqual(record["display"]["partner_id"], ["علی کریمی"])
        self.assertEqual(record["fields"]["content"], self.document.content)
        self.assertEqual(document["files"][0]["name"], "map.txt")

    def test_no_sealed_field_is_written(self):
        for vals in (
            {"subject": "x"},
            {"amount": 1},
            {"mobile": False},
            {"tag_ids": [Command.clear()]},
            {"seal_id": False},
            {"line_ids": [Command.create({"name": "three"})]},
        ):
            self._refused(lambda vals=vals: self.forged.write(vals))
        self._refused(lambda: self.forged.with_user(2).sudo().write({"kind": "b"}))
        self._refused(lambda: self.forged._write({"kind": "b"}))

    def test_nothing_is_deleted(self):
        self._refused(self.forged.unlink)
        self._refused(self.forged.line_ids.unlink)

    def test_parts_are_neither_changed_nor_added_nor_moved(self):
        lines = self.forged.line_ids
        self._refused(lambda: lines.write({"name": "x"}))
        self._refused(lambda: lines[0].copy())
        self._refused(
            lambda: lines.create({"name": "x", "document_id": self.document.id})
        )
        draft = self._document()
        self._refused(lambda: lines.write({"document_id": draft.id}))
        self._refused(lambda: draft.line_ids.write({"document_id": self.document.id}))

    def test_files_are_neither_changed_nor_added_nor_moved(self):
        files = self.env["ir.attachment"].with_context(**FORGED)
        attachment = files.browse(self.attachment.id)
        target = {"res_model": "agency.toy.document", "res_id": self.document.id}
        loose = files.create({"name": "loose", "raw": b"x"})
        self._refused(lambda: attachment.write({"raw": b"other"}))
        self._refused(attachment.unlink)
        self._refused(attachment.copy)
        self._refused(lambda: files.create({"name": "new", "raw": b"x", **target}))
        self._refused(lambda: loose.write(target))
        posted = files.create(
            {"name": "posted", "raw": b"x", "res_model": "mail.compose.message"}
        )
        self._refused(
            lambda: self.forged.message_post(body="x", attachment_ids=posted.ids)
        )
        seal = {"res_model": "agency.seal", "res_id": self.document.seal_id.id}
        self._refused(lambda: files.create({"name": "pdf", "raw": b"x", **seal}))

    def test_seals_are_never_changed(self):
        seal = self.document.seal_id.with_context(**FORGED)
        self._refused(lambda: seal.write({"snapshot": "{}"}))
        self._refused(seal.unlink)
        self._refused(seal.copy)

    def test_nobody_declares_a_record_sealed(self):
        seal = self.document.seal_id
        self._refused(lambda: self._document(seal_id=seal.id))
        forged = {"default_seal_id": seal.id, "default_seal_amends_id": seal.id}
        documents = self.env["agency.toy.document"].with_context(**forged)
        unsealed = documents.create({"name": "x"})
        self.assertFalse(unsealed.seal_id or unsealed.seal_amends_id)
        draft = self._document()
        self._refused(lambda: draft.write({"seal_id": seal.id}))
        self._refused(lambda: self.document._seal())

    def test_no_default_in_the_context_enters_the_chain(self):
        seal = self.document.seal_id
        forged = {
            f"default_{name}": value
            for name, value in {
                "parent_id": seal.id,
                "amends_id": seal.id,
                "happened_at": "2001-01-01",
                "public": True,
                "state": "done",
                "run_after": "2099-01-01",
            }.items()
        }
        other = self._document().with_context(**forged)._seal()
        self.assertFalse(other.parent_id or other.amends_id)
        self.assertGreater(other.happened_at.year, 2020)
        file = other.with_context(**forged)._add_file("a", b"x", "text/plain")
        attachment = json.loads(file.snapshot)["file"]["attachment"]
        self.assertFalse(self.env["ir.attachment"].browse(attachment).public)
        chain = self.env["agency.seal.chain"].search(
            [("company_id", "=", self.company.id)]
        )
        chain.with_context(**forged).action_verify()
        self.assertEqual(chain.job_id.state, "pending")
        self.assertFalse(self._problems())

    def test_no_translation_reaches_a_sealed_field(self):
        self._refused(
            lambda: self.forged.update_field_translations("subject", {"en_US": "x"})
        )
        self._refused(lambda: self.forged.web_override_translations({"subject": "x"}))
        self._refused(lambda: self.forged.web_resequence({}, "amount"))
        self._refused(lambda: self.forged.web_save({"subject": "x"}, {}))
        self.assertFalse(self._problems())

    def test_what_stays_open_is_written(self):
        self.document.note = "followed up"
        self.document.message_post(body="A remark")
        self.env.flush_all()
        self.assertEqual(self.document.note, "followed up")
        self.assertFalse(self._problems())

    def test_stored_computes_stay_as_sealed(self):
        count = self.document.line_count
        self.partner.name = "نامی بسیار درازتر از پیش"
        self.env.flush_all()
        self.assertEqual(self.document.line_count, count)
        field = self.document._fields["line_count"]
        self.env.add_to_compute(field, self.document)
        self.document._recompute_recordset(["line_count"])
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.document.line_count, count)
        self.assertFalse(self._problems())

    def test_a_draft_is_still_free(self):
        draft = self._document()
        draft.write({"subject": "y", "line_ids": [Command.clear()]})
        draft.partner_id.name = "Other"
        self.env.flush_all()
        self.assertEqual(draft.line_count, len("Other"))
        draft.unlink()

    def test_a_correction_is_a_new_version(self):
        draft = self.document._seal_new_version()
        self.assertFalse(draft.is_sealed)
        draft.subject = "Corrected"
        draft._seal()
        self.assertEqual(draft.seal_id.amends_id, self.document.seal_id)
        self.assertEqual(draft.seal_id.version, 2)
        self.assertFalse(self._problems())
