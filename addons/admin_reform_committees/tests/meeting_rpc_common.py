from odoo.addons.agency_base.tests.seal_common import use_own_keys

from .common import MeetingCase


class MeetingRpcCase(MeetingCase):
    """A meeting in session, and calls of its secretary."""

    def setUp(self):
        super().setUp()
        use_own_keys(self)
        self.meeting = self._meeting()
        self.meeting.action_start()
        self.meeting.attendance_ids.status = "present"
        self.item = self.env["reform.agenda.item"].create(
            {"meeting_id": self.meeting.id, "name": "Running"}
        )

    def _of(self, model, user=None, **defaults):
        context = {f"default_{name}": value for name, value in defaults.items()}
        user = user or self.users["secretary"]
        return self.env[model].with_user(user).with_context(**context)

    def _resolution(self, **vals):
        values = {"item_id": self.item.id, "text": "Do it"} | vals
        return self._of("reform.resolution").create(values)
