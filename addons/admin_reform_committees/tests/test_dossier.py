import base64
import doctest
import hashlib
import io
import json
import zipfile

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.agency_base.tests.documents import Document

from ..models import reform_dossier_build
from .report_common import ReportCase
from .year_common import PDF

YEAR_IS_OVER = "2027-03-25 08:00:00"  # 5 Farvardin 1406


@tagged("post_install", "-at_install")
@freeze_time(YEAR_IS_OVER)
class TestDossier(ReportCase):
    def _dossier(self, **vals):
        return self.env["reform.dossier"].create(
            {
                "committee_id": self.council.id,
                "jalali_year": self.year,
                "recipient_name": "The ministry's office",
            }
            | vals
        )

    def _whole_year(self):
        """Report all quarters of the committee, with evidence at the end."""
        self.other_body.active = False
        score = self._score(quarter="4", actual=60)
        self.env["reform.annex"].create(
            [
                {"score_id": score.id, "filename": "نامه.pdf",
                 "file": base64.b64encode(PDF)},
                {"score_id": score.id, "kind": "meeting",
                 "meeting_id": self._approved().id},
            ]
        )  # fmt: skip
        self._as("secretary", score).action_declare()
        self._as("reform_office", score).action_evaluate()
        reports = self.env["reform.quarter.report"]
        for quarter in "1234":
            reports |= self._accepted(
                quarter=quarter, achievements="Shorter forms\n\nFewer visits"
            )
        return reports

    def _print_minutes(self):
        """Let the PDFs of all sealed minutes be there."""
        for seal in self.env["reform.minutes"].search([]).seal_id:
            seal._add_file("m.pdf", PDF, "application/pdf")

    def _build(self, dossier):
        self._as("reform_office", dossier).action_build()
        dossier.with_user(self.users["reform_office"])._build()
        return zipfile.ZipFile(io.BytesIO(dossier.file_id.raw))

    def test_names_of_files_are_safe(self):
        failed, count = doctest.testmod(reform_dossier_build)
        self.assertFalse(failed)
        self.assertEqual(count, 1)

    def test_the_office_has_every_council_to_choose_from(self):
        offered = self.env["reform.dossier"]._fields["committee_id"].domain
        bodies = self.env["reform.committee"].with_user(self.users["reform_office"])
        self.assertIn(self.council, bodies.search(safe_eval(offered)))
        runner = bodies.with_user(self.users["secretary"])
        kept = runner.search([("user_keeps", "=", True)])
        self.assertEqual(kept, runner.search([("user_runs", "=", True)]))

    def test_what_is_missing_is_said_before(self):
        dossier = self._dossier()
        missing = dossier.missing
        self.assertIn("Body C93: the report of Spring is not accepted", missing)
        self.assertIn("Body C94: the report of Winter is not accepted", missing)
        self.assertIn("1-1", missing)
        with self.assertRaisesRegex(UserError, "say why"):
            self._as("reform_office", dossier).action_build()
        reports = self._whole_year()
        dossier.invalidate_recordset()
        self.assertIn("PDF of the report of Spring is not made", dossier.missing)
        for report in reports:
            report.seal_id._add_file("a.pdf", PDF, "application/pdf")
        dossier.invalidate_recordset()
        self.assertIn("The PDF of the minutes C93/1405/01", dossier.missing)
        self._print_minutes()
        dossier.invalidate_recordset()
        self.assertFalse(dossier.missing)

    def test_the_form_shows_the_newest_figures_until_the_year_is_evaluated(self):
        for quarter, actual in (("1", 15), ("2", 30)):
            score = self._score(quarter=quarter, actual=actual)
            self._as("secretary", score).action_declare()
            self._as("reform_office", score).action_evaluate()
        self._score(quarter="3", actual=60)
        dossier = self._dossier()
        [row] = dossier._indicator_rows()["Integrity"]
        self.assertEqual((row["actual"], row["score"]), (30, 10))
        self.assertIn("1-1", dossier.missing)

    def test_no_total_begins_a_page_of_the_form(self):
        row = dict.fromkeys(("standard", "actual", "ceiling", "score"), 1.0)
        row |= dict.fromkeys(("annexes", "unit"), "")
        row |= dict.fromkeys(("strengths", "weaknesses", "improvements"), "")
        reports, dossier = self.env["ir.actions.report"], self._dossier()
        pages = set()
        # all lines are equally high: one of these counts just fills the first page
        for count in range(22, 29):
            rows = [
                row
                | {"number": number, "name": f"Measure {number}", "improvements": ""}
                for number in range(1, count + 1)
            ]
            paper, _kind = reports._render_qweb_pdf(
                "admin_reform_committees.dossier_indicators",
                dossier.ids,
                data={"axes": {"Axis": rows}},
            )
            document = Document(paper)
            pages.add(len(document.pages))
            end = document.text(len(document.pages) - 1)
            self.assertIn(f"Measure {count}", end)
            self.assertIn("جمع", end)
        self.assertEqual(pages, {1, 2})

    def test_the_archive_holds_what_its_manifest_says(self):
        reports = self._whole_year()
        for report in reports:
            content = PDF + report.number.encode()
            report.seal_id._add_file("a.pdf", content, "application/pdf")
        self._print_minutes()
        dossier = self._dossier()
        archive = self._build(dossier)
        self.assertEqual(dossier.state, "built")
        self.assertEqual(
            dossier.sha256, hashlib.sha256(dossier.file_id.raw).hexdigest()
        )
        manifest = json.loads(archive.read("manifest.json"))
        self.assertEqual(manifest["code"], "C90")
        names = set(archive.namelist())
        self.assertEqual(
            names, {file["path"] for file in manifest["files"]} | {"manifest.json"}
        )
        for file in manifest["files"]:
            content = archive.read(file["path"])
            self.assertEqual(hashlib.sha256(content).hexdigest(), file["sha256"])
        self.assertIn("contents.pdf", names)
        self.assertTrue(archive.read("contents.pdf").startswith(b"%PDF"))
        self.assertIn("05-evidence/C93/Q4/001-نامه.pdf", names)
        self.assertEqual(archive.read("05-evidence/C93/Q4/001-نامه.pdf"), PDF)
        for quarter in "1234":
            self.assertIn(f"01-reports/C93-1405-Q{quarter}.pdf", names)
        form = next(
            name for name in names if name.startswith("04-") and name.endswith("xlsx")
        )
        book = openpyxl.load_workbook(io.BytesIO(archive.read(form)))
        row = [cell.value for cell in book.active[2]]
        self.assertEqual(row[3:9], ["C93: 1، 2", "percent", 60, 60, 20, 20])
        achieved = next(name for name in names if name.startswith("03-"))
        book = openpyxl.load_workbook(io.BytesIO(archive.read(achieved)))
        self.assertEqual(book.active.max_row, 1 + 8)

    def test_sending_numbers_and_seals_it(self):
        dossier = self._dossier(gap_note="The year began late")
        self._build(dossier)
        office = self._as("reform_office", dossier)
        with self.assertRaisesRegex(UserError, "number of the letter"):
            office.action_send()
        office.letter_no = "1405/77"
        office.action_send()
        self.assertEqual(dossier.number, "C90/1406/D01")
        self.assertTrue(dossier.seal_id)
        with self.assertRaises(UserError):
            office.write({"letter_no": "1"})
        with self.assertRaises(UserError):
            dossier.file_id.raw = b"another"
        with self.assertRaisesRegex(UserError, "receipt"):
            office.action_receipt()
        office.receipt_no = "99"
        office.action_receipt()
        self.assertEqual(dossier.state, "received")
        again = dossier.browse(office.action_new_version()["res_id"])
        self.assertEqual((again.version, again.previous_id), (2, dossier))
        self.assertEqual(self._dossier(recipient="ministry").version, 1)

    def test_states_are_reached_by_the_work_alone(self):
        dossier = self._dossier()
        office = self._as("reform_office", dossier)
        with self.assertRaisesRegex(UserError, "not built"):
            office.write({"state": "built"})
        with self.assertRaises(AccessError):
            office.write({"sha256": "x"})
        with self.assertRaises(AccessError):
            self._as("secretary", dossier).action_build()

    def test_stamps_are_not_forged_by_rpc(self):
        other = self._dossier(recipient="ministry")
        office = self._as("reform_office", self._dossier())
        vals = {
            "committee_id": self.council.id,
            "jalali_year": 1404,
            "recipient_name": "The ministry's office",
        }
        file = self._file(self.users["reform_office"])
        forged = {
            "number": "C90/1405/D99",
            "version": 7,
            "previous_id": other.id,
            "file_id": file.id,
            "sha256": "x" * 64,
            "manifest": "{}",
            "built_at": "2027-03-01 00:00:00",
            "job_id": 1,
            "sent_at": "2027-03-01 00:00:00",
            "sent_by_id": self.users["chair"].id,
        }
        self.assertEqual(set(forged), office._state_stamps)
        self._refuse_forging(office, vals, forged)
        self.assertEqual(
            (office.state, office.version, office.number), ("draft", 1, False)
        )

    def test_another_addon_adds_a_section(self):
        dossier = self._dossier(gap_note="A test")
        sections = type(dossier)._sections
        file = reform_dossier_build.DossierFile("audit.txt", "Audit", b"all well")
        extra = reform_dossier_build.DossierSection(
            "audit", "Audits", lambda: [file], lambda: ["• No audit was held."]
        )
        self.patch(type(dossier), "_sections", lambda self: [*sections(self), extra])
        self.assertIn("No audit was held", dossier.missing)
        archive = self._build(dossier)
        self.assertEqual(archive.read("07-audit/audit.txt"), b"all well")
