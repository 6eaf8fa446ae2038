import base64
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.agency_base.tests.common import run_jobs
from odoo.addons.agency_base.tests.seal_common import use_own_keys
from odoo.addons.agency_base.tools import to_latin_digits

from .common import MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestMinutesApproval(MeetingCase):
    def setUp(self):
        super().setUp()
        use_own_keys(self)

    def _signature(self, meeting, role):
        return meeting.minutes_ids.signature_ids.filtered(
            lambda each: each.partner_id == self.users[role].partner_id
        ).with_user(self.users[role])

    def test_submitting_writes_the_text_down(self):
        meeting = self._submitted()
        minutes = meeting.minutes_ids
        self.assertEqual((minutes.state, minutes.version), ("submitted", 1))
        text = minutes._document()
        self.assertEqual(text["resolutions"][0]["text"], "Do it")
        self.assertFalse(text["number"])
        self.assertEqual(len(minutes.signature_ids), 5)

    def test_who_signs_and_who_approves_is_told_in_his_language(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.users["member"].lang, self.users["approver"].lang = "en_US", "fa_IR"
        self.registry_enter_test_mode()
        meeting = self._submitted()
        run_jobs(self.env)
        told = {
            message.partner_ids: message.body
            for message in self.env["mail.message"].search(
                [
                    ("model", "=", meeting._name),
                    ("res_id", "=", meeting.id),
                    ("message_type", "=", "user_notification"),
                ]
            )
        }
        self.assertIn("your signature", told[self.users["member"].partner_id])
        self.assertIn("تأیید شما", told[self.users["approver"].partner_id])
        self.assertNotIn(meeting.submitted_by_id.partner_id, told)

    def test_approval_numbers_and_seals_without_waiting_for_a_pdf(self):
        meeting = self._submitted()
        report = self.registry["ir.actions.report"]
        with patch.object(report, "_render_qweb_pdf", side_effect=AssertionError):
            self._as("approver", meeting).approve()
        minutes = meeting.minutes_ids
        self.assertEqual(minutes.number, "C93/1405/01")
        self.assertTrue(minutes.is_sealed)
        self.assertFalse(minutes.has_pdf)
        self.assertEqual(to_latin_digits(minutes._document()["number"]), "C93/1405/01")
        jobs = self.env["agency.job"].search([("model", "=", "agency.seal")])
        self.assertEqual(jobs[:1].res_ids, minutes.seal_id.ids)
        self.assertFalse(self.env["agency.seal"]._verify(self.company))

    def test_nobody_changes_what_is_sealed(self):
        meeting = self._submitted()
        self._as("approver", meeting).approve()
        minutes = meeting.minutes_ids
        for changed in ({"content": "{}"}, {"number": "X"}, {"directive": "No"}):
            with self.subTest(changed), self.assertRaises(UserError):
                minutes.sudo().write(changed)
            with self.subTest(changed), self.assertRaises(UserError):
                self._as("administrator", minutes).write(changed)
        for forced in (minutes, minutes.sudo()):
            with self.assertRaises(UserError):
                forced.with_context(_force_unlink=True).unlink()
        attach = self.env["ir.attachment"].sudo()
        with self.assertRaises(UserError):
            attach.create(
                {
                    "name": "x",
                    "raw": b"x",
                    "res_model": "agency.seal",
                    "res_id": minutes.seal_id.id,
                }
            )

    def test_directive_becomes_a_task_and_is_sealed(self):
        meeting = self._submitted()
        approver = self._as("approver", meeting)
        approver.approve("Report every two weeks", due_on="2026-12-06")
        activity = meeting.activity_ids
        self.assertEqual(activity.user_id, self.users["secretary"])
        self.assertEqual(str(activity.date_deadline), "2026-12-06")
        approval = meeting.minutes_ids._document()["approval"]
        self.assertEqual(approval["directive"], "Report every two weeks")
        with self.assertRaises(UserError):
            self._as("secretary", self._held()).write({"directive": "Mine"})

    def test_returned_minutes_lose_their_signatures(self):
        meeting = self._submitted()
        signature = self._signature(meeting, "chair")
        signature.sign("reform_chair")
        self._as("approver", meeting).give_back("Item 2 is unclear")
        self.assertEqual(meeting.minutes_ids.state, "draft")
        self.assertFalse(signature.signed_at)
        self._as("secretary", meeting).action_submit_minutes()
        self.assertEqual(len(meeting.minutes_ids), 1)

    def test_signing_asks_who_it_is(self):
        meeting = self._submitted()
        mine = self._signature(meeting, "member")
        with self.assertRaisesRegex(UserError, "not your password"):
            mine.sign("guess")
        mine.sign("reform_member")
        self.assertEqual(mine.digest, meeting.minutes_ids.digest)
        self.assertEqual(mine.signed_by_id, self.users["member"])
        with self.assertRaisesRegex(UserError, "signed already"):
            mine.sign("reform_member")
        chairs = self._signature(meeting, "chair").with_user(self.users["member"])
        with self.assertRaises(AccessError):
            chairs.sign("reform_member")

    def test_signatures_cannot_be_written_by_hand(self):
        meeting = self._submitted()
        mine = self._signature(meeting, "secretary")
        forged = {"kind": "electronic", "signed_at": "2026-11-22 05:00:00"}
        with self.assertRaises(AccessError):
            mine.write(forged | {"digest": "x"})

    def test_who_has_no_account_signs_on_paper(self):
        meeting = self._submitted()
        paper = meeting.minutes_ids.signature_ids.filtered(
            lambda each: each.partner_id.name == "Member 1"
        )
        scan = base64.b64encode(b"%PDF-1.4\n%EOF").decode()
        with self.assertRaises(AccessError):
            paper.with_user(self.users["member"]).sign_on_paper("scan.pdf", scan)
        secretary = paper.with_user(self.users["secretary"])
        with self.assertRaisesRegex(UserError, "PDF or a picture"):
            secretary.sign_on_paper("x.html", base64.b64encode(b"<html/>").decode())
        secretary.sign_on_paper("scan.pdf", scan)
        self._as("approver", meeting).approve()
        content = meeting.minutes_ids._document()
        self.assertEqual(sum(bool(line["note"]) for line in content["signatures"]), 1)
        self.assertEqual(content["annexes"], 1)

    def test_comments_are_for_those_who_were_there_and_for_some_days(self):
        meeting = self._submitted()
        comments = self.env["reform.minutes.comment"]
        vals = {"minutes_id": meeting.minutes_ids.id, "text": "Item 1 said more"}
        comment = comments.with_user(self.users["member"]).create(vals)
        self.assertEqual(comment.user_id, self.users["member"])
        with self.assertRaises(AccessError):
            comments.with_user(self.users["reform_office"]).create(vals)
        with self.assertRaises(UserError):
            comment.sudo().write({"text": "Nothing"})
        with freeze_time("2026-11-26 05:00:00"), self.assertRaises(UserError):
            comments.with_user(self.users["member"]).create(vals)

    def test_deputy_of_the_approver_approves_on_his_behalf(self):
        approver, deputy = self.users["approver"], self.users["member"]
        deputy.group_ids += self.env.ref("admin_reform_committees.group_approver")
        seat = self._seat(self.council, "chair", approver.partner_id)
        meeting = self._submitted()
        with self.assertRaises(AccessError):
            meeting.with_user(deputy).approve()
        self.env["reform.delegation"].create(
            {
                "membership_id": seat.id,
                "partner_id": deputy.partner_id.id,
                "scope": "sign",
                "decree_no": "1405/312",
                "begins_on": "2026-11-01",
            }
        )
        self.env.invalidate_all()
        meeting.with_user(deputy).approve()
        minutes = meeting.minutes_ids
        self.assertEqual(minutes.on_behalf_of_id, approver.partner_id)
        self.assertEqual(minutes._document()["approval"]["behalf"], approver.name)

    def test_amendment_is_a_new_version_with_the_same_number(self):
        meeting = self._submitted()
        self._as("approver", meeting).approve()
        first = meeting.minutes_ids
        sealed = first.content
        with self.assertRaises(AccessError):
            self._as("member", meeting)._amend("Why not")
        wizard = self.env["reform.meeting.reason"].with_user(self.users["secretary"])
        wizard.create(
            {
                "meeting_id": meeting.id,
                "target": "amended",
                "reason": "A name was wrong",
            }
        ).action_confirm()
        self.assertEqual((meeting.state, meeting.number), ("held", "C93/1405/01"))
        resolution = meeting.resolution_ids
        with self.assertRaises(UserError):
            self._as("secretary", resolution).text = "Rewritten"
        self._as("secretary", meeting.item_ids[0]).notes = "Corrected"
        self._as("secretary", meeting).action_submit_minutes()
        self._as("approver", meeting).approve()
        second = meeting.minutes_ids[0]
        self.assertEqual((second.version, second.number), (2, "C93/1405/01"))
        self.assertEqual(first.state, "superseded")
        self.assertEqual(first.content, sealed)
        self.assertEqual(second.seal_id.amends_id, first.seal_id)
        self.assertEqual(second._document()["reason"], "A name was wrong")
        self.assertEqual(resolution.number, "C93/1405/01-01")
        self.assertFalse(self.env["agency.seal"]._verify(self.company))

    def test_the_official_pdf_is_made_of_what_was_sealed(self):
        meeting = self._submitted()
        self.registry_enter_test_mode()
        draft, _type = (
            self.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf(
                "admin_reform_committees.report_minutes_draft", meeting.ids
            )
        )
        self.assertTrue(draft.startswith(b"%PDF"))
        self._as("approver", meeting).approve()
        run_jobs(self.env)
        job = self.env["agency.job"].search([("model", "=", "agency.seal")], limit=1)
        self.assertEqual((job.state, job.error), ("done", False))
        self.assertTrue(meeting.minutes_ids.has_pdf)
        self.assertFalse(self.env["agency.seal"]._verify(self.company))
