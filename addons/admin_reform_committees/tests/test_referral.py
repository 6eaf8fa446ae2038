from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.agency_base.tests.seal_common import use_own_keys

from .common import PAPER, MeetingCase


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
                    (0, 0, {"name": "a.pdf", "raw": PAPER, "res_model": wizards._name})
                ],
            }
        )
        wizard.action_report()
        self.assertEqual(referral.reported_by_id, self.other_secretary)
        self.assertFalse(mine.user_reports)
        following = self._meeting("2026-12-20 06:00:00")
        back = following.item_ids.filtered(lambda each: each.source == "report_back")
        self.assertEqual(back.notes, "Done by mail.")
        self.assertEqual(back.attachment_ids.raw, PAPER)
        self.assertEqual(back.attachment_ids.res_id, back.id)
        for vals in ({"report": "Another"}, {"report_file_ids": [(5,)]}):
            with self.subTest(vals), self.assertRaises(UserError):
                mine.write(vals)
        with self.assertRaises(AccessError):
            wizard.with_user(self.users["secretary"]).read(["report"])

    def test_a_file_of_somebody_else_does_not_go_with_a_report(self):
        referral = self._referred().item_ids.referral_ids
        file = self.env["ir.attachment"].create(
            {"name": "a.pdf", "raw": PAPER, "res_model": "reform.referral.report"}
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
        file = files.create({"name": "a.pdf", "raw": PAPER})
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
                    "raw": PAPER,
                    "res_model": item._name,
                    "res_id": item.id,
                }
            ),
        ):
            with self.assertRaisesRegex(UserError, "nothing in it can change"):
                act()
