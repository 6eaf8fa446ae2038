import json

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .report_common import ReportCase
from .year_common import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestQuarterReportSeal(ReportCase):
    def test_accepting_freezes_and_seals_with_the_head_of_the_chain(self):
        before = self.env["agency.seal.chain"].search(
            [("company_id", "=", self.company.id)]
        )
        length, head = before.length, before.head_hash
        self._in_force()
        self._evaluated()
        report = self._accepted()
        self.assertEqual(report.number, "C93/1405/Q2")
        self.assertEqual((report.chain_length, report.chain_hash), (length, head))
        self.assertTrue(report.seal_id)
        sealed = json.loads(report.seal_id.snapshot)["record"]
        self.assertEqual(sealed["fields"]["score"], "15")
        self.assertEqual(len(sealed["children"]["line_ids"]), len(report.line_ids))
        for change in (
            lambda: report.write({"summary": "x"}),
            lambda: report.line_ids[0].write({"name": "x"}),
            lambda: report.line_ids[0].unlink(),
            lambda: report.unlink(),
            lambda: report.write({"state": "draft"}),
            lambda: self._as("secretary", report).action_refresh(),
            lambda: self.env["ir.attachment"].create(
                {"name": "x", "res_model": report._name, "res_id": report.id}
            ),
        ):
            with self.assertRaises(UserError):
                change()

    def test_what_names_people_can_be_removed_from_a_sealed_report(self):
        with freeze_time("2026-09-01 08:00:00"):
            self._approved(start_at="2026-09-01 06:00:00")
        report = self._accepted(summary="Mr Sadeghi did well")
        seal, line = report.seal_id, report.line_ids.filtered("name")[0]
        for text in ("Sadeghi", line.name):
            self.assertNotIn(text, seal.snapshot)
            self.assertIn(text, str(seal._document()))
        named = line.name
        seal._redact(
            "Asked for by the person",
            {
                f"reform.quarter.report:{report.id}:summary",
                f"reform.quarter.report.line:{line.id}:name",
            },
        )
        self.assertFalse(report.summary or line.name)
        paper = report._paper(seal._document())
        for text in ("Sadeghi", named):
            self.assertNotIn(text, str(paper))
        self.assertRegex(paper["texts"]["summary"], r"^\((removed|حذف شد)\)$")
        self.assertFalse(self.env["agency.seal"]._verify(self.company))

    def test_what_was_reported_does_not_change_any_more(self):
        plan = self._in_force()
        score = self._evaluated()
        self._accepted()
        with self.assertRaisesRegex(UserError, "was accepted"):
            plan.line_ids[0]._report("2", 90)
        plan.line_ids[0]._report("3", 90)
        with self.assertRaisesRegex(UserError, "was accepted"):
            self._as("reform_office", score).action_reopen()

    def test_a_correction_is_a_new_version_that_amends(self):
        report = self._accepted()
        self.assertFalse(report.is_superseded)
        action = self._as("secretary", report).action_amend()
        draft = report.browse(action["res_id"])
        self.assertEqual((draft.state, draft.summary), ("draft", "A good quarter"))
        self.assertFalse(report.is_superseded)
        draft.summary = "A better quarter"
        self._as("secretary", draft).action_submit()
        self._as("reform_office", draft).action_accept()
        self.assertEqual(draft.number, "C93/1405/Q2-2")
        report.invalidate_recordset()
        self.assertEqual(draft.seal_id.amends_id, report.seal_id)
        self.assertTrue(report.is_superseded)
        in_force = report.search([("is_superseded", "=", False)]) & (report | draft)
        self.assertEqual(in_force, draft)
        self.assertEqual(draft._accepted_of(self.body, self.year, ["2"]), draft)
        with self.assertRaises(UserError):
            self._as("secretary", report).action_amend()

    def test_the_sealed_paper_shows_only_what_was_sealed(self):
        plan = self._in_force()
        self._evaluated()
        report = self._accepted()
        plan.line_ids[0].owner_id.name = "Somebody else"
        content, _kind = (
            self.env["ir.actions.report"]
            .with_context(lang="en_US")
            ._render_qweb_html(report._seal_report, report.seal_id.ids)
        )
        text = content.decode()
        self.assertIn("C93/1405/Q2", text)
        self.assertIn("The member", text)
        self.assertNotIn("Somebody else", text)
        self.assertIn(report.seal_id.code, text)
        draft = self._report("1")
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "admin_reform_committees.quarter_report_draft", draft.ids
        )
        self.assertIn("draft-mark", content.decode())
