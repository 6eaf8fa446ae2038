import json
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.agency_base.tests.common import run_jobs
from odoo.addons.agency_base.tools.sql import append_only_lifted

from .seal_common import SealCase

REASON = "Retention period over"


@tagged("post_install", "-at_install")
class TestSealRedact(SealCase):
    """Personal data go for good, the proof stays, and nothing else passes for it."""

    def setUp(self):
        super().setUp()
        # the words that come in place of what was removed are the company's
        self.company.partner_id.lang = "en_US"
        self.document = self._document()
        attach = {"res_model": "agency.toy.document", "res_id": self.document.id}
        self.scan = self.env["ir.attachment"].create(
            {"name": "karimi.txt", "raw": b"Ali Karimi", **attach}
        )
        line = self.document.line_ids[:1]
        self.photo = self.env["ir.attachment"].create(
            {
                "name": "photo.txt",
                "raw": b"photo",
                "res_model": line._name,
                "res_id": line.id,
            }
        )
        self.other = self._document()
        (self.document | self.other)._seal()
        self.seal = self.document.seal_id
        self.own = f"agency.toy.document:{self.document.id}:"

    def _sql(self, query, *args):
        self.env.flush_all()
        with append_only_lifted(self.env.cr, "agency_seal"):
            self.env.cr.execute(SQL(query, *args))
        self.env.invalidate_all()

    def _redactor(self, **vals):
        company = {"company_id": self.company.id, "company_ids": self.company.ids}
        return new_test_user(
            self.env,
            "redactor",
            groups="agency_base.group_redactor",
            **company | vals,
        )

    def test_everything_personal_goes_and_the_chain_stays_whole(self):
        self.seal._add_file("minutes.pdf", b"shows +989123456789", "application/pdf")
        self.seal._redact(REASON)
        self.assertFalse(self._problems())
        self.assertFalse(self.document.mobile)
        content = json.loads(self.document.content)
        self.assertEqual(content["chair"], "(removed)")
        self.assertEqual(content["people"][0]["post"], "Head")
        self.assertEqual((self.scan.name, self.scan.raw), ("(removed)", b""))
        document = self.seal._document()
        for name in ("Karimi", "Nouri", "کریمی", "989123456789", "photo.txt"):
            self.assertNotIn(name, str(document))
        self.assertEqual(document["record"]["display"]["partner_id"], ["(removed)"])
        self.assertFalse(self.seal.has_personal)
        self.assertEqual(self.other.mobile, "+989123456789")
        self.assertTrue(self.other.seal_id.has_personal)
        (entry,) = self.seal.note_ids.filtered(lambda note: note.kind == "redaction")
        self.assertEqual((entry.title, entry.user_id), (REASON, self.env.user))
        self.assertNotIn("Karimi", entry.snapshot)
        with self.assertRaises(UserError):
            self.seal._redact(REASON)

    def test_what_was_not_chosen_stays(self):
        self.seal._redact(REASON, {f"{self.own}content/people.0.name"})
        content = json.loads(self.document.content)
        names = [person["name"] for person in content["people"]]
        self.assertEqual(names, ["(removed)", "Reza Nouri"])
        self.assertEqual(content["chair"], "Ali Karimi")
        self.assertEqual(self.document.mobile, "+989123456789")
        self.assertEqual(self.scan.raw, b"Ali Karimi")
        self.assertFalse(self._problems())
        # A second one adds to the first.
        self.seal._redact("Asked for by the person", {f"{self.own}content/chair"})
        self.assertEqual(json.loads(self.document.content)["chair"], "(removed)")
        self.assertFalse(self._problems())

    def test_the_pdf_is_withdrawn_and_another_one_made_from_what_is_left(self):
        def render(_report, _name, ids, *args, **kw):
            seal = self.env["agency.seal"].browse(ids)
            text = f"{seal._redaction_note()} {seal._document()}"
            return text.encode(), "pdf"

        self.registry_enter_test_mode()
        reports = self.registry["ir.actions.report"]
        self.enterContext(
            patch.object(self.registry["agency.toy.document"], "_seal_report", "toy")
        )
        self.enterContext(patch.object(reports, "_render_qweb_pdf", render))
        self.seal._render_later()
        run_jobs(self.env)
        (before,) = self.seal._files()
        old_id = json.loads(before.snapshot)["file"]["attachment"]
        old = self.env["ir.attachment"].browse(old_id)
        self.assertIn(b"Reza Nouri", old.raw)
        self.seal._redact(REASON, {f"{self.own}content/people.1.name"})
        self.assertFalse(old.exists())
        self.assertFalse(self.seal.has_file)
        self.assertFalse(self._problems())
        run_jobs(self.env)
        (after,) = self.seal._files()
        new_id = json.loads(after.snapshot)["file"]["attachment"]
        new = self.env["ir.attachment"].browse(new_id).raw.decode()
        self.assertNotIn("Reza Nouri", new)
        self.assertIn("Ali Karimi", new)
        self.assertIn("withdrawn", new)
        self.assertFalse(self._problems())
        # Copies in other hands are still told from forgeries.
        self.assertEqual(len(self.seal._public_answer("en_US")["hashes"]), 2)
        # The copy that took its place is sealed like any other.
        self._sql("DELETE FROM ir_attachment WHERE id = %s", new_id)
        self.assertEqual(self._problems(), ["file_gone"])

    # === Nothing else passes for a redaction ===

    def test_what_is_removed_without_an_entry_is_found(self):
        personal = self.env["agency.seal.personal"].sudo()
        path = f"{self.own}mobile"
        own = personal.search([("seal_id", "=", self.seal.id), ("path", "=", path)])
        self._sql("UPDATE agency_toy_document SET mobile = NULL")
        self.assertEqual(self._problems(), ["changed", "changed"])
        self._sql("DELETE FROM agency_seal_personal WHERE id = %s", own.id)
        self.assertEqual(self._problems(), ["kept", "changed"])

    def test_a_value_kept_for_the_paper_cannot_be_forged(self):
        self._sql(
            "UPDATE agency_seal_personal SET value = '\"Somebody Else\"' "
            "WHERE path = %s",
            f"{self.own}content/chair",
        )
        self.assertEqual(self._problems(), ["kept"])

    def test_a_name_changed_inside_the_text_is_found(self):
        for changed in (
            self.document.content.replace("Nouri", "Noori"),
            self.document.content.replace("14:00", "15:00"),
            self.document.content + " ",
            "{",
            None,
        ):
            with self.subTest(changed=changed):
                self._sql(
                    "UPDATE agency_toy_document SET content = %s WHERE id = %s",
                    changed,
                    self.document.id,
                )
                self.assertEqual(self._problems(), ["changed"])

    def test_nothing_is_put_where_something_was_removed(self):
        self.seal._redact(REASON)
        marked = self.document.content
        self._sql(
            "UPDATE agency_toy_document SET content = %s WHERE id = %s",
            marked.replace("(removed)", "Somebody Else"),
            self.document.id,
        )
        self.assertEqual(self._problems(), ["changed"])
        self._sql(
            "UPDATE agency_toy_document SET content = %s, mobile = 'x' WHERE id = %s",
            marked,
            self.document.id,
        )
        self.assertEqual(self._problems(), ["changed"])
        self._sql("UPDATE agency_toy_document SET mobile = NULL")
        self.scan.sudo()._file_delete(self.scan.store_fname or "")
        self._sql(
            "UPDATE ir_attachment SET db_datas = 'x', store_fname = NULL WHERE id = %s",
            self.scan.id,
        )
        self.assertIn("file", self._problems())

    def test_the_file_of_a_sealed_line_is_part_of_the_seal(self):
        self._sql(
            "UPDATE ir_attachment SET db_datas = 'x', store_fname = NULL WHERE id = %s",
            self.photo.id,
        )
        self.assertEqual(self._problems(), ["file"])

    # === Who may ===

    def test_a_redactor_removes_what_he_chose_with_a_reason(self):
        user = self._redactor()
        seal = self.seal.with_user(user)
        action = seal.action_redact()
        wizard = Form(
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
        )
        self.assertEqual(len(wizard.line_ids._records), 7)
        wizard.contains = "nouri"
        wizard.reason = " "
        redact = wizard.save()
        self.assertEqual(redact.chosen_count, 1)
        self.assertIn("Name", redact.line_ids.filtered("is_chosen").place)
        with self.assertRaisesRegex(UserError, "why"):
            redact.action_redact()
        redact.reason = REASON
        with self.assertRaisesRegex(UserError, "Confirm"):
            redact.action_redact()
        redact.is_confirmed = True
        redact.action_redact()
        self.env.invalidate_all()
        self.assertNotIn("Nouri", self.document.content)
        self.assertIn("Ali Karimi", self.document.content)
        (entry,) = self.seal.note_ids
        self.assertEqual((entry.title, entry.user_id), (REASON, user))
        self.assertFalse(self._problems())

    def _ask(self, user):
        """Ask as somebody would who writes his own calls."""
        seal = self.seal.with_user(user)
        lines = [{"seal_id": seal.id, "path": f"{self.own}mobile", "is_chosen": True}]
        wizards = self.env["agency.seal.redact"].with_user(user)
        return wizards.create(
            {
                "seal_id": seal.id,
                "reason": REASON,
                "is_confirmed": True,
                "line_ids": [Command.create(line) for line in lines],
            }
        )

    def test_nobody_else_removes_or_reads_anything(self):
        user = new_test_user(
            self.env,
            "clerk",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        with self.assertRaises(AccessError):
            self.seal.with_user(user).action_redact()
        with self.assertRaises(AccessError):
            self._ask(user)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._redactor(company_id=elsewhere.id, company_ids=elsewhere.ids)
        with self.assertRaises(AccessError):
            self.seal.with_user(stranger).action_redact()
        with self.assertRaises(AccessError):
            self._ask(stranger).action_redact()
        with self.assertRaises(AccessError):
            self._ask(stranger).line_ids.read(["value"])
        with self.assertRaises(AccessError):
            self.env["agency.seal.personal"].with_user(stranger).search([])
        self.assertEqual(self.document.mobile, "+989123456789")
        self.assertFalse(self.seal.note_ids)

    def test_paths_of_another_record_are_not_followed(self):
        user = self._redactor()
        redact = self._ask(user)
        self.env.flush_all()
        redact.line_ids.path = f"res.partner:{self.partner.id}:name"
        self.assertFalse(redact.line_ids.value)
        redact.line_ids.path = f"agency.toy.document:{self.other.id}:mobile"
        with self.assertRaises(UserError):
            redact.action_redact()
        self.assertEqual(self.other.mobile, "+989123456789")
