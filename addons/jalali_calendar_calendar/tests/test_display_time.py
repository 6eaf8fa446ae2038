from odoo.tests import tagged

from odoo.addons.jalali_calendar.tests.common import JalaliCase


@tagged("post_install", "-at_install")
class TestDisplayTime(JalaliCase):
    def _time(self, user, **values):
        event = self.env["calendar.event"].create({"name": "Meeting", **values})
        return self.as_user(event, user).display_time

    def test_meetings_tell_their_day_in_the_calendar_of_the_reader(self):
        hours = {"start": "2025-03-20 20:30:00", "stop": "2025-03-20 22:00:00"}
        text = self._time(self.fa_user, **hours)
        self.assertIn("۱۴۰۴/۰۱/۰۱", text)
        self.assertIn("۰۰:۰۰:۰۰", text)
        self.assertIn("Asia/Tehran", text)
        self.env["res.lang"]._lang_get("en_US").date_format = "%m/%d/%Y"
        self.assertIn("03/21/2025", self._time(self.en_user, **hours))

    def test_whole_and_several_days(self):
        day = {"start": "2025-11-22", "stop": "2025-11-22", "allday": True}
        self.assertIn("۱۴۰۴/۰۹/۰۱", self._time(self.fa_user, **day))
        days = {"start": "2025-03-19 08:00:00", "stop": "2025-03-21 10:00:00"}
        text = self._time(self.fa_user, **days)
        self.assertIn("۱۴۰۳/۱۲/۲۹", text)
        self.assertIn("۱۴۰۴/۰۱/۰۱", text)
        self.assertNotIn("2025", text)
