from .common import MeetingCase


class MinutesCase(MeetingCase):
    """A meeting in session with one item; the clock is the test's to set."""

    def setUp(self):
        super().setUp()
        self.meeting = self._as("secretary", self._meeting())
        self.meeting.minutes_start()
        self.item = self.env["reform.agenda.item"].browse(
            self.meeting.minutes_add_item("E-services", "k1")
        )

    def _row(self, **changes):
        changes = {"text": ["", "Do it"]} | changes
        return self.meeting.minutes_save_row(self.item.id, False, changes, "row-1")
