from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.agency_base.tools import localize_digits

from .resolution_common import ResolutionCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestResolutionCourse(ResolutionCase):
    def test_manager_approves_in_part_or_returns(self):
        manager = self.users["approver"]
        self.body.resolution_approver_id = manager
        resolution = self._adopted(needs_approval=True)
        self.assertEqual(resolution.state, "awaiting_approval")
        with self.assertRaises(AccessError):
            self._as("secretary", resolution).approve()
        with self.assertRaisesRegex(UserError, "Say why"):
            resolution.with_user(manager).give_back(" ")
        resolution.with_user(manager).give_back("Too dear")
        self.assertEqual(resolution.return_reason, "Too dear")
        self._as("secretary", resolution).action_ask_approval()
        resolution.with_user(manager).approve("At once", "Do half of it")
        self.assertEqual(resolution.state, "communicated")
        self.assertEqual(resolution.approved_text, "Do half of it")
        self.assertEqual(resolution.text, "Do it")
        self.assertEqual(resolution.activity_ids.user_id, self.worker)

    def test_a_manager_named_after_the_draft_decides_on_it(self):
        meeting = self._held()
        self.assertFalse(meeting.resolution_ids.needs_approval)
        self.body.resolution_approver_id = self.users["approver"]
        self.assertTrue(meeting.resolution_ids.needs_approval)
        waiting = self._approve(meeting).resolution_ids
        self.assertEqual(waiting.state, "awaiting_approval")
        with self.assertRaisesRegex(UserError, "name another manager"):
            self.body.resolution_approver_id = False
        self.body.resolution_approver_id = self.users["chair"]
        self._as("chair", waiting).action_approve()
        self.assertEqual(waiting.approved_by_id, self.users["chair"])
        self.body.resolution_approver_id = False
        self.assertTrue(waiting.needs_approval, "as it was when it was adopted")

    def test_a_deputy_decides_on_resolutions_in_the_absence_of_the_manager(self):
        chair, deputy = self.users["chair"], self.users["member"]
        self.body.resolution_approver_id = chair
        resolution = self._adopted()
        with self.assertRaises(AccessError):
            resolution.with_user(deputy).action_approve()
        self.env["reform.delegation"].create(
            {
                "membership_id": self.seats["chair"].id,
                "partner_id": deputy.partner_id.id,
                "scope": "sign",
                "decree_no": "12/3",
                "begins_on": "2026-11-20",
                "ends_on": "2026-11-30",
            }
        )
        with freeze_time("2026-12-01 05:00:00"), self.assertRaises(AccessError):
            resolution.with_user(deputy).action_approve()
        resolution.with_user(deputy).action_approve()
        self.assertEqual(resolution.approved_by_id, deputy)
        self.assertEqual(resolution.approved_for_id, chair.partner_id)

    def test_old_dates_are_kept(self):
        resolution = self._communicated()
        mine = resolution.with_user(self.worker)
        mine.ask_extension("+30", "The supplier is late")
        self.assertEqual(str(resolution.due_on), "2026-12-22")
        with self.assertRaises(AccessError):
            mine.decide_extension(True)
        with self.assertRaisesRegex(UserError, "Say why"):
            self._as("secretary", resolution).decide_extension(False)
        self._as("secretary", resolution).decide_extension(True)
        self.assertEqual(str(resolution.due_on), "2027-01-21")
        self.assertEqual(str(resolution.first_due_on), "2026-12-22")
        self.assertEqual(str(resolution.extension_ids.old_due_on), "2026-12-22")

    def test_who_asks_for_more_time_does_not_grant_it(self):
        resolution = self._communicated()
        asking = self._as("secretary", resolution)
        asking.ask_extension("+30", "The supplier is late")
        self.assertTrue(asking.extension_is_asked)
        self.assertFalse(asking.user_grants)
        for granted in (True, False):
            with self.assertRaisesRegex(AccessError, "second person"):
                asking.decide_extension(granted, "I think so")
        chair = self._as("chair", resolution)
        self.assertTrue(chair.user_grants)
        chair.decide_extension(True)
        self.assertEqual(str(resolution.due_on), "2027-01-21")
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            resolution.extension_ids.sudo().decided_by_id = self.users["secretary"]
            self.env.flush_all()

    def test_reminders_come_once_and_delays_reach_the_chair(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.company.partner_id.lang = self.users["chair"].lang = "fa_IR"
        resolution = self._communicated()
        resolution.responsible_id.lang = "en_US"
        self.startPatcher(patch.object(type(self.env["ir.cron"]), "_commit_progress"))
        cron = self.env["reform.resolution"]
        with freeze_time("2026-12-18 05:00:00"):
            cron._cron_remind()
            cron._cron_remind()
        kinds = resolution.update_ids.mapped("kind")
        self.assertEqual(kinds.count("reminder"), 1)
        # The course speaks the agency's language, the mail that of its reader.
        note = resolution.update_ids.filtered(lambda each: each.kind == "reminder").note
        self.assertRegex(note, "^مهلت: ۱۴۰۵/")
        mail = self.env["mail.message"].search(
            [
                ("model", "=", resolution._name),
                ("res_id", "=", resolution.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertEqual(mail.partner_ids, resolution.responsible_id)
        self.assertIn("Deadline: 2026", mail.subject)
        with freeze_time("2027-01-05 05:00:00"):
            cron._cron_remind()
            cron._cron_remind()
        self.assertEqual(resolution.update_ids.mapped("kind").count("escalation"), 1)
        late = resolution.activity_ids.filtered(
            lambda activity: activity.user_id == self.users["chair"]
        )
        self.assertIn("معوق", late.summary)

    def test_recommendation_goes_up_and_its_answer_comes_down(self):
        meeting = self._held()
        meeting.resolution_ids.kind = "referral_up"
        council = self.env["reform.meeting"].create(
            {"committee_id": self.council.id, "start_at": "2026-12-01 06:00:00"}
        )
        self._approve(meeting)
        resolution = meeting.resolution_ids
        item = council.item_ids.filtered("resolution_id")
        self.assertEqual(item.resolution_id, resolution)
        self.assertIn(self.body.name, item.explanation)
        self.assertIn(resolution.number, item.explanation)
        desk = self._as("secretary", self.env["reform.desk"])
        self.assertNotIn(
            ("communicate", resolution.id),
            [(entry["kind"], entry["id"]) for entry in desk.desk_open()["entries"]],
        )
        council.action_start()
        council.attendance_ids.write({"status": "present"})
        council.item_ids.outcome = "noted"
        item.write({"outcome": "approved", "notes": "Money was found"})
        council.presided_by_id = self.people["chair"]
        council._set_stamps({"state": "minutes_review", "quorum_rule": "none"})
        council.with_context(lang="fa_IR").action_approve()
        self.assertIn("Money was found", resolution.answer)
        self.assertIn(localize_digits(council.number, "fa_IR"), resolution.answer)
        [entry] = [
            entry
            for entry in desk.desk_open()["entries"]
            if (entry["kind"], entry["id"]) == ("communicate", resolution.id)
        ]
        self.assertIn("Money was found", entry["sub"])

    def test_replaced_and_revoked_with_a_reason(self):
        first, second = self._communicated(), self._communicated()
        secretary = self._as("secretary", first)
        with self.assertRaisesRegex(UserError, "Say why"):
            secretary.supersede(second.id, "")
        self.assertTrue(first.activity_ids)
        # the list to choose from says more than numbers
        (offered,) = (
            self.env["reform.resolution"]
            .with_user(self.users["secretary"])
            .web_name_search("", {"display_name": {}}, [("id", "=", second.id)])
        )
        self.assertEqual(offered["display_name"], second.number)
        self.assertEqual(
            offered["__formatted_display_name"], f"{second.number}\n{second.text}"
        )
        secretary.supersede(second.id, "Said twice")
        self.assertEqual(first.superseded_by_id, second)
        self.assertFalse(first.activity_ids, "it is a task of nobody any more")
        with self.assertRaises(AccessError):
            self._as("secretary", second).revoke("No money")
        # buttons are shown to those whose act is taken
        for user, runs, revokes in (
            (self.users["secretary"], True, False),
            (self.other_secretary, False, False),
            (self.worker, False, False),
            (self.users["approver"], False, True),
            (self.users["reform_office"], False, True),
        ):
            mine = second.with_user(user)
            self.assertEqual((mine.user_runs, mine.user_revokes), (runs, revokes))
        self.assertTrue(second.activity_ids)
        self._as("approver", second).revoke("No money")
        self.assertEqual(second.state, "revoked")
        self.assertFalse(second.activity_ids)
