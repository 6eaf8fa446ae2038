import base64

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.agency_base.tools.sheets import write_book

from .common_field import TODAY
from .common_follow import FollowCase


@tagged("post_install", "-at_install")
class TestReported(FollowCase):
    """Results of another body and of earlier years: entered, imported, kept apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["audit.phase"].create(
            {
                "name": "By the planning organisation",
                "programme_id": cls.programme.id,
                "date_start": "2026-06-24",
                "date_end": "2026-07-06",
                "version_id": cls.version.id,
                "source": "reported",
            }
        )

    def _enter(self, user=None, **vals):
        model = self.env["audit.assessment"].with_user(user or self.officer)
        return model.create(
            {
                "source": "reported",
                "unit_id": self.unit.id,
                "phase_id": self.elsewhere.id,
                "version_id": self.version.id,
                "reported_by": "Planning",
                "reported_on": "2026-06-25",
                "reported_score": 72,
                "has_reported_score": True,
            }
            | vals
        )

    def _wizard(self, rows, **vals):
        sheet = write_book([("Results", rows[0], rows[1:])], right_to_left=False)
        return (
            self.env["audit.result.import"]
            .with_user(self.officer)
            .create(
                {
                    "phase_id": self.elsewhere.id,
                    "reported_by": "Planning",
                    "reported_on": "2026-06-25",
                    "file": base64.b64encode(sheet),
                    "filename": "results.xlsx",
                }
                | vals
            )
        )

    def _results(self):
        return self.env["audit.assessment"].search(
            [("phase_id", "=", self.elsewhere.id)], order="id"
        )

    def test_the_entry_screen_takes_a_result(self):
        action = self.env.ref("audit_checklist.audit_result_action")
        context = {
            "default_source": "reported",
            "default_kind": "audit",
            "default_has_reported_score": True,
        }
        self.assertEqual(action.context.count("default_"), len(context))
        model = self.env["audit.assessment"].with_user(self.officer)
        view = "audit_checklist.audit_result_view_form"
        with Form(model.with_context(**context), view) as form:
            form.unit_id = self.unit
            form.phase_id = self.elsewhere
            self.assertEqual(form.version_id, self.version)
            form.reported_by = "Planning"
            form.reported_on = "2026-06-25"
            form.reported_score = 81.5
        result = form.record
        result.action_submit_reported()
        self.assertEqual((result.state, result.score), ("submitted", 81.5))
        self.assertTrue(result.grade_name)
        self.assertFalse(result.is_provisional)

    def test_another_officer_accepts_and_seals(self):
        result = self._enter()
        result.action_submit_reported()
        with self.assertRaisesRegex(AccessError, "does not accept"):
            result.action_accept_reported()
        self.assertFalse(result.is_sealed)
        result.with_user(self.second_officer).action_accept_reported()
        self.assertTrue(result.is_sealed)
        self.assertTrue(result.number)
        with self.assertRaises(UserError):
            result.reported_score = 99
        self.assertEqual(result.score, 72)

    def test_sent_back_it_is_entered_anew(self):
        result = self._enter()
        result.action_submit_reported()
        with self.assertRaisesRegex(AccessError, "only results"):
            result.reported_score = 10
        result.with_user(self.second_officer).action_return_reported()
        result.reported_score = 60
        result.action_submit_reported()
        self.assertEqual(result.score, 60)

    def test_what_is_missing_or_absurd_is_refused(self):
        bare = self._enter(has_reported_score=False)
        with self.assertRaisesRegex(UserError, "Enter the score"):
            bare.action_submit_reported()
        for vals in ({"reported_score": 101}, {"reported_by": ""}):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self._enter(unit_id=self.agency.id, **vals).flush_recordset()
        for user in (self.lead, self.inspector, self.users["observer"]):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._enter(user)

    def test_it_is_ranked_and_counted_apart(self):
        self._enter().action_submit_reported()
        self._enter(unit_id=self.agency.id, reported_score=90).action_submit_reported()
        self.env.flush_all()
        rows = self.env["audit.ranking.report"].search(
            [("programme_id", "=", self.programme.id)]
        )
        by_source = {
            source: [(r.unit_id, r.rank, r.score) for r in found.sorted("rank")]
            for source, found in rows.grouped("source").items()
        }
        self.assertEqual(
            by_source["reported"], [(self.agency, 1, 90), (self.unit, 2, 72)]
        )
        self.assertEqual(by_source["visit"], [(self.agency, 1, 50)])
        figures = self.env["audit.daily.figures"]._figures(self.phase, TODAY)
        self.assertEqual(
            (figures["scores"]["count"], figures["scores"]["mean"]), (1, 50)
        )
        self.assertEqual(
            figures["reported"],
            [{"body": "Planning", "count": 2, "mean": 81, "least": 72, "most": 90}],
        )
        report = self.env["audit.daily.report"]._freeze(self.phase, TODAY)
        page, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "audit_checklist.report_daily", report.ids
        )
        self.assertIn("Planning", page.decode())

    def test_a_sheet_of_totals_is_brought_in(self):
        self._wizard(
            [
                ["Unit", "Score"],
                [self.agency.code, "۸۲٫۵"],
                [self.unit.name, 40],
            ]
        ).action_import()
        self.assertEqual(self._results().mapped("score"), [82.5, 40])
        self.assertEqual(set(self._results().mapped("state")), {"submitted"})
        self.assertFalse(self._results().finding_ids)

    def test_a_sheet_of_answers_is_scored(self):
        self._wizard(
            [
                ["Unit", "A1", "A2", "B1"],
                [self.agency.name, "Yes", "no", "part"],
            ]
        ).action_import()
        result = self._results()
        # 60 · 1/2 + 40 · 1/2
        self.assertEqual((result.score, len(result.answer_ids)), (50, 3))
        self.assertEqual(result.answer_ids.filtered("is_failed").item_code, "A2")

    def test_mistakes_are_named_by_row_and_nothing_is_saved(self):
        wizard = self._wizard(
            [
                ["Unit", "Score", "A1"],
                ["Nowhere", 50, ""],
                [self.agency.name, 120, ""],
                [self.agency.name, "", "perhaps"],
                [self.unit.name, "", ""],
            ]
        )
        wizard.action_import()
        mistakes = [(e.row, e.column) for e in wizard.error_ids.sorted("row")]
        self.assertEqual(
            mistakes,
            [(2, "Unit"), (3, "Score"), (4, "Unit"), (4, "A1"), (5, "Score")],
        )
        self.assertFalse(self._results())

    def test_the_same_sheet_twice_is_refused_by_its_row(self):
        rows = [["Unit", "Score"], [self.agency.name, 70], [self.unit.name, 60]]
        self._wizard(rows).action_import()
        again = self._wizard(rows)
        again.action_import()
        self.assertIn("already", again.error_ids.message)
        self.assertEqual(len(self._results()), 2)
        other = self._wizard(rows, reported_by="Last year")
        other.action_import()
        self.assertEqual(len(self._results()), 4)
