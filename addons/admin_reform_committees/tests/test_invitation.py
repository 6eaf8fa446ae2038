import re
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.agency_base.tests.common import run_jobs

from .common import MeetingCase

PDF = (b"%PDF-1.4\n%EOF", "pdf")
NOW = "2026-11-22 05:00:00"
LETTER_TO_HAND_OVER = "admin_reform_committees.report_invitation_slip"


class InvitationCase(MeetingCase):
    def setUp(self):
        super().setUp()
        for seat in self.seats.values():
            person = seat.partner_id
            person.email = f"person{person.id}@example.com"
            person.phone = False
        render = patch.object(
            self.env.registry["ir.actions.report"],
            "_render_qweb_pdf",
            lambda *_args, **_options: PDF,
        )
        self.startPatcher(render)

    def _convened(self, **vals):
        meeting = self._meeting("2026-12-06 06:00:00", place="Hall 2", **vals)
        self._as("secretary", meeting).action_convene()
        return meeting

    def _tell(self, meeting, message="invited"):
        """Do what the job does, for one meeting."""
        return meeting._tell_invited(message)

    def _mails(self, meeting):
        body = meeting.committee_id.name
        return self.env["mail.mail"].search([("subject", "ilike", body)])

    def _seat_of(self, meeting, role):
        return meeting.attendance_ids.filtered(
            lambda seat: seat.partner_id == self.people[role]
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestInvitation(InvitationCase):
    def test_convening_only_queues_and_the_letter_is_numbered_when_it_goes(self):
        meeting = self._convened()
        self.assertFalse(self._mails(meeting))
        self.assertFalse(meeting.letter_number)
        jobs = self.env["agency.job"].search(
            [("model", "=", "reform.meeting"), ("state", "=", "pending")]
        )
        self.assertIn(meeting.ids, jobs.mapped("res_ids"))
        # who opens a meeting without having invited sends no letter: no gap
        at_once = self._meeting("2026-12-20 06:00:00")
        at_once.action_start()
        self.assertEqual(self._tell(at_once), 0)
        self._tell(meeting)
        self.assertEqual(meeting.letter_number, "C93/1405/L01")
        self.assertEqual(str(meeting.letter_date), "2026-11-22")
        # the secretariat's own number wins
        own = self._meeting("2026-12-13 06:00:00", letter_number="1405/312/44")
        own.action_convene()
        self._tell(own)
        self.assertEqual(own.letter_number, "1405/312/44")

    def test_everybody_gets_a_letter_an_agenda_and_a_calendar_file(self):
        meeting = self._convened()
        self.assertEqual(self._tell(meeting), 5)
        mails = self._mails(meeting)
        self.assertEqual(len(mails), 5)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        for mail in mails:
            self.assertEqual(len(mail.attachment_ids), 3)
            event = mail.attachment_ids.filtered(lambda f: f.name.endswith(".ics"))
            text = event.raw.decode()
            self.assertIn("DTSTART:20261206T060000Z", text)
            self.assertIn("METHOD:REQUEST", text)
        links = [
            re.search(r"/reform/invitation/([\w-]+)", mail.body_html)[1]
            for mail in mails
        ]
        self.assertEqual(len(set(links)), 5)
        # twice is once
        self.assertEqual(self._tell(meeting), 0)

    def test_a_late_guest_is_invited_and_nobody_else_again(self):
        meeting = self._convened()
        self._tell(meeting)
        self.env["reform.attendance"].create(
            {
                "meeting_id": meeting.id,
                "partner_id": self._partner("Expert").id,
                "role": "guest",
            }
        )
        self.assertEqual(self._tell(meeting), 1)

    def test_a_new_time_is_told_to_those_who_were_invited(self):
        meeting = self._convened()
        self._tell(meeting)
        before = self._mails(meeting)
        meeting.start_at = "2026-12-07 06:00:00"
        self.assertEqual(self._tell(meeting, "moved"), 5)
        mail = (self._mails(meeting) - before)[0]
        self.assertIn(b"20261207T060000Z", b"".join(mail.attachment_ids.mapped("raw")))
        self.assertEqual(self._tell(meeting, "moved"), 0)
        meeting.place = "Hall 9"
        self.assertEqual(self._tell(meeting, "moved"), 5)

    def test_a_cancelled_meeting_is_called_off_in_calendars(self):
        meeting = self._convened()
        self._tell(meeting)
        before = self._mails(meeting)
        meeting.write({"state": "cancelled", "reason": "The hall is flooded"})
        self.assertEqual(self._tell(meeting, "called_off"), 5)
        mail = (self._mails(meeting) - before)[0]
        self.assertIn("The hall is flooded", mail.body_html)
        self.assertIn(b"METHOD:CANCEL", mail.attachment_ids[0].raw)
        # an invitation that still waits in the queue is not sent any more
        self.assertEqual(self._tell(meeting), 0)

    def test_sms_goes_through_the_agency_queue_and_only_with_a_gateway(self):
        self.people["member"].phone = "+989121112233"
        meeting = self._convened()
        self._tell(meeting)
        waiting = [("number", "=", "+989121112233")]
        self.assertFalse(self.env["sms.sms"].search(waiting))
        self.env["agency.sms.gateway"].create(
            {"name": "Test", "company_id": self.company.id, "url": "https://sms.test/"}
        )
        again = self._meeting("2026-12-20 06:00:00")
        again.action_convene()
        self._tell(again)
        sms = self.env["sms.sms"].search(waiting)
        self.assertEqual(sms.state, "outgoing")
        self.assertIn("/reform/invitation/", sms.body)

    def test_the_job_finds_its_way(self):
        meeting = self._convened()
        self.registry_enter_test_mode()
        run_jobs(self.env)
        job = self.env["agency.job"].search([("model", "=", "reform.meeting")], limit=1)
        self.assertEqual((job.state, job.error or ""), ("done", ""))
        self.assertTrue(all(meeting.attendance_ids.mapped("invited_at")))

    def test_members_with_an_account_answer_for_themselves(self):
        meeting = self._convened()
        self._as("member", meeting).action_accept()
        seat = self._seat_of(meeting, "member")
        self.assertEqual(seat.status, "accepted")
        self._as("member", meeting).answer_invitation("declined", "", "خانم شاهمرادي")
        self.assertEqual(seat.status, "declined")
        self.assertEqual(seat.substitute_id.name, "خانم شاهمرادی")
        mine = self._as("member", meeting)
        self.assertIn("Declined, خانم شاهمرادی", mine.user_answer)
        self.assertFalse(self._as("secretary", meeting).user_answer)
        with self.assertRaisesRegex(UserError, "not invited"):
            self._as("reform_office", meeting).action_accept()
        meeting.action_start()
        with self.assertRaisesRegex(UserError, "not open any more"):
            self._as("member", meeting).action_accept()

    def test_answers_and_links_cannot_be_forged(self):
        meeting = self._convened()
        seat = self._seat_of(meeting, "secretary")
        secretary = seat.with_user(self.users["secretary"])
        for vals in (
            {"answered_at": "2026-11-21 05:00:00"},
            {"invitation_token": "guess"},
            {"invited_at": False},
            {"answer_note": "Gladly"},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                secretary.write(vals)
        seat._invitation_url()
        with self.assertRaises(AccessError):
            secretary.read(["invitation_token"])

    def test_whom_no_message_reaches_is_handed_his_link(self):
        person = self.seats["m1"].partner_id
        # a number alone reaches nobody where the agency sends no SMS
        person.write({"email": False, "phone": "+989120000000"})
        meeting = self._convened()
        seat = meeting.attendance_ids.filtered(lambda s: s.partner_id == person)
        mine = self._as("secretary", meeting)
        self.assertEqual(mine.unreached_note, person.name)
        self.assertFalse(self._as("member", meeting).unreached_note)
        action = self._as("secretary", seat).action_link()
        shown = self.env[action["res_model"]].browse(action["res_id"])
        url = shown.with_user(self.users["secretary"]).url
        self.assertEqual(url, seat._invitation_url())
        content = self._as("secretary", seat)._slip_content()
        self.assertEqual(
            (content["address"], content["answer_url"]), (person.name, url)
        )
        printed = shown.with_user(self.users["secretary"]).action_print()
        self.assertEqual(printed["report_name"], LETTER_TO_HAND_OVER)
        for stranger in (
            self.users["member"],
            self.users["observer"],
            self.other_secretary,
            self._other_company_user("secretary"),
        ):
            with self.subTest(stranger.name), self.assertRaises(AccessError):
                seat.with_user(stranger).action_link()
            with self.subTest(stranger.name), self.assertRaises(AccessError):
                self.env["reform.invitation.link"].with_user(stranger).create(
                    {"attendance_id": seat.id}
                ).read(["url"])
        seat._answer("declined")
        self.env.invalidate_all()
        self.assertFalse(mine.unreached_note, "he was reached")

    def test_a_joint_session_invites_whole_committees(self):
        person = self._partner("Member elsewhere")
        self._seat(self.other_body, "member", person)
        meeting = self.env["reform.meeting"].create(
            {"committee_id": self.council.id, "start_at": "2026-12-06 06:00:00"}
        )
        self.assertNotIn(person, meeting.attendance_ids.partner_id)
        meeting.joint_committee_ids = self.other_body + self.body
        self.assertIn(person, meeting.attendance_ids.partner_id)
        self.assertFalse(any(meeting.attendance_ids.mapped("is_voting")))
        meeting.joint_committee_ids = self.body
        self.assertNotIn(person, meeting.attendance_ids.partner_id)
        self.assertIn(self.people["member"], meeting.attendance_ids.partner_id)

    def test_the_form_says_what_speaks_against_the_time(self):
        meeting = self._meeting("2026-12-04 06:00:00")
        self.assertIn("Friday", meeting.time_note)
        meeting.start_at = "2026-12-06 06:00:00"
        self.assertFalse(meeting.time_note)
        self._seat(self.other_body, "member", self.people["member"])
        self.env["reform.meeting"].create(
            {"committee_id": self.other_body.id, "start_at": "2026-12-06 06:30:00"}
        )
        meeting.invalidate_recordset(["time_note"])
        self.assertIn(self.other_body.name, meeting.time_note)
        meeting.start_at = "2026-11-23 06:00:00"
        self.assertIn("notice", meeting.time_note)
