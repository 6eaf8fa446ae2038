from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common_declaration import DeclarationCase
from .common_field import TODAY


@tagged("post_install", "-at_install")
class TestComparison(DeclarationCase):
    def test_gap_and_credibility_of_a_unit(self):
        # Seen: A1 yes, A2 no, B1 partly; all of them are declared good.
        agency = self._fill(A1="yes", A2="yes", B1="yes")
        agency._submit_declaration()
        self.env.flush_all()
        rows = self.env["audit.gap.report"].search([("unit_id", "=", self.agency.id)])
        gaps = {row.item_code: row.gap for row in rows}
        self.assertEqual(gaps, {"A1": 0, "A2": 100, "B1": 50})
        [trust] = self.env["audit.credibility.report"].search(
            [("unit_id", "=", self.agency.id)]
        )
        # Weights 1, 1, 2: A1 and B1 were confirmed.
        self.assertEqual((trust.declared_good, trust.confirmed), (3, 2))
        self.assertAlmostEqual(trust.credibility, 75)
        figures = self.env["audit.daily.figures"]._figures(self.phase, TODAY)
        self.assertEqual(figures["credibility"]["mean"], 0.75)
        self.assertEqual(
            [(row["code"], row["gap"]) for row in figures["gap"]],
            [("A", 50), ("B", 50)],
        )

    def test_every_place_tells_the_same_gaps_and_the_same_credibility(self):
        # Declared A1 no, A2 not applicable, B1 partly; seen yes, no, partly.
        agency = self._fill(A1="no", B1="part")
        reason = {"option": "na", "reason": "One storey"}
        agency._declare("A2", reason)
        agency._submit_declaration()
        self.env.flush_all()
        rows = self.env["audit.gap.report"].search([("unit_id", "=", self.agency.id)])
        self.assertEqual(
            {row.item_code: (row.declared, row.seen, row.gap) for row in rows},
            {"A1": (0, 100, -100), "B1": (50, 50, 0)},
        )
        [trust] = self.env["audit.credibility.report"].search(
            [("unit_id", "=", self.agency.id)]
        )
        self.assertEqual(
            (trust.item_count, trust.declared_good, trust.confirmed, trust.gap),
            (2, 1, 1, -50),
        )
        self.assertEqual(trust.credibility, 100)
        screen = self.visit.with_user(self.officer).get_review()
        self.assertEqual(
            {row["code"]: row["gap"] for row in screen["rows"]},
            {"A1": -1, "A2": None, "B1": 0},
        )
        self.assertEqual(screen["credibility"], 1)
        figures = self.env["audit.daily.figures"]._figures(self.phase, TODAY)
        self.assertEqual(figures["credibility"]["mean"], 1)
        # Section A: declared 0 of A1 alone, seen half; B: half on both sides.
        self.assertEqual(
            [(row["code"], row["gap"]) for row in figures["gap"]],
            [("A", -50), ("B", 0)],
        )

    def test_what_other_bodies_report_is_not_what_was_seen(self):
        self._fill(A1="yes", A2="yes", B1="yes")._submit_declaration()
        for vals in (
            {"reported_score": 90, "has_reported_score": True},
            {"reported_by": "Third body"},
        ):
            result = self.env["audit.assessment"].create(
                {
                    "source": "reported",
                    "reported_by": "Another body",
                    "unit_id": self.agency.id,
                    "phase_id": self.phase.id,
                    "version_id": self.version.id,
                }
                | vals
            )
            if not vals.get("has_reported_score"):
                self.env["audit.answer"].create(
                    {
                        "assessment_id": result.id,
                        "item_id": self.second.id,
                        "payload": {"option": "yes"},
                    }
                )
            result.action_submit_reported()
        self.env.flush_all()
        rows = self.env["audit.gap.report"].search([("unit_id", "=", self.agency.id)])
        self.assertEqual(
            {row.item_code: row.gap for row in rows}, {"A1": 0, "A2": 100, "B1": 50}
        )

    def test_opinions_of_other_days_do_not_stand_beside_the_score(self):
        self.programme.opinion_minimum = 2
        for day, score in (
            (self.phase.date_start - timedelta(days=1), 1),
            (self.phase.date_start, 5),
            (self.phase.date_end, 4),
            (self.phase.date_end + timedelta(days=1), 1),
        ):
            self.env["audit.opinion"].create(
                {"unit_id": self.agency.id, "score": score, "given_on": day}
            )
        self.env.flush_all()
        row = self.env["audit.ranking.report"].search(
            [("unit_id", "=", self.agency.id)]
        )
        self.assertEqual(
            (row.opinion_count, row.opinion, row.has_few_opinions), (2, 4.5, False)
        )

    def test_the_consolidated_report_names_the_silent_and_the_gaps(self):
        self._fill(A1="yes", A2="no", B1="yes")._submit_declaration()
        silent = self.call.declaration_ids - self.declaration
        with freeze_time(TODAY + timedelta(days=5)):
            self.env["audit.assessment"]._cron_remind_declarants()
        sheet = self.call._paper_values()
        self.assertEqual(
            (sheet["counts"]["submitted"], sheet["counts"]["missing"]), (1, 1)
        )
        [row] = sheet["waiting"]
        self.assertEqual((row["unit"], row["reminders"]), (silent.unit_id.name, 1))
        self.assertEqual(row["people"], [self.stranger_agency.name])
        [item] = sheet["items"]
        self.assertEqual((item["label"], item["failed"]), ("A2", 1))
        gaps = {row["label"]: row["gap"] for row in sheet["gaps"]}
        self.assertEqual(gaps, {"A1": 0, "A2": 0, "B1": 50})
        [trust] = sheet["trust"]
        self.assertEqual(trust["credibility"], 100)
        page, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "audit_checklist.report_declarations", self.call.ids
        )
        self.assertIn(silent.unit_id.name, page.decode())
        for user in (self.inspector, self.representative):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.call.with_user(user)._paper_values()

    def test_nothing_confirmed_is_no_credibility(self):
        agency = self._fill(A1="no", A2="yes", B1="no")
        agency._submit_declaration()
        self.env.flush_all()
        [trust] = self.env["audit.credibility.report"].search(
            [("unit_id", "=", self.agency.id)]
        )
        self.assertEqual((trust.declared_good, trust.credibility), (1, 0))

    def test_equal_scores_share_a_rank_and_the_next_is_skipped(self):
        for number, mark in enumerate(("yes", "yes", "part")):
            unit = self.env["audit.unit"].create({"name": f"Office {number}"})
            self.phase.unit_ids += unit
            self._make_visit(
                self._later_visit(unit, number + 1), A1=mark, A2=mark, B1=mark
            )
        self.env.flush_all()
        rows = self.env["audit.ranking.report"].search(
            [("phase_id", "=", self.phase.id)], order="rank, unit_id"
        )
        self.assertEqual(rows.mapped("rank"), [1, 1, 3, 3])
        self.assertTrue(all(rows.mapped("has_few_opinions")))

    def test_items_are_compared_by_their_code(self):
        self._make_visit(self._later_visit(self.unit, 1), A1="yes", A2="yes", B1="yes")
        self.env.flush_all()
        [(code, percent, failed)] = self.env["audit.answer.report"]._read_group(
            [("phase_id", "=", self.phase.id), ("item_code", "=", "A2")],
            ["item_code"],
            ["percent:avg", "failed:avg"],
        )
        self.assertEqual((code, percent, failed), ("A2", 50, 50))

    def test_inspectors_lie_apart_by_what_they_scored(self):
        # The mild team saw 50 and 100, the strict one 0 and 50: the mean is 50.
        second = new_test_user(
            self.env, "audit_second", groups="audit_checklist.group_inspector"
        )
        strict = self._create_team(2, self.outsider, second)
        self._make_visit(self._later_visit(self.unit, 1), A1="yes", A2="yes", B1="yes")
        for number, mark in enumerate(("no", "part")):
            unit = self.env["audit.unit"].create({"name": f"Office {number}"})
            self.phase.unit_ids += unit
            visit = self._later_visit(unit, number + 1, team_id=strict.id)
            self._make_visit(visit, A1=mark, A2=mark, B1=mark)
        self.env.flush_all()
        rows = self.env["audit.inspector.report"]._read_group(
            [("phase_id", "=", self.phase.id)],
            ["user_id"],
            ["score:avg", "distance:avg", "__count"],
        )
        self.assertEqual(
            {user: tuple(values) for user, *values in rows},
            {
                self.lead: (75, 25, 2),
                self.inspector: (75, 25, 2),
                self.outsider: (25, -25, 2),
                second: (25, -25, 2),
            },
        )
        figures = self.env["audit.daily.figures"]._figures(
            self.phase, TODAY + timedelta(days=3)
        )
        self.assertEqual([team["mean"] for team in figures["teams"]], [75, 25])

    def test_reports_are_for_observers_and_officers(self):
        for model in (
            "audit.answer.report",
            "audit.gap.report",
            "audit.credibility.report",
            "audit.ranking.report",
            "audit.inspector.report",
            "audit.daily.report",
        ):
            for role in ("observer", "programme_officer"):
                self.assertTrue(
                    self.env[model].with_user(self.users[role]).has_access("read")
                )
            for user in (self.inspector, self.representative):
                self.assertFalse(self.env[model].with_user(user).has_access("read"))
