import io
from datetime import datetime, timedelta
from unittest.mock import patch

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_daily import DailyCase
from .common_field import TODAY

MAX_QUERIES = 60


@tagged("post_install", "-at_install")
class TestDailyFigures(DailyCase):
    def test_the_figures_of_a_day(self):
        figures = self._freeze()._read_figures()
        self.assertEqual(
            figures["totals"]["today"],
            {"planned": 3, "done": 2, "no_access": 1, "extra": 0},
        )
        self.assertEqual(figures["totals"]["units"], 3)
        scores = figures["scores"]
        # 60 * 1/2 + 40 * 1/2 = 50 and 100
        self.assertEqual((scores["count"], scores["mean"]), (2, 75))
        self.assertEqual((scores["spread"], scores["before"]), (25, None))
        self.assertEqual(
            [(row["rank"], row["name"], row["score"]) for row in figures["best"]],
            [(1, self.unit.name, 100), (2, self.agency.name, 50)],
        )
        self.assertEqual(figures["worst"][0]["name"], self.agency.name)
        [failed] = figures["failed"]
        self.assertEqual((failed["code"], failed["share"]), ("A2", 0.5))
        self.assertEqual(figures["findings"]["whole"], 1)
        [team] = figures["teams"]
        self.assertEqual((team["number"], team["count"], team["mean"]), (1, 2, 75))
        self.assertEqual(figures["credibility"]["silent"], 3)

    def test_equal_scores_share_a_rank(self):
        visit = self._later_visit(
            self.third_unit, planned_start=datetime(2026, 6, 27, 12)
        )
        self._make_visit(visit, A1="yes", A2="yes", B1="yes")
        ranks = [row["rank"] for row in self._freeze()._read_figures()["best"]]
        self.assertEqual(ranks, [1, 1, 3])

    def test_a_critical_failure_caps_and_is_named(self):
        # As a critical item leaves it.
        self.visit.assessment_id.flush_recordset()
        self.env.cr.execute(
            "SET LOCAL session_replication_role = replica;"
            " UPDATE audit_assessment SET critical_count = 1, critical_codes = 'A2',"
            " score = 49, score_uncapped = 50 WHERE id = %s;"
            " SET LOCAL session_replication_role = origin",
            (self.visit.assessment_id.id,),
        )
        figures = self.env["audit.daily.figures"]._figures(self.phase, TODAY)
        [row] = figures["critical"]
        self.assertEqual((row["codes"], row["uncapped"]), ("A2", 50))
        self.assertTrue(figures["worst"][0]["is_capped"])

    def test_the_last_visit_of_a_unit_counts_for_its_score(self):
        later = self._later_visit(
            self.agency, kind="follow_up", planned_start=datetime(2026, 6, 27, 12)
        )
        self._make_visit(later, A1="yes", A2="yes", B1="yes")
        figures = self._freeze()._read_figures()
        scores = figures["scores"]
        self.assertEqual((scores["count"], scores["mean"]), (2, 100))
        self.assertEqual(figures["totals"]["visited"], 2)
        self.assertEqual(figures["totals"]["to_date"]["done"], 3)
        self.assertFalse(figures["failed"])
        [team] = figures["teams"]
        self.assertEqual((team["count"], round(team["mean"], 2)), (3, 83.33))

    def test_where_nobody_was_let_in_is_told_until_somebody_is(self):
        [row] = self.env["audit.daily.figures"]._figures(self.phase, TODAY)["shut"]
        self.assertEqual((row["name"], row["reason"]), (self.third_unit.name, "Shut"))
        self._make_visit(
            self._later_visit(self.third_unit, 1), A1="yes", A2="yes", B1="yes"
        )
        later = TODAY + timedelta(days=1)
        figures = self.env["audit.daily.figures"]._figures(self.phase, later)
        self.assertFalse(figures["shut"])

    def test_orders_are_given_on_every_line(self):
        lines = self._freeze()._lines()
        for unit in (self.unit, self.agency, self.third_unit):
            self.assertEqual(lines[f"unit:{unit.id}"], unit.name)
        self.assertEqual(lines["team:1"], "Team 1")
        self.assertTrue(lines["item:A2"].endswith(self.second.name))

    def test_figures_stay_as_they_were_frozen(self):
        report = self._freeze()
        before = report.frozen_figures
        self._make_visit(
            self._later_visit(self.third_unit, 1), A1="no", A2="no", B1="no"
        )
        self.assertEqual(self._freeze(), report)
        self.assertEqual(report.frozen_figures, before)
        self.assertTrue(report._is_genuine())
        for user in (self.officer, self.users["administrator"], self.env.user):
            with self.assertRaisesRegex(UserError, "frozen"):
                report.with_user(user).sudo().write({"frozen_figures": "{}"})
        with self.assertRaises(UserError):
            report.sudo().unlink()
        with self.assertRaises(UserError):
            report.with_user(self.officer).unlink()
        self.env.cr.execute(
            "UPDATE audit_daily_report SET frozen_figures = '{}' WHERE id = %s",
            (report.id,),
        )
        report.invalidate_recordset()
        self.assertFalse(report._is_genuine())

    def test_few_opinions_are_shown_with_a_warning(self):
        self.programme.opinion_minimum = 2
        self.env["audit.opinion"].create(
            [
                {"unit_id": self.agency.id, "score": 5},
                {"unit_id": self.agency.id, "score": 4},
                {"unit_id": self.unit.id, "score": 1},
            ]
        )
        voice = self.env["audit.daily.figures"]._figures(self.phase, TODAY)["opinion"]
        self.assertEqual((voice["count"], voice["too_few"]), (3, 1))
        self.assertAlmostEqual(voice["mean"], 10 / 3)
        # Beside the score, on the line of each unit.
        ranked = self.env["audit.daily.figures"]._figures(self.phase, TODAY)["best"]
        self.assertEqual(
            {row["name"]: (row["opinion"], row["opinions"]) for row in ranked},
            {self.agency.name: (4.5, 2), self.unit.name: (1, 1)},
        )
        page, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "audit_checklist.report_daily", self._freeze().ids
        )
        # the papers of the agency are in its own language
        self.assertRegex(page.decode(), "too few|کم است")

    def test_an_opinion_comes_by_sms_and_counts_once_a_day(self):
        gateway = self.env["agency.sms.gateway"].search([], limit=1) or self.env[
            "agency.sms.gateway"
        ].create({"name": "Line", "url": "https://sms.example.com"})
        inbound = self.env["agency.sms.inbound"]
        for text in (
            f"ارزیابی {self.agency.code} ۲ شلوغ بود",
            f"ارزیابی {self.agency.code} 4",
            "ارزیابی NOWHERE 4",
            f"ارزیابی {self.agency.code} 9",
        ):
            inbound._receive(gateway, "09121111111", text)
        [opinion] = self.env["audit.opinion"].search([("unit_id", "=", self.agency.id)])
        self.assertEqual((opinion.score, opinion.source), (4, "sms"))
        inbound._receive(gateway, "09122222222", f"audit {self.agency.code} 5")
        found = self.env["audit.opinion"].search_count(
            [("unit_id", "=", self.agency.id)]
        )
        self.assertEqual(found, 2)

    def test_the_number_of_queries_does_not_grow_with_the_assessments(self):
        figures = self.env["audit.daily.figures"]

        def queries():
            figures._figures(self.phase, TODAY)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            figures._figures(self.phase, TODAY)
            return self.env.cr.sql_log_count - before

        few = queries()
        self.assertLessEqual(few, MAX_QUERIES)
        for number in range(3):
            unit = self.env["audit.unit"].create({"name": f"More {number}"})
            self.phase.unit_ids += unit
            visit = self._later_visit(
                unit, planned_start=datetime(2026, 6, 27, 12 + 2 * number)
            )
            # The same items fail as before: nothing new is to be named.
            self._make_visit(visit, A1="yes", A2="no", B1="part")
        self.assertEqual(queries(), few)

    def test_the_sign_of_a_number_stands_before_it_from_right_to_left(self):
        report = self._freeze().with_context(lang="fa_IR")
        self.assertEqual(report._number(-41.04, 1), "\u200e\u2212۴۱٫۰")
        self.assertEqual(report._number(-0.04, 1), "۰٫۰")
        self.assertEqual(report._number(7.1, 1), "۷٫۱")
        self.assertEqual(report._number(None), "–")

    def test_a_zone_takes_one_line_in_the_tables_of_a_phase(self):
        page, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "audit_checklist.report_daily", self._freeze(kind="final").ids
        )
        self.assertRegex(page.decode(), r'<td class="word">\s*North')

    def test_the_end_of_a_phase_has_whole_tables_and_a_workbook(self):
        report = self._freeze(kind="final")
        with patch.object(
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            lambda *_a, **_k: (b"%PDF-", "pdf"),
        ):
            report._print()
        book = openpyxl.load_workbook(io.BytesIO(report.sheet_id.raw))
        units, _agencies, items, teams, reported, findings, _causes = book.worksheets
        self.assertEqual(units["B2"].value, self.unit.name)
        self.assertEqual((units["A3"].value, units["D3"].value), (2, 50))
        self.assertEqual((units["I3"].value, units["J3"].value), (None, 0))
        # Where nobody said anything there is nothing to warn of.
        self.assertFalse(units["K3"].value)
        self.assertEqual(items.max_row, 4)
        self.assertEqual((teams["B2"].value, findings.max_row), (2, 2))
        self.assertEqual(reported.max_row, 1)
        self.assertTrue(report.attachment_id)
