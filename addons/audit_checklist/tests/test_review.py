from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_declaration import DeclarationCase
from .common_field import TODAY
from .common_follow import PDF


@tagged("post_install", "-at_install")
class TestReview(DeclarationCase):
    """What the officer's screen shows of a visit, and what it does."""

    def _rows(self, user, visit=None):
        review = (visit or self.visit).with_user(user).get_review()
        return review, {row["code"]: row for row in review["rows"]}

    def test_answers_stand_beside_what_was_declared(self):
        agency = self._fill(A1="yes", A2="yes", B1="yes")
        agency._declare_document("A2", "board.pdf", PDF)
        agency._submit_declaration()
        review, rows = self._rows(self.officer)
        self.assertEqual(
            {code: row["gap"] for code, row in rows.items()},
            {"A1": 0, "A2": 1, "B1": 0.5},
        )
        self.assertEqual(
            [rows[code]["seen"]["tint"] for code in ("A1", "A2", "B1")],
            ["yes", "no", "part"],
        )
        self.assertEqual(rows["A2"]["finding"]["id"], self.finding.id)
        self.assertEqual(rows["A2"]["declared"]["evidence"][0]["name"], "board.pdf")
        self.assertEqual(
            (review["result"]["score"], review["declared"]["score"]), (50, 100)
        )
        # Weights 1, 1, 2: A1 and B1 were confirmed.
        self.assertEqual(review["credibility"], 0.75)

    def test_without_a_declaration_there_is_no_gap(self):
        review, rows = self._rows(self.officer)
        self.assertIsNone(review["declared"])
        self.assertIsNone(review["credibility"])
        self.assertIsNone(rows["A1"]["gap"])

    def test_inspectors_see_no_declaration_before_their_own_submission(self):
        self.phase.unit_ids += self.other_agency
        visit = self._later_visit(self.other_agency, 1)
        declaration = self.call.declaration_ids - self.declaration
        agency = declaration.with_user(self.stranger_agency).sudo()
        for code in ("A1", "A2", "B1"):
            agency._declare(code, {"option": "yes"})
        agency._submit_declaration()
        review, rows = self._rows(self.inspector, visit)
        self.assertIsNone(review["declared"])
        self.assertIsNone(rows["A1"]["declared"])
        self._make_visit(visit, A1="yes", A2="no", B1="yes")
        review, _rows = self._rows(self.inspector, visit)
        self.assertEqual(review["declared"]["score"], 100)
        self.assertFalse(review["may_add"])
        with self.assertRaises(AccessError):
            self._rows(self.outsider, visit)
        with self.assertRaises(AccessError):
            self._rows(self.representative, visit)

    def test_a_finding_and_a_praise_are_added_once(self):
        visit = self.visit.with_user(self.officer)
        finding = self.env["audit.finding"].browse(visit.add_finding("B1"))
        self.assertEqual((finding.state, finding.item_code), ("draft", "B1"))
        praise = self.env["audit.finding"].browse(visit.add_finding("A1", praise=True))
        self.assertEqual(praise.grade, "good_practice")
        with self.assertRaisesRegex(UserError, "already"):
            visit.add_finding("A1")
        with self.assertRaisesRegex(UserError, "not answered"):
            visit.add_finding("Z9")
        with self.assertRaises(AccessError):
            self.visit.with_user(self.lead).add_finding("A1")
        visit.action_issue_findings()
        self.assertEqual(
            set(self.visit.assessment_id.finding_ids.mapped("state")), {"issued"}
        )
        self.assertFalse(praise.date_answer_due)

    def test_who_was_there_does_not_review(self):
        self.assertTrue(self.visit.with_user(self.officer).may_review)
        self.lead.group_ids += self.env.ref("audit_checklist.group_programme_officer")
        self.assertFalse(self.visit.with_user(self.lead).may_review)
        with self.assertRaisesRegex(AccessError, "he made himself"):
            self.visit.with_user(self.lead).add_finding("B1")
        self.env["audit.recusal"].create(
            {
                "user_id": self.second_officer.id,
                "unit_id": self.agency.id,
                "reason": "Own agency",
                "date_from": TODAY,
            }
        )
        self.assertFalse(self.visit.with_user(self.second_officer).may_review)

    def test_what_is_to_be_seen_before_accepting(self):
        review, _rows = self._rows(self.officer)
        checks = {check["kind"]: check for check in review["checks"]}
        self.assertEqual(checks["answers"]["value"], [3, 3])
        self.assertEqual(checks["host_refused"]["value"], ["No time"])
        self.assertEqual(checks["critical"]["status"], "fine")
        waiting = self._later_visit(self.unit, 2)
        review, rows = self._rows(self.officer, waiting)
        stops = [c["kind"] for c in review["checks"] if c["status"] == "stops"]
        self.assertEqual(stops, ["answers"])
        self.assertTrue(all(row["seen"] is None for row in rows.values()))
        with self.assertRaisesRegex(UserError, "not answered"):
            waiting.with_user(self.officer).add_finding("A1")


@tagged("post_install", "-at_install")
class TestFollowUp(DeclarationCase):
    def test_the_follow_up_visit_is_opened_and_shows_what_helped(self):
        finding = self._accepted()
        action = finding.with_user(self.officer).action_follow_up()
        visit = (
            self.env["audit.visit"]
            .with_user(self.officer)
            .with_context(**action["context"])
            .create(
                {
                    "team_id": self.team.id,
                    "planned_start": "2026-06-29 05:00:00",
                }
            )
        )
        self.assertEqual(
            (visit.kind, visit.unit_id, visit.earlier_visit_id, visit.phase_id),
            ("follow_up", self.agency, self.visit, self.phase),
        )
        visit.action_plan()
        seen = self._make_visit(visit, A1="yes", A2="yes", B1="no")
        self.assertEqual(seen.kind, "follow_up")
        self.assertEqual(
            (finding.outcome, finding.outcome_assessment_id), ("effective", seen)
        )
        # What failed this time is no repetition: it was not found before.
        self.assertEqual(seen.finding_ids.item_code, "B1")
        self.assertFalse(seen.finding_ids.is_repeated)


@tagged("post_install", "-at_install")
class TestHeatMap(DeclarationCase):
    def test_items_by_phase_are_means_of_their_answers(self):
        self._make_visit(self._later_visit(self.unit, 1), A1="yes", A2="yes", B1="no")
        self.env.flush_all()
        reports = self.env["audit.answer.report"].with_user(self.users["observer"])
        found = reports.get_heat_map(phase_id=self.phase.id)
        [column] = found["columns"]
        self.assertEqual(column["ids"], self.phase.ids)
        cells = {row["code"]: row["cells"][0] for row in found["rows"]}
        self.assertEqual(cells["A2"], {"percent": 50, "failed": 50, "count": 2})
        self.assertEqual(cells["B1"], {"percent": 25, "failed": 50, "count": 2})
        self.assertEqual([row["code"] for row in found["rows"]], ["A1", "A2", "B1"])

    def test_years_and_versions_are_compared_by_code(self):
        new = self.version.browse(self.version.action_new_version()["res_id"])
        self._publish(new)
        self.programme.date_start = "2025-06-01"
        last_year = self.env["audit.phase"].create(
            {
                "name": "Last year",
                "programme_id": self.programme.id,
                "date_start": "2025-06-24",
                "date_end": "2025-07-06",
                "version_id": new.id,
                "source": "reported",
            }
        )
        result = self.env["audit.assessment"].create(
            {
                "source": "reported",
                "reported_by": "Governor",
                "unit_id": self.agency.id,
                "phase_id": last_year.id,
                "version_id": new.id,
            }
        )
        item = new.item_ids.filtered(lambda i: i.code == "A2")
        self.env["audit.answer"].create(
            {
                "assessment_id": result.id,
                "item_id": item.id,
                "payload": {"option": "yes"},
            }
        )
        result._rescore()
        result.action_submit_reported()
        self.env.flush_all()
        reports = self.env["audit.answer.report"]
        by_version = reports.get_heat_map("version", source="reported")
        self.assertEqual([row["code"] for row in by_version["rows"]], ["A2"])
        self.assertEqual(by_version["columns"][0]["ids"], new.ids)
        by_year = reports.get_heat_map("year", source="reported")
        self.assertIn("1404", [column["key"] for column in by_year["columns"]])
        self.assertEqual(reports.get_heat_map("nonsense")["column"], "phase")

    def test_the_map_takes_the_same_queries_however_many_answers(self):
        reports = self.env["audit.answer.report"]

        def queries():
            self.env.flush_all()
            reports.get_heat_map()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            reports.get_heat_map()
            return self.env.cr.sql_log_count - before

        few = queries()
        self._make_visit(self._later_visit(self.unit, 1), A1="no", A2="yes", B1="no")
        self.assertEqual(queries(), few)

    def test_it_is_for_observers_and_officers(self):
        for user in (self.inspector, self.representative):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["audit.answer.report"].with_user(user).get_heat_map()
