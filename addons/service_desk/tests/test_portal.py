from lxml import html

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.agency_base.tools import to_persian_digits

from ..controllers.portal import PER_PAGE
from ..tools import group_code
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

    def test_a_client_finds_a_request_in_a_long_list(self):
        user = new_test_user(self.env, "desk_client", groups="base.group_portal")
        user.lang = "fa_IR"
        permit = self._make_request(partner_id=user.partner_id.id)
        service = self._make_service(code="2", name="تمدید کارت بازرگانی")
        card = self._make_request(partner_id=user.partner_id.id, service_id=service.id)
        card.action_mark_ready()
        card.action_deliver()
        self.env.flush_all()
        self.authenticate("desk_client", "desk_client")
        grouped = to_persian_digits(group_code(card.tracking_code))
        for asked, wanted in (
            ({"search": "كارت بازرگاني"}, card),
            ({"search": grouped}, card),
            ({"search": card.tracking_code[:6]}, card),
            ({"search": "تحویل"}, card),
            ({"search": "پروانه ثبت"}, permit),
            ({"filterby": "open"}, permit),
            ({"filterby": "closed"}, card),
            ({"filterby": "closed", "search": "پروانه"}, self.env[card._name]),
            ({"search": "\0", "sortby": "x", "filterby": "x"}, permit | card),
            ({"sortby": "promised"}, permit | card),
        ):
            page = self.url_open("/my/requests", params=asked).text
            with self.subTest(asked=asked):
                for request in permit | card:
                    path = f"/my/requests/{request.tracking_code}"
                    self.assertEqual(path in page, request in wanted)
                self.assertEqual("دیدن همه" in page, not wanted)
                self.assertNotIn("هنوز درخواستی ندارید", page)

    def test_the_pages_of_a_long_list_are_numbered_in_the_readers_digits(self):
        user = new_test_user(self.env, "desk_client", groups="base.group_portal")
        for _n in range(PER_PAGE + 1):
            self._make_request(partner_id=user.partner_id.id)
        for lang, digits in (("fa_IR", "۱۲"), ("en_US", "12")):
            user.lang = lang
            self.env.flush_all()
            self.authenticate("desk_client", "desk_client")
            page = html.fromstring(self.url_open("/my/requests").content)
            pages = page.xpath("//ul[contains(@class, 'pagination')]//a/text()")
            self.assertEqual([text for text in pages if text.strip()], list(digits))

    def test_a_visitor_is_asked_to_log_in(self):
        code = self._make_request().tracking_code
        for path in ("/my/requests", f"/my/requests/{code}"):
            self.assertIn("/web/login", self.url_open(path).url)
