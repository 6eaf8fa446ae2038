from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestCourse(MeetingCase):
    def test_stamps_are_set_by_the_transition(self):
        meeting = self._approved()
        self.assertEqual(meeting.approved_by_id, self.users["approver"])
        self.assertEqual(meeting.submitted_by_id, self.users["secretary"])
        for name in ("convened_at", "opened_at", "ended_at", "approved_at"):
            self.assertEqual(str(meeting[name]), "2026-11-22 05:00:00", name)
        kinds = meeting.event_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds[:2], ["convened", "in_session"])
        self.assertEqual(kinds[-3:], ["held", "minutes_review", "approved"])

    def test_stamps_cannot_be_forged(self):
        secretary = self.users["secretary"]
        meeting = self._meeting().with_user(secretary)
        forged = {
            "number": "C93/1405/99",
            "approved_at": "2020-01-01 00:00:00",
            "approved_by_id": secretary.id,
            "convened_at": "2020-01-01 00:00:00",
            "quorum_rule": "none",
        }
        for name, value in forged.items():
            with self.subTest(name), self.assertRaises(AccessError):
                meeting.write({name: value})
            with self.subTest(name), self.assertRaises(AccessError):
                meeting.write({"state": "convened", name: value})
            with self.subTest(name), self.assertRaises(AccessError):
                meeting.create(
                    {
                        "committee_id": self.body.id,
                        "start_at": "2026-12-01 06:00:00",
                        name: value,
                    }
                )

    def test_a_meeting_begins_as_a_draft_except_for_imports(self):
        vals = {
            "committee_id": self.body.id,
            "start_at": "2016-12-01 06:00:00",
            "state": "approved",
            "number": "C93/1395/01",
        }
        importer = self._user("importer", "reform_office")
        meetings = self.env["reform.meeting"]
        with self.assertRaises(AccessError):
            meetings.with_user(importer).create(vals)
        importer.group_ids += self.env.ref("agency_base.group_importer")
        self.assertEqual(meetings.with_user(importer).create(vals).state, "approved")

    def test_every_edge_that_is_not_in_the_table_is_refused(self):
        meeting = self._meeting()
        for state in ("held", "minutes_review", "approved", "adjourned"):
            with (
                self.subTest(state),
                self.assertRaisesRegex(UserError, "cannot become"),
            ):
                meeting.write({"state": state})
        approved = self._approved()
        for state in ("draft", "held", "cancelled", "in_session"):
            with self.subTest(state), self.assertRaises(UserError):
                approved.write({"state": state, "reason": "x"})

    def test_same_state_keeps_the_stamp(self):
        meeting = self._meeting()
        meeting.action_convene()
        with freeze_time("2026-11-25 05:00:00"):
            meeting.write({"state": "convened"})
        self.assertEqual(str(meeting.convened_at), "2026-11-22 05:00:00")

    def test_what_does_not_take_place_needs_a_reason(self):
        meeting = self._meeting()
        with self.assertRaisesRegex(UserError, "Say why"):
            meeting.write({"state": "cancelled", "reason": "  "})
        wizard = self.env["reform.meeting.reason"].create(
            {"meeting_id": meeting.id, "target": "cancelled", "reason": "Flood"}
        )
        wizard.action_confirm()
        self.assertEqual((meeting.state, meeting.reason), ("cancelled", "Flood"))

    def test_returned_minutes_go_back_with_the_reason(self):
        meeting = self._held()
        self._as("secretary", meeting).action_submit_minutes()
        approver = self._as("approver", meeting)
        with self.assertRaisesRegex(UserError, "Say why"):
            approver.write({"state": "held"})
        approver.write({"state": "held", "reason": "Item 2 is unclear"})
        self.assertEqual(meeting.state, "held")
        self.assertFalse(meeting.submitted_by_id)
        returned = meeting.event_ids.filtered(lambda event: event.kind == "returned")
        self.assertEqual(returned.note, "Item 2 is unclear")

    def test_only_those_in_office_act(self):
        meeting = self._meeting()
        with self.assertRaises(AccessError):
            meeting.with_user(self.other_secretary).action_convene()
        for role in ("member", "observer", "approver"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._as(role, meeting).action_convene()
        self._as("chair", meeting).action_convene()
        self.assertEqual(meeting.state, "convened")

    def test_the_form_offers_acts_to_those_who_keep_the_meeting(self):
        meeting = self._meeting()
        meeting.action_convene()
        keepers = {"secretary", "chair", "reform_office", "administrator"}
        for role in ("member", *keepers):
            self.assertEqual(self._as(role, meeting).user_keeps, role in keepers, role)

    def test_numbers_are_shown_in_the_digits_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        meeting = self._approved()
        self.assertEqual(meeting.display_name, meeting.number)
        persian = meeting.with_context(lang="fa_IR")
        self.assertEqual(persian.display_name, "C۹۳/۱۴۰۵/۰۱")
        self.assertEqual(persian.resolution_ids.display_name, "C۹۳/۱۴۰۵/۰۱-۰۱")
        self.assertEqual(persian.minutes_ids.display_name, "C۹۳/۱۴۰۵/۰۱")

    def test_nobody_approves_what_he_submitted(self):
        self.body.approver_id = False
        meeting = self._held()
        self._as("chair", meeting).action_submit_minutes()
        with self.assertRaisesRegex(AccessError, "submitted"):
            self._as("chair", meeting).action_approve()
        with self.assertRaises(AccessError):
            self._as("secretary", meeting).action_approve()

    def test_submitting_names_what_is_missing(self):
        meeting = self._held()
        meeting.item_ids[0].outcome = "pending"
        meeting.resolution_ids.due_on = False
        with self.assertRaises(UserError) as refusal:
            self._as("secretary", meeting).action_submit_minutes()
        self.assertIn(meeting.item_ids[0].name, str(refusal.exception))
        self.assertIn("deadline", str(refusal.exception))
        self.assertEqual(meeting.state, "held")

    def test_approval_numbers_without_gaps(self):
        first, cancelled, second = self._held(), self._meeting(), self._held()
        cancelled.write({"state": "cancelled", "reason": "No room"})
        self._approve(first)
        self._approve(second)
        self.assertEqual(first.number, "C93/1405/01")
        self.assertEqual(second.number, "C93/1405/02")
        self.assertFalse(cancelled.number)
        self.assertEqual(first.resolution_ids.number, "C93/1405/01-01")
        self.assertEqual(first.resolution_ids.state, "adopted")

    def test_number_belongs_to_the_year_of_the_meeting(self):
        eve = self._held(start_at="2027-03-20 20:29:00")
        new_year = self._held(start_at="2027-03-20 20:30:00")
        self._approve(new_year)
        self._approve(eve)
        self.assertEqual(new_year.number, "C93/1406/01")
        self.assertEqual(eve.number, "C93/1405/01")

    def test_nothing_approved_changes(self):
        meeting = self._approved()
        attendance, item = meeting.attendance_ids[0], meeting.item_ids[0]
        resolution = meeting.resolution_ids
        changes = [
            (meeting, {"place": "Elsewhere"}),
            (meeting, {"presided_by_id": self.people["member"].id}),
            (meeting, {"item_ids": [Command.delete(item.id)]}),
            (attendance, {"status": "absent"}),
            (item, {"notes": "Rewritten"}),
            (resolution, {"text": "Rewritten"}),
            (resolution, {"due_on": "2030-01-01"}),
        ]
        for records, vals in changes:
            for user in ("secretary", "chair", "administrator"):
                with self.subTest(vals=vals, user=user), self.assertRaises(UserError):
                    self._as(user, records).write(vals)
        for records in (meeting, attendance, item, resolution):
            forced = records.with_context(_force_unlink=True, force_delete=True)
            with self.subTest(records), self.assertRaises(UserError):
                self._as("administrator", forced).unlink()
        with self.assertRaises(UserError):
            self._as("secretary", item).create(
                {"meeting_id": meeting.id, "name": "Late"}
            )

    def test_only_drafts_are_deleted(self):
        meeting = self._meeting()
        self.assertTrue(self._as("secretary", meeting).unlink())
        meeting = self._meeting()
        meeting.action_convene()
        with self.assertRaises(UserError):
            self._as("secretary", meeting).unlink()

    def test_adjourned_meeting_is_convened_again_with_a_fresh_list(self):
        meeting = self._meeting()
        meeting.action_start()
        meeting.attendance_ids[0].action_present()
        meeting.write({"state": "adjourned", "reason": "No quorum"})
        meeting.start_at = "2026-12-01 06:00:00"
        meeting.action_convene()
        self.assertEqual(set(meeting.attendance_ids.mapped("status")), {"invited"})
        self.assertFalse(meeting.reason)

    def test_body_of_a_convened_meeting_stays(self):
        meeting = self._meeting()
        meeting.action_convene()
        with self.assertRaisesRegex(UserError, "its body cannot change"):
            meeting.committee_id = self.other_body
