from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .year_common import TODAY
from .year_forging_common import YearForgingCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDeskYear(YearForgingCase):
    """What the work of a year asks of somebody is on his desk, and of nobody else's."""

    def _kinds(self, user):
        desk = self.env["reform.desk"].with_user(user)
        entries = desk.desk_open()["entries"]
        for entry in entries:
            detail = desk.desk_detail(entry["kind"], entry["id"])
            self.assertTrue(detail["text"])
        return {(entry["kind"], entry["id"]) for entry in entries}

    def test_a_programme_waits_for_its_approver(self):
        plan = self._plan(lines=(("One", 1),))
        self._as("secretary", plan).action_submit()
        self.assertIn(("plan", plan.id), self._kinds(self.users["approver"]))
        for user in ("secretary", "member", "reform_office"):
            self.assertNotIn(("plan", plan.id), self._kinds(self.users[user]))
        self._as("approver", plan).action_approve()
        self.assertNotIn(("plan", plan.id), self._kinds(self.users["approver"]))

    def test_a_report_waits_for_the_office(self):
        report = self.env["reform.quarter.report"].create(
            {
                "committee_id": self.body.id,
                "jalali_year": self.year,
                "quarter": "2",
                "summary": "A good quarter",
            }
        )
        self.assertFalse(self._kinds(self.users["reform_office"]))
        self._as("secretary", report).action_submit()
        self.assertIn(("report", report.id), self._kinds(self.users["reform_office"]))
        self.assertNotIn(("report", report.id), self._kinds(self.users["approver"]))

    def test_a_unit_finds_the_evidence_asked_of_it(self):
        call = self._calling()
        self._as("secretary", call).action_send()
        line = call.line_ids
        self.assertEqual(self._kinds(self.liaison), {("evidence", line.id)})
        self.assertNotIn(("evidence", line.id), self._kinds(self.users["member"]))
        mine = line.with_user(self.liaison)
        mine.write(
            {
                "answer": "Here",
                "evidence_ids": [Command.set(self._file(self.liaison).ids)],
            }
        )
        mine.action_deliver()
        self.assertFalse(self._kinds(self.liaison))

    def test_a_reviewer_finds_what_he_is_asked(self):
        suggestion = self._suggested()
        review = self.env["reform.suggestion.review"].create(
            {"suggestion_id": suggestion.id, "reviewer_id": self.users["member"].id}
        )
        self.assertIn(("review", review.id), self._kinds(self.users["member"]))
        self.assertNotIn(("review", review.id), self._kinds(self.users["chair"]))
