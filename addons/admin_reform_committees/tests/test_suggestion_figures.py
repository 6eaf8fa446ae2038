from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Date
from odoo.tests import tagged

from .suggestion_common import SuggestionCase


@tagged("post_install", "-at_install")
class TestSuggestionFigures(SuggestionCase):
    """Figures of a year: counted once, by the quarter of receipt, under the rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit = cls.env["hr.department"].create({"name": "Unit One"})
        cls.year_of_figures = 1420
        # 1420: spring begins on 2041-03-20
        cls.told = [
            ("2041-04-01", "done", 10, 30, {"department_id": cls.unit.id}),
            ("2041-04-02", "accepted", 20, None, {"department_id": cls.unit.id}),
            ("2041-05-01", "rejected", 60, None, {"is_anonymous": True}),
            ("2041-08-01", "submitted", None, None, {"is_anonymous": True}),
            ("2041-08-02", "rejected", 5, None, {}),
        ]

    def setUp(self):
        super().setUp()
        meeting = self._meeting()
        for day, state, decided, done, vals in self.told:
            with freeze_time(f"{day} 08:00:00"):
                suggestion = self._suggested(**vals)
            suggestion.committee_id = self.body
            begun = Date.to_date(day)
            stamps = {"state": state}
            if decided:
                stamps["decided_on"] = begun + timedelta(days=decided)
            if decided and decided > 5:
                # the last one was set aside by the secretariat
                stamps["meeting_id"] = meeting.id
            if state == "accepted":
                suggestion.write({"due_on": "2041-06-01", "reward": "A day off"})
            if done:
                stamps["done_on"] = stamps["decided_on"] + timedelta(days=done)
            suggestion._set_stamps(stamps)
        self.env.flush_all()

    def _figures(self, role="reform_office", **vals):
        figures = self.env["reform.suggestion.figures"].with_user(self.users[role])
        return figures.create({"jalali_year": self.year_of_figures} | vals)

    def test_the_whole_year(self):
        figures = self._figures()
        rows = figures._rows()
        self.assertEqual(
            figures._summary(rows),
            {
                "received": 5, "waiting": 1, "accepted": 2, "rejected": 1,
                "set_aside": 1, "done": 1, "overdue": 0, "rewarded": 1,
                "accepted_share": 200 / 3, "anonymous_share": 40, "done_share": 50,
                "decision_days": 20, "done_days": 30, "mean_score": None,
            },
        )  # fmt: skip
        nothing = figures._summary(rows.browse())
        self.assertIsNone(nothing["decision_days"])
        self.assertIsNone(nothing["accepted_share"])

    def test_what_was_to_be_done_by_now(self):
        with freeze_time("2041-06-02 08:00:00"):
            figures = self._figures()
            self.assertEqual(figures._summary(figures._rows())["overdue"], 1)

    def test_who_took_part_is_counted_and_not_named(self):
        figures = self._figures()
        people = figures._participation(figures._rows())
        self.assertEqual((people["authors"], people["anonymous"]), (1, 2))
        accounts = self.env["res.users"].search_count(
            [("company_ids", "in", self.company.ids), ("share", "=", False)]
        )
        self.assertEqual(people["accounts"], accounts)
        self.assertAlmostEqual(people["share"], 100 / accounts)
        self.assertAlmostEqual(people["per_hundred"], 500 / accounts)

    def test_years_stand_side_by_side(self):
        with freeze_time("2042-05-01 08:00:00"):
            self._suggested()
        self.env.flush_all()
        figures = self._figures(jalali_year=self.year_of_figures + 1)
        self.assertEqual(
            [(year, part["received"]) for year, part in figures._by_year()],
            [("1421", 1), ("1420", 5)],
        )
        self.assertIn("Year by year", figures.page)

    def test_by_quarter_unit_and_committee(self):
        figures = self._figures()
        rows = figures._rows()
        self.assertEqual(
            [(name, part["received"]) for name, part in figures._by_quarter(rows)],
            [("Spring", 3), ("Summer", 2)],
        )
        self.assertEqual(
            [
                (name, part["received"], part["accepted"])
                for name, part in figures._by_field(rows, "department_id", "None")
            ],
            [("None", 3, 0), ("Unit One", 2, 2)],
        )
        other = self._figures(committee_id=self.other_body.id)
        self.assertFalse(other._rows())

    def test_reviewers_and_what_they_owe(self):
        suggestion = self.env["reform.suggestion"].search(
            [("jalali_year", "=", self.year_of_figures)], limit=1
        )
        self._reviewed(suggestion, self.users["observer"], 5, 5, 4, 4)
        owed = {
            "suggestion_id": suggestion.id,
            "reviewer_id": self.users["member"].id,
            "due_on": "2020-01-01",
        }
        self.env["reform.suggestion.review"].create(owed)
        loads = {row["name"]: row for row in self._figures()._reviewers()}
        given = loads[self.users["observer"].name]
        self.assertEqual((given["given"], given["owed"], given["mean"]), (1, 0, 90))
        late = loads[self.users["member"].name]
        self.assertEqual((late["asked"], late["late"], late["mean"]), (1, 1, None))
        # a member is not told who else reviews
        mine = self._figures("member")._reviewers()
        self.assertEqual([row["name"] for row in mine], [self.users["member"].name])

    def test_statistics_add_up_in_the_database(self):
        report = self.env["reform.suggestion.report"]
        [(received, accepted, done, share, days)] = report._read_group(
            [("jalali_year", "=", self.year_of_figures)],
            aggregates=[
                "received:sum", "accepted:sum", "done:sum", "anonymous_share:avg",
                "decision_days:avg",
            ],
        )  # fmt: skip
        self.assertEqual((received, accepted, done, share, days), (5, 2, 1, 40, 95 / 4))
        periods = report.search([("jalali_year", "=", self.year_of_figures)])
        self.assertEqual(
            set(periods.mapped("period")), {"1420 / 1 Spring", "1420 / 2 Summer"}
        )

    def test_who_counts_what(self):
        def counted(role):
            rows = self.env["reform.suggestion.report"].with_user(self.users[role])
            return rows.search_count([("jalali_year", "=", self.year_of_figures)])

        for role in ("reform_office", "observer", "member", "secretary"):
            self.assertEqual(counted(role), 5, role)
        foreign = self._other_company_user("reform_office")
        rows = self.env["reform.suggestion.report"].with_user(foreign)
        self.assertFalse(rows.search([("jalali_year", "=", self.year_of_figures)]))
        stranger = self.env["reform.suggestion.report"].with_user(self.other_secretary)
        self.assertFalse(stranger.search([("jalali_year", "=", self.year_of_figures)]))

    def test_page_and_paper(self):
        figures = self._figures()
        self.assertIn("Unit One", figures.page)
        self.assertNotIn(self.outsider.name, figures.page)
        self.assertEqual(figures.display_name, "The suggestions of 1420 in figures")
        report = self.env["ir.actions.report"]
        html, _type = report._render_qweb_html(
            "admin_reform_committees.suggestion_figures", figures.ids
        )
        self.assertIn("Unit One", html.decode())
        empty = self._figures(jalali_year=1421)
        self.assertIn("No suggestion came", empty.page)
