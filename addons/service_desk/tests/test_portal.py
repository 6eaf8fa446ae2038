from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .test_notice import VoiceCase


@tagged("post_install", "-at_install")
class TestMyRequests(VoiceCase):
    def test_a_client_sees_his_own_and_no_other(self):
        user = new_test_user(self.env, "desk_client", groups="base.group_portal")
        stranger = new_test_user(self.env, "desk_visitor", groups="base.group_portal")
        self.partner = user.partner_id
        mine = self._make_request(partner_id=user.partner_id.id)
        draft = self._make_request(register=False, partner_id=user.partner_id.id)
        theirs = self._make_request(partner_id=stranger.partner_id.id)
        self.env.flush_all()
        self.authenticate("desk_client", "desk_client")
        page = self.url_open("/my/requests").text
        self.assertIn(f"/my/requests/{mine.tracking_code}", page)
        for other in (draft, theirs):
            self.assertNotIn(other.tracking_code, page)
            with mute_logger("odoo.http"):
                answer = self.url_open(f"/my/requests/{other.tracking_code}")
            self.assertEqual(answer.status_code, 404)
        shown = self.url_open(f"/my/requests/{mine.tracking_code}").text
        self.assertIn("d-steps", shown)
        self.assertIn('href="/my/requests"', shown, "the way back")
        self.assertNotIn('href="/my/requests"', self._enter(theirs).text)

    def test_a_visitor_is_asked_to_log_in(self):
        code = self._make_request().tracking_code
        for path in ("/my/requests", f"/my/requests/{code}"):
            self.assertIn("/web/login", self.url_open(path).url)
