from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.agency_base.tests.seal_common import use_own_keys

from .common import MeetingCase

TEXT = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestReferral(MeetingCase):
    def setUp(self):
        super().setUp()
        use_own_keys(self)
        self.group = self._body("C95", kind="working_group", parent_id=self.body.id)
        self._seat(self.group, "secretary", self.other_secretary.partner_id)
        self._seat(self.group, "chair", self.users["approver"].partner_id)

    def _referred(self):
        """Return an approved meeting that referred one item to the working group."""
        meeting = self._held()
        item = meeting.item_ids[0]
        self._as("secretary", meeting).minutes_outcome(
            item.id, "referred", {"body": self.group.id, "due": "2026-12-05"}
        )
        return self._approve(meeting)

    def _group_meeting(self, start_at="2026-11-29 06:00:00"):
        return self.env["reform.meeting"].create(
            {"committee_id": self.group.id, "start_at": start_at}
        )

    def test_it_goes_down_and_comes_back_with_its_report(self):
        first = self._referred()
        content = first.minutes_ids._document()
        self.assertIn(self.group.name, content["items"][0]["outcome"])
        below = self._group_meeting()
        item = below.item_ids.filtered(lambda each: each.source == "referred")
        self.assertIn("An item", item.name)
        self.assertFalse(item.is_late)
        # planned twice, it stands there once
        below._prepare()
        self.assertEqual(len(below.item_ids.filtered("referral_id")), 1)
        self.assertFalse(self._group_meeting().item_ids.filtered("referral_id"))

        below.action_start()
        below.attendance_ids.status = "present"
        item.write({"notes": "Three offers were compared.", "outcome": "discussed"})
        (below.item_ids - item).outcome = "noted"
        below.action_hold()
        below.with_user(self.other_secretary).action_submit_minutes()
        self._as("approver", below).action_approve()
        self.assertEqual(item.referral_id.state, "reported")

        following = self._meeting("2026-12-20 06:00:00")
        back = following.item_ids.filtered(lambda each: each.source == "report_back")
        self.assertEqual(back.notes, "Three offers were compared.")
        following.action_start()
        following.attendance_ids.status = "present"
        following.item_ids.outcome = "noted"
        following.action_hold()
        self._approve(following)
        self.assertEqual(back.referral_id.state, "considered")
        later = self._meeting("2027-01-03 06:00:00")
        self.assertFalse(later.item_ids.filtered("referral_id"))

    def test_a_report_that_is_late_comes_back_as_missing(self):
        self._referred()
        early = self._meeting("2026-11-30 06:00:00")
        self.assertFalse(early.item_ids.filtered("referral_id"))
        following = self._meeting("2026-12-20 06:00:00")
        back = following.item_ids.filtered(lambda each: each.source == "report_back")
        self.assertEqual((back.referral_id.state, back.notes), ("open", False))

    def test_a_group_that_does_not_meet_reports_in_writing(self):
        referral = self._referred().item_ids.referral_ids
        mine = referral.with_user(self.other_secretary)
        with self.assertRaisesRegex(UserError, "says something"):
            mine.report_back(" ")
        with self.assertRaises(AccessError):
            referral.with_user(self.users["member"]).report_back("Not mine")
        self.assertFalse(self._as("member", referral).user_reports)
        self.assertTrue(mine.user_reports)
        action = mine.action_report()
        wizards = self.env[action["res_model"]].with_user(self.other_secretary)
        wizard = wizards.with_context(**action["context"]).create(
            {
                "report": "Done by mail.",
                "attachment_ids": [
                    (0, 0, {"name": "a.pdf", "raw": TEXT, "res_model": wizards._name})
                ],
            }
        )
        wizard.action_report()
        self.assertEqual(referral.reported_by_id, self.other_secretary)
        self.assertFalse(mine.user_reports)
        following = self._meeting("2026-12-20 06:00:00")
        back = following.item_ids.filtered(lambda each: each.source == "report_back")
        self.assertEqual(back.notes, "Done by mail.")
        self.assertEqual(back.attachment_ids.raw, TEXT)
        self.assertEqual(back.attachment_ids.res_id, back.id)
        for vals in ({"report": "Another"}, {"report_file_ids": [(5,)]}):
            with self.subTest(vals), self.assertRaises(UserError):
                mine.write(vals)
        with self.assertRaises(AccessError):
            wizard.with_user(self.users["secretary"]).read(["report"])

    def test_a_file_of_somebody_else_does_not_go_with_a_report(self):
        referral = self._referred().item_ids.referral_ids
        file = self.env["ir.attachment"].create(
            {"name": "a.pdf", "raw": TEXT, "res_model": "reform.referral.report"}
        )
        wizard = (
            self.env["reform.referral.report"]
            .with_user(self.other_secretary)
            .create({"referral_id": referral.id, "report": "Done"})
        )
        wizard.sudo().attachment_ids = file
        with self.assertRaisesRegex(AccessError, "files of your own"):
            wizard.action_report()
        self.assertEqual(referral.state, "open")

    def test_taking_it_back_and_nonsense(self):
        meeting = self._held()
        item = meeting.item_ids[0]
        secretary = self._as("secretary", meeting)
        with self.assertRaises(ValidationError):
            secretary.minutes_outcome(
                item.id, "referred", {"body": self.body.id, "due": "2026-12-05"}
            )
        with self.assertRaises(ValidationError):
            secretary.minutes_outcome(
                item.id, "referred", {"body": self.group.id, "due": "2026-11-01"}
            )
        secretary.minutes_outcome(
            item.id, "referred", {"body": self.group.id, "due": "2026-12-05"}
        )
        secretary.minutes_outcome(
            item.id, "referred", {"body": self.other_body.id, "due": "2026-12-06"}
        )
        self.assertEqual(item.referral_ids.committee_id, self.other_body)
        secretary.minutes_outcome(item.id, "noted")
        self.assertEqual(item.referral_ids.state, "withdrawn")

    def test_who_sees_a_referral(self):
        meeting = self._held()
        self._as("secretary", meeting).minutes_outcome(
            meeting.item_ids[0].id,
            "referred",
            {"body": self.group.id, "due": "2026-12-05"},
        )
        referral = meeting.item_ids.referral_ids
        receiver = referral.with_user(self.other_secretary)
        self.assertFalse(receiver.has_access("read"))
        self._approve(meeting)
        self.env.invalidate_all()
        self.assertTrue(receiver.has_access("read"))
        self.assertTrue(self._as("member", referral).has_access("read"))
        self.assertFalse(self._as("observer", referral).has_access("read"))
        stranger = self._other_company_user("reform_office")
        self.assertFalse(referral.with_user(stranger).has_access("read"))

    def test_files_of_an_item_are_checked_and_close_with_the_minutes(self):
        meeting = self._held()
        item = meeting.item_ids[0]
        files = self.env["ir.attachment"].with_user(self.users["secretary"])
        with self.assertRaises(UserError):
            item.with_user(self.users["secretary"]).attachment_ids = files.create(
                {"name": "a.pdf", "raw": b"MZ\x90 not a pdf"}
            )
        item.attachment_ids = [(5,)]
        file = files.create({"name": "a.pdf", "raw": TEXT})
        item.with_user(self.users["secretary"]).attachment_ids = file
        self.assertTrue(file.with_user(self.users["member"]).has_access("read"))
        self._approve(meeting)
        for act in (
            lambda: file.write({"raw": b"%PDF-1.4 other"}),
            lambda: file.write({"res_id": 0}),
            file.unlink,
            lambda: files.create(
                {
                    "name": "b.pdf",
                    "raw": TEXT,
                    "res_model": item._name,
                    "res_id": item.id,
                }
            ),
        ):
            with self.assertRaisesRegex(UserError, "nothing in it can change"):
                act()


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
            .create({"name": "a.pdf", "raw": TEXT})
        )
        proposal = self._proposed(self.users["member"], attachment_ids=[(4, file.id)])
        proposal.action_submit()
        self._meeting("2026-12-06 06:00:00")
        proposal.with_user(self.users["secretary"]).action_accept()
        copy = proposal.item_id.attachment_ids
        self.assertEqual((copy.name, copy.raw), ("a.pdf", TEXT))
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
