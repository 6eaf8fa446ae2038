from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import AuditCase


@tagged("post_install", "-at_install")
class TestApproval(AuditCase):
    """Both bodies approve a version as it stands, or it is not published."""

    def test_publication_waits_for_every_body(self):
        with self.assertRaisesRegex(UserError, "Auditors"):
            self.version.with_user(self.officer).action_publish()
        self.assertEqual(self.version.state, "draft")
        self._publish()
        self.assertEqual(self.version.state, "published")
        self.assertEqual(self.version.published_by_id, self.officer)
        self.assertTrue(self.version.published_on)
        self.assertEqual(len(self.version.content_hash), 64)

    def test_only_who_speaks_for_a_body_approves(self):
        for role, user in self.users.items():
            with self.subTest(role), self.assertRaises(AccessError):
                self.version.with_user(user).action_approve()
        self.assertFalse(self.version.approval_ids)

    def test_approving_twice_is_refused(self):
        self.version.with_user(self.approver).action_approve()
        with self.assertRaises(AccessError):
            self.version.with_user(self.approver).action_approve()

    def test_any_change_withdraws_approvals(self):
        other = self.env.ref("audit_checklist.audit_response_set_yes_no")
        condition = self._depend(self.third, self.first, "yes")
        changes = {
            "item": lambda: self.first.write({"weight": 2}),
            "section": lambda: self.section.write({"weight": 50}),
            "version": lambda: self.version.write({"critical_cap": 40}),
            "new item": lambda: self._create_item(self.section, code="A9"),
            "condition": lambda: condition.write({"option_ids": [Command.clear()]}),
            "phrase": lambda: self.first.write(
                {"comment_phrase_ids": [Command.create({"name": "Dirty"})]}
            ),
            "response set": lambda: self.yes_part_no.write({"name": "Y / P / N"}),
            "response set chosen": lambda: self.second.write(
                {"response_set_id": other.id}
            ),
            "translation": lambda: self.first.update_field_translations(
                "name", {"en_US": "Another text"}
            ),
            "removal": lambda: self.second.unlink(),
        }
        for name, change in changes.items():
            with self.subTest(name):
                self.version.with_user(self.approver).action_approve()
                self.assertFalse(self.version.pending_body_ids)
                change()
                self.assertEqual(self.version.pending_body_ids, self.body)

    def test_talk_does_not_withdraw_approvals(self):
        self.version.with_user(self.approver).action_approve()
        self.version.message_post(body="Well done")
        self.version.activity_schedule("mail.mail_activity_data_todo")
        self.assertFalse(self.version.pending_body_ids)

    def test_asking_for_approval_tells_the_approvers(self):
        self.version.with_user(self.officer).action_request_approval()
        self.assertEqual(self.version.activity_ids.user_id, self.approver)
        self.version.with_user(self.approver).action_approve()
        self.assertFalse(self.version.activity_ids)

    def test_asking_where_nobody_could_approve_names_the_body(self):
        self.body.approver_ids = False
        with self.assertRaisesRegex(UserError, self.body.name):
            self.version.with_user(self.officer).action_request_approval()
        self.assertFalse(self.version.activity_ids)

    def test_a_body_no_longer_asked_no_longer_approves(self):
        self.version.with_user(self.approver).action_approve()
        self.checklist.body_ids = False
        self.assertFalse(self.version.approval_ids)

    def test_a_body_that_approved_is_kept(self):
        self.version.with_user(self.approver).action_approve()
        with self.assertRaisesRegex(UserError, "Auditors"):
            self.body.unlink()

    def test_approvals_are_given_once(self):
        self.version.with_user(self.approver).action_approve()
        with self.assertRaises(UserError):
            self.version.approval_ids.write({"user_id": self.officer.id})
        self.version.with_user(self.officer).action_publish()
        with self.assertRaises(UserError):
            self.version.approval_ids.unlink()
