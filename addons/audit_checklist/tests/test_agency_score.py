from odoo.tests import tagged

from .common_field import TODAY
from .common_follow import FollowCase


@tagged("post_install", "-at_install")
class TestAgencyScore(FollowCase):
    """The score of an agency with several units, by either rule of its phase."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # At the agency itself: A1 yes, A2 no, B1 partly, all 4 points asked: 50.
        # At its county unit half of it does not apply: 1 point of 1: 100.
        reason = {"option": "na", "reason": "One storey"}
        visit = cls._later_visit(cls.unit, 1)
        visit._bring_in(
            {"A1": {"option": "yes"}, "A2": reason, "B1": reason},
            {"name": "Host", "refusal": "No time"},
        )
        visit = visit.with_user(cls.officer)
        visit.action_confirm_na()
        visit.action_accept()
        cls.phase.unit_ids += cls.other_agency
        cls._make_visit(
            cls._later_visit(cls.other_agency, 2), A1="yes", A2="yes", B1="part"
        )

    def _agencies(self):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["audit.agency.report"].search(
            [("phase_id", "=", self.phase.id)], order="rank, agency_id"
        )
        return {row.agency_id: row for row in rows}

    def test_each_unit_counts_alike_by_default(self):
        self.assertEqual(self.phase.aggregate_rule, "mean")
        rows = self._agencies()
        self.assertEqual(set(rows), {self.agency, self.other_agency})
        row = rows[self.agency]
        self.assertEqual((row.unit_count, row.lowest, row.highest), (2, 50, 100))
        self.assertAlmostEqual(row.score, 75)

    def test_or_by_the_points_that_could_be_earned_there(self):
        self.phase.aggregate_rule = "sum"
        row = self._agencies()[self.agency]
        # 2 of 4 points and 1 of 1: 60 percent of 5.
        self.assertAlmostEqual(row.score, 60)

    def test_equal_agencies_share_a_rank(self):
        rows = self._agencies()
        # 60 + 40/2 = 80 against 75.
        self.assertAlmostEqual(rows[self.other_agency].score, 80)
        self.assertEqual([row.rank for row in rows.values()], [1, 2])
        unit = self.env["audit.unit"].create({"name": "Post"})
        self.phase.unit_ids += unit
        self._make_visit(self._later_visit(unit, 3), A1="yes", A2="yes", B1="part")
        ranks = sorted(row.rank for row in self._agencies().values())
        self.assertEqual(ranks, [1, 1, 3])

    def test_what_others_reported_as_a_number_has_no_points(self):
        self.phase.aggregate_rule = "sum"
        for unit, score in ((self.agency, 30), (self.unit, 40)):
            result = self.env["audit.assessment"].create(
                {
                    "source": "reported",
                    "reported_by": "Another body",
                    "unit_id": unit.id,
                    "phase_id": self.phase.id,
                    "version_id": self.version.id,
                    "reported_score": score,
                    "has_reported_score": True,
                }
            )
            result.action_submit_reported()
        self.env.flush_all()
        rows = self.env["audit.agency.report"].search(
            [("agency_id", "=", self.agency.id), ("phase_id", "=", self.phase.id)]
        )
        scores = {row.source: round(row.score, 2) for row in rows}
        self.assertEqual(scores, {"visit": 60, "reported": 35})

    def test_the_end_of_a_phase_has_agencies_and_causes(self):
        self.finding.cause_kind = "space"
        self.env.flush_all()
        tables = self.env["audit.daily.figures"]._tables(self.phase, TODAY)
        by_title = {table["title"]: table["rows"] for table in tables}
        agencies = by_title[self.env._("Agencies")]
        self.assertEqual(
            [row[:4] for row in agencies],
            [
                [1, self.other_agency.name, 1, 80],
                [2, self.agency.name, 2, 75],
            ],
        )
        causes = by_title[self.env._("Recurring Causes")]
        self.assertEqual(causes[0][1:3], [1, 0])

    def test_the_units_behind_an_agency(self):
        self._agencies()
        row = self._agencies()[self.agency].with_user(self.officer)
        domain = row.action_units()["domain"]
        units = self.env["audit.ranking.report"].search(domain).unit_id
        self.assertEqual(units, self.agency | self.unit)
