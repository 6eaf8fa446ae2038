import doctest

from freezegun import freeze_time
from lxml import etree
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from .. import year_rules
from .year_common import TODAY, YearCase


@tagged("post_install", "-at_install")
class TestYearRules(BaseCase):
    def test_examples(self):
        failed, count = doctest.testmod(year_rules)
        self.assertFalse(failed)
        self.assertGreater(count, 5)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPlan(YearCase):
    def test_what_is_due_follows_from_the_days_until_somebody_says_otherwise(self):
        line = self._line(self._plan())
        due = [line[f"planned_{quarter}"] for quarter in range(1, 5)]
        self.assertEqual(due, [50, 100, 100, 100])
        line.write({"planned_1": 10, "planned_2": 60})
        self.assertEqual((line.planned_1, line.planned_2), (10, 60))
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            line.planned_2 = 5
            line.flush_recordset()

    @mute_logger("odoo.sql_db")
    def test_one_programme_a_body_and_year(self):
        self._plan()
        with self.assertRaises(UniqueViolation):
            self._plan()

    def test_progress_is_weighed_and_cumulative(self):
        plan = self._in_force()
        one, two = plan.line_ids
        with freeze_time("2026-06-20 08:00:00"):  # the last days of spring
            one._report("1", 40)
        with freeze_time("2026-09-20 08:00:00"):
            one._report("2", 60)
            two._report("2", 100, evidence=self._file())
        plan.invalidate_recordset()
        realised = [plan[f"realised_{quarter}"] for quarter in range(1, 5)]
        self.assertEqual(realised, [30, 70, 70, 0])
        self.assertEqual((plan.planned_percent, plan.realised_percent), (100, 70))
        self.assertEqual((plan.realisation_percent, plan.is_behind), (70, False))
        one._report("3", 50, note="The figures were wrong")
        plan.invalidate_recordset()
        self.assertTrue(plan.is_behind)

    def test_the_board_says_what_the_programme_says(self):
        plan = self._in_force(lines=[("One", 1), ("Two", 1)])
        for line, percent in zip(plan.line_ids, (40, 41), strict=True):
            line._report("3", percent)
        board = self._as("chair", self.env["reform.board"]).board_open(self.year)
        [card] = [card for card in board["cards"] if card["id"] == self.body.id]
        # half a percent counts as one, as in lists
        self.assertEqual((plan.realisation_percent, card["share"]), (40.5, 41))

    def test_a_report_on_a_past_quarter_does_not_undo_later_ones(self):
        plan = self._in_force()
        line = plan.line_ids[0]
        line._report("3", 60)
        line._report("2", 30)
        self.assertEqual(line.percent, 60)
        self.assertEqual([line._percent_at(q) for q in (1, 2, 3)], [0, 30, 60])

    def test_statistics_agree_with_the_programme(self):
        plan = self._in_force()
        plan.line_ids[0]._report("1", 40)
        plan.line_ids[1]._report("3", 20)
        self.env.flush_all()
        rows = self.env["reform.plan.realisation"].search([("plan_id", "=", plan.id)])
        self.assertEqual(
            [(round(row.planned, 2), round(row.realised, 2)) for row in rows],
            [(50, 30), (100, 30), (100, 35), (100, 0)],
        )
        self.assertEqual([plan.realised_1, plan.realised_3], [30, 35])
        shares = [plan[f"realisation_{quarter}"] for quarter in range(1, 5)]
        self.assertEqual(shares, [60, 30, 35, 0])
        # of the quarter that has not begun nothing is said
        self.assertEqual([row.realisation for row in rows], shares)
        self.assertEqual([row.is_behind for row in rows], [True, True, True, False])
        plan.line_ids[0]._report("3", 100, evidence=self._file())
        self.env.flush_all()
        rows.invalidate_recordset()
        self.assertFalse(rows[2].is_behind)
        self.assertEqual(rows[2].threshold, plan.threshold)

    def test_a_phone_shows_reports_and_resolutions_as_cards(self):
        views = self.env["reform.plan.line"].get_views([(False, "form")])["views"]
        form = etree.fromstring(views["form"]["arch"])
        for name in ("progress_ids", "resolution_ids"):
            self.assertTrue(form.xpath(f"//field[@name='{name}']/kanban"), name)

    def test_done_needs_evidence(self):
        line = self._in_force().line_ids[0]
        with self.assertRaisesRegex(UserError, "evidence"):
            line._report("3", 100)
        line._report("3", 100, evidence=self._file())
        self.assertEqual(line.progress_ids.evidence_ids.res_id, line.id)

    def test_reports_that_cannot_be(self):
        line = self._in_force().line_ids[0]
        with self.assertRaisesRegex(UserError, "has not begun"):
            line._report("4", 10)
        line._report("3", 50)
        with self.assertRaisesRegex(UserError, "say why it is less"):
            line._report("3", 40)
        with self.assertRaisesRegex(UserError, "۵۰ درصد"):
            line.with_context(lang="fa_IR")._report("3", 40)
        with self.assertRaisesRegex(AccessError, "reports"):
            line.with_user(self.users["observer"])._report("3", 60)
        draft = self._line(self._plan(self.other_body))
        with self.assertRaisesRegex(UserError, "not in force"):
            draft._report("3", 60)
        with self.assertRaises(UserError):
            line.progress_ids.write({"percent": 90})

    def test_the_responsible_person_reports_without_being_a_member(self):
        plan = self._plan()
        self._line(plan, owner_id=self.outsider.partner_id.id)
        self._as("secretary", plan).action_submit()
        self._as("approver", plan).action_approve()
        line = plan.line_ids.with_user(self.outsider)
        self.assertEqual(line.search([]), line)
        self.env.invalidate_all()
        read = line.search_read([], ["name", "user_reports"])
        self.assertEqual([row["user_reports"] for row in read], [True])
        wizard = self.env["reform.plan.report"].with_user(self.outsider)
        wizard.create({"line_id": line.id, "percent": 30}).action_report()
        self.assertEqual(plan.line_ids.percent, 30)
        # refused once, the dialog is kept: what is sent then lies with it
        kept = wizard.create({"line_id": line.id, "percent": 100})
        with self.assertRaisesRegex(UserError, "evidence"):
            kept.action_report()
        place = {"res_model": kept._name, "res_id": kept.id}
        file = self._file(self.outsider)
        file.sudo().write(place)
        kept.evidence_ids = file
        kept.action_report()
        self.assertEqual(plan.line_ids.percent, 100)
        self.assertEqual(file.sudo().res_model, line._name)
        with self.assertRaises(AccessError):
            line.write({"name": "Another"})

    def test_approval_is_for_the_approver_and_never_for_who_submitted(self):
        plan = self._plan(lines=[("One", 1)])
        with self.assertRaises(AccessError):
            self._as("secretary", plan).write({"approved_by_id": self.env.uid})
        self._as("secretary", plan).action_submit()
        with self.assertRaises(AccessError):
            self._as("secretary", plan).action_approve()
        with self.assertRaisesRegex(UserError, "Say why"):
            self._as("approver", plan).write({"state": "draft"})
        wizard = self.env["reform.return"].with_user(self.users["approver"])
        action = self._as("approver", plan).action_return()
        wizard.with_context(**action["context"]).create(
            {"reason": "Weights are missing"}
        ).action_return()
        self.assertEqual((plan.state, plan.reason), ("draft", "Weights are missing"))
        self._as("reform_office", plan).action_submit()
        self.assertFalse(plan.reason)
        with self.assertRaisesRegex(AccessError, "as well"):
            self._as("reform_office", plan).action_approve()
        self._as("approver", plan).action_approve()
        self.assertEqual(plan.approved_by_id, self.users["approver"])

    def test_the_dialog_gives_back_only_what_can_be_given_back(self):
        wizard = self.env["reform.return"].create(
            {"res_model": "res.users", "res_id": 1, "state": "x", "reason": "y"}
        )
        with self.assertRaises(UserError):
            wizard.action_return()

    def test_what_is_in_force_does_not_change(self):
        plan = self._in_force()
        for change in (
            lambda: plan.write({"threshold": 10}),
            lambda: plan.line_ids[0].write({"weight": 9}),
            lambda: plan.line_ids[0].unlink(),
            lambda: self._line(plan),
            lambda: plan.write({"line_ids": [(5,)]}),
            lambda: plan.unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        plan.message_post(body="Well done")

    def test_a_process_improvement_says_what_it_starts_from(self):
        plan = self._plan()
        with self.assertRaisesRegex(ValidationError, "how many steps"):
            self._line(plan, kind="improvement")
        self._line(plan, kind="improvement", steps_before=7, steps_after=3)

    def test_an_empty_programme_is_not_submitted(self):
        with self.assertRaisesRegex(UserError, "no line"):
            self._plan().action_submit()

    def test_a_line_names_the_indicator_that_it_serves(self):
        indicator = self._indicator("1-1", committee_id=self.body.id)
        line = self._line(self._plan(), indicator_id=indicator.id)
        self.assertEqual(indicator.plan_line_ids, line)
        with self.assertRaisesRegex(ValidationError, "of another year"):
            line.indicator_id = self._indicator("1-1", jalali_year=self.year - 1)
        company = self.env["res.company"].create({"name": "Another Agency"})
        with self.assertRaises(UserError):
            line.indicator_id = self._indicator("1-2", company_id=company.id)

    # === Who sees what ===

    def test_who_sees_a_programme(self):
        draft, other = self._plan(), self._plan(self.other_body, lines=[("One", 1)])
        everybody = {**self.users, "outsider": self.outsider}

        def seen(role):
            plans = self.env["reform.plan"].with_user(everybody[role]).search([])
            return set((plans & (draft | other)).mapped("committee_id.code"))

        self.assertEqual(seen("secretary"), {"C93"})
        self.assertEqual(seen("chair"), {"C93"})
        self.assertEqual(seen("reform_office"), {"C93", "C94"})
        for role in ("observer", "member", "approver", "outsider"):
            self.assertEqual(seen(role), set(), role)
        self._line(draft)
        draft.action_submit()
        self.assertEqual(seen("member"), {"C93"})
        self.assertEqual(seen("approver"), {"C93"})
        self.assertEqual(seen("observer"), set())
        self._as("approver", draft).action_approve()
        self.assertEqual(seen("observer"), {"C93"})
        self.assertEqual(seen("outsider"), set())
        foreign = self._other_company_user("reform_office")
        self.assertFalse(draft.with_user(foreign).search([]))

    def test_only_who_runs_the_body_writes_its_programme(self):
        with self.assertRaises(AccessError):
            self.env["reform.plan"].with_user(self.other_secretary).create(
                {"committee_id": self.body.id, "jalali_year": self.year}
            )
        plan = self._in_force()
        with self.assertRaises(AccessError):
            self._as("observer", plan).write({"note": "x"})
        with self.assertRaises(AccessError):
            self._as("member", plan.line_ids).write({"name": "x"})
