from odoo.tests import new_test_user

from odoo.addons.agency_base.tests.seal_common import use_own_keys

from .common import MeetingCase


class ResolutionCase(MeetingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = new_test_user(
            cls.env, "worker", name="The worker", groups="base.group_user"
        )

    def setUp(self):
        super().setUp()
        use_own_keys(self)

    def _adopted(self, **vals):
        meeting = self._held()
        meeting.resolution_ids.write(
            {"responsible_id": self.worker.partner_id.id} | vals
        )
        self._approve(meeting)
        self.env.invalidate_all()
        return meeting.resolution_ids

    def _communicated(self, **vals):
        resolution = self._adopted(**vals)
        self._as("secretary", resolution).action_communicate()
        return resolution

    def _evidence(self, resolution, user):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .sudo()
            .create(
                {
                    "name": "proof.pdf",
                    "raw": b"%PDF-1.4",
                    "res_model": "reform.resolution",
                    "res_id": resolution.id,
                }
            )
        )
