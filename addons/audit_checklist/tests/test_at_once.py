"""Two approvers at the same moment, on connections of their own: one approval."""

from odoo.tests import new_test_user, tagged

from odoo.addons.agency_base.tests.at_once import AtOnceCase

from .common import AuditWorld


@tagged("post_install", "-at_install")
class TestAtOnce(AuditWorld, AtOnceCase):
    @classmethod
    def _populate(cls):
        cls._make_world()
        cls.colleague = new_test_user(
            cls.env, "audit_colleague", groups="audit_checklist.group_observer"
        )
        cls.body.approver_ids += cls.colleague

    def test_a_body_approves_once_and_the_second_is_told_so(self):
        """He waits and reads our sentence, not Odoo's about a lock it cannot grab."""
        acts = [
            (user, self.version, lambda version: version.action_approve())
            for user in (self.approver, self.colleague)
        ]
        told = self._said(self._at_once(*acts))
        self.assertIn("You do not speak for a body", told)
        with self._own(self.version) as [version]:
            self.assertEqual(len(version.approval_ids), 1)
