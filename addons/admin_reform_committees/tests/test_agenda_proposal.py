from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import PAPER, MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestAgendaProposal(MeetingCase):
    def _proposed(self, user, **vals):
        proposals = self.env["reform.agenda.proposal"].with_user(user)
        return proposals.create(
            {"name": "A better form", "committee_id": self.body.id} | vals
        )

    def test_a_proposal_becomes_an_item_of_the_next_meeting(self):
        unit = self.env["hr.department"].create({"name": "Registry"})
        proposal = self._proposed(
            self.users["member"],
            planned_minutes=15,
            department_id=unit.id,
            explanation="Two pages are enough.",
        )
        proposal.action_submit()
        screened = proposal.with_user(self.users["secretary"])
        with self.assertRaisesRegex(UserError, "Plan a meeting"):
            screened.action_accept()
        meeting = self._meeting("2026-12-06 06:00:00")
        screened.action_accept()
        item = proposal.item_id
        self.assertEqual((item.meeting_id, item.source), (meeting, "proposal"))
        self.assertEqual(item.proposer_id, self.users["member"].partner_id)
        self.assertEqual(item.planned_minutes, 15)
        self.assertEqual(item.explanation, "Two pages are enough.")
        with self.assertRaisesRegex(UserError, "was screened"):
            proposal.name = "Another"

    def test_a_unit_proposes_through_somebody_who_has_no_seat(self):
        self._meeting("2026-12-06 06:00:00").action_convene()
        liaison = self._user("unit", "member")
        proposal = self._proposed(liaison)
        proposal.action_submit()
        proposal.with_user(self.users["secretary"]).action_accept()
        self.assertEqual(proposal.item_id.sudo().proposer_id, liaison.partner_id)
        self.assertFalse(self.env["reform.meeting"].with_user(liaison).search([]))

    def test_what_is_accepted_stands_on_an_agenda_of_its_body(self):
        other = self.env["reform.meeting"].create(
            {"committee_id": self.other_body.id, "start_at": "2026-12-06 06:00:00"}
        )
        with self.assertRaisesRegex(ValidationError, "no meeting of"):
            self._proposed(self.users["member"], meeting_id=other.id)
        # written by RPC, past the button
        proposal = self._proposed(self.users["member"])
        proposal.action_submit()
        screened = proposal.with_user(self.users["secretary"])
        with self.assertRaisesRegex(UserError, "Plan a meeting"):
            screened.write({"state": "accepted"})
        self.assertEqual(proposal.state, "submitted")
        meeting = self._meeting("2026-12-06 06:00:00")
        screened.write({"state": "accepted"})
        self.assertEqual(proposal.item_id.meeting_id, meeting)
        self.assertEqual(proposal.screened_by_id, self.users["secretary"])

    def test_it_is_late_in_a_meeting_that_runs_and_goes_on_from_one_that_is_over(self):
        running, over = self._meeting(), self._held(start_at="2026-11-21 06:00:00")
        coming = self._meeting("2026-12-06 06:00:00")
        running.action_start()
        late, missed = (
            self._proposed(self.users["member"], meeting_id=meeting.id)
            for meeting in (running, over)
        )
        (late | missed).action_submit()
        (late | missed).with_user(self.users["secretary"]).action_accept()
        self.assertEqual(late.item_id.meeting_id, running)
        self.assertTrue(late.item_id.is_late)
        self.assertEqual(missed.item_id.meeting_id, coming)

    def test_files_go_with_the_item(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.users["member"])
            .create({"name": "a.pdf", "raw": PAPER})
        )
        proposal = self._proposed(self.users["member"], attachment_ids=[(4, file.id)])
        proposal.action_submit()
        self._meeting("2026-12-06 06:00:00")
        proposal.with_user(self.users["secretary"]).action_accept()
        copy = proposal.item_id.attachment_ids
        self.assertEqual((copy.name, copy.raw), ("a.pdf", PAPER))
        self.assertNotEqual(copy, file)

    def test_a_rejection_says_why_and_may_be_answered(self):
        proposal = self._proposed(self.users["member"])
        proposal.action_submit()
        screened = proposal.with_user(self.users["secretary"])
        with self.assertRaisesRegex(UserError, "Say why"):
            screened.write({"state": "rejected"})
        action = screened.action_reject()
        self.assertIn("Reject", action["name"])
        wizard = screened.env[action["res_model"]].with_context(**action["context"])
        wizard.create({"reason": "Not ours"}).action_return()
        self.assertEqual(proposal.reason, "Not ours")
        proposal.action_submit()
        self.assertFalse(proposal.reason)

    def test_nobody_screens_his_own_or_proposes_for_others(self):
        proposal = self._proposed(self.users["member"])
        proposal.action_submit()
        for target in ({"state": "accepted"}, {"state": "rejected", "reason": "x"}):
            with self.subTest(target), self.assertRaises(AccessError):
                proposal.write(target)
        with self.assertRaises(AccessError):
            self._proposed(
                self.users["member"], proposer_id=self.people["secretary"].id
            )
        with self.assertRaises(UserError):
            proposal.write({"submitted_at": "2026-01-01 05:00:00"})
        self.assertFalse(proposal.with_user(self.outsider).has_access("read"))
        self.assertFalse(proposal.with_user(self.other_secretary).has_access("read"))
