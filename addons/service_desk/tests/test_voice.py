from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.agency_base.tools import to_latin_digits

from ..controllers import voice
from .common import NOW
from .test_notice import VoiceCase
from .test_replay import FORM


@tagged("post_install", "-at_install")
class TestRating(VoiceCase):
    def setUp(self):
        super().setUp()
        self._gateway()
        self.request = self._delivered()
        self._queue()
        self.feedback = self.env["service.desk.feedback"].search(
            [("request_id", "=", self.request.id)]
        )
        self.path = f"/desk/rate/{self.feedback.token}"

    def _rate(self, **answers):
        self.env.flush_all()
        return self._send(self.path, **answers)

    def test_the_link_is_in_the_message_of_the_delivery(self):
        notices = self.request.notice_ids.filtered(lambda n: n.kind == "delivered")
        sms = self.env["sms.sms"].search([("uuid", "=", notices.sudo().sms_uuid)])
        self.assertIn(self.path, sms.body)

    def test_a_client_rates_once_without_a_log_in(self):
        self.assertIn('name="score"', self.url_open(self.path).text)
        self._rate(
            score="4", was_on_time="yes", inside="yes", visits="۲", comment="خوب"
        )
        page = self._rate(score="1")
        self.assertNotIn('name="score"', page.text)
        self.assertEqual(self.feedback.score, 4)
        self.assertEqual(self.feedback.visits_told, 2)
        self.assertEqual(self.feedback.sent_inside, "yes")
        self.assertEqual(self.feedback.comment, "خوب")
        self.assertEqual(self.feedback.rated_at, NOW)

    def test_a_second_rating_is_told_and_gives_back_what_was_typed(self):
        first = {"score": "4", "comment": "خوب بود"}
        self._rate(**first)
        again = self._rate(**first)
        self.assertNotIn("d-alert", again.text, "the same page, sent twice")
        other = self._rate(score="1", comment="صف طولانی بود")
        self.assertIn("d-alert-warn", other.text)
        self.assertIn("صف طولانی بود</textarea>", other.text)
        form = FORM.search(other.text)[1]
        self._send("/desk/opinion", form=form, text="صف طولانی بود")
        opinion = self.env["service.desk.opinion"].search([])
        self.assertEqual(opinion.text, "صف طولانی بود")
        self.assertEqual((self.feedback.score, self.feedback.comment), (4, "خوب بود"))
        only_mark = self._rate(score="1")
        self.assertIn("d-alert-warn", only_mark.text)
        self.assertNotIn("<textarea", only_mark.text)

    def test_a_rating_without_a_mark_keeps_what_was_typed(self):
        page = self._rate(score="", visits="3", comment="بی امتیاز")
        self.assertIn("بی امتیاز</textarea>", page.text)
        self.assertIn('value="3"', page.text)

    def test_what_is_no_mark_is_refused(self):
        for score in ("", "0", "6", "10", "x", "4.5"):
            page = self._rate(score=score)
            self.assertIn("d-alert-error", page.text, score)
        self.assertFalse(self.feedback.rated_at)

    def test_a_guessed_link_is_not_there(self):
        with mute_logger("odoo.http"):
            for token in ("x", "A" * 16, "A" * 5000, self.feedback.token[:-1]):
                page = self.url_open(f"/desk/rate/{token}")
                self.assertEqual(page.status_code, 404)
            self.company.desk_is_public = False
            other = self.env["res.company"].create(
                {"name": "Other", "desk_is_public": True}
            )
            self.env.flush_all()
            self.assertTrue(other)
            self.assertEqual(self.url_open(self.path).status_code, 404)

    def test_without_its_token_or_too_large_no_rating_is_taken(self):
        with mute_logger("odoo.http"):
            page = self.url_open(self.path, data={"score": "5"})
            self.assertEqual(page.status_code, 400)
            page = self._rate(score="5", comment="x" * 50000)
            self.assertEqual(page.status_code, 413)
        self.assertFalse(self.feedback.rated_at)

    def test_a_clerk_does_not_read_his_ratings(self):
        self._rate(score="1")
        for user in (self.clerk, self.liaison):
            with self.assertRaises(AccessError):
                self.feedback.with_user(user).read(["score"])
            with self.assertRaises(AccessError):
                self.request.with_user(user).read(["feedback_ids"])
        self.assertEqual(self.feedback.with_user(self.supervisor).score, 1)


@tagged("post_install", "-at_install")
class TestOpinion(VoiceCase):
    def _write(self, **fields):
        form = FORM.search(self.url_open("/desk/opinion").text)[1]
        return self._send("/desk/opinion", form=form, **fields)

    def _opinions(self):
        return self.env["service.desk.opinion"].search([])

    def test_anybody_writes_and_is_answered_by_sms(self):
        self._gateway()
        page = self._write(text="صف طولاني", kind="complaint", mobile="09350000011")
        opinion = self._opinions()
        self.assertEqual((opinion.kind, opinion.state), ("complaint", "new"))
        self.assertEqual(opinion.text, "صف طولانی")
        shown = opinion.with_context(lang="fa_IR").display_name
        self.assertEqual(to_latin_digits(shown), opinion.reference)
        self.assertNotIn(opinion.reference, shown, "in the digits of its reader")
        self.assertEqual(page.status_code, 200)
        as_supervisor = opinion.with_user(self.supervisor)
        with self.assertRaises(UserError):
            as_supervisor.action_answer()
        as_supervisor.answer = "باجه دوم باز شد."
        as_supervisor.action_answer()
        self.assertEqual(opinion.state, "answered")
        sms = self.env["sms.sms"].search([("number", "=", "+989350000011")])
        self.assertEqual(sms.body, "باجه دوم باز شد.")
        with self.assertRaises(UserError):
            as_supervisor.answer = "دیگر"
        with self.assertRaises(UserError):
            as_supervisor.write({"state": "new"})

    def test_what_a_client_wrote_stays_as_he_wrote_it(self):
        self._write(text="صف طولانی", kind="complaint", mobile="09350000011")
        opinion = self._opinions().with_user(self.supervisor)
        for forged in (
            {"text": "خوب بود"},
            {"mobile": "09120000000"},
            {"channel": "sms"},
            {"is_redacted": True},
            {"received_at": "2020-01-01"},
        ):
            with self.subTest(forged), self.assertRaises(UserError):
                opinion.write(forged)
        opinion.write({"kind": "suggestion", "user_id": self.supervisor.id})

    def test_empty_or_wrong_is_told_and_kept_on_the_page(self):
        page = self._write(text=" ")
        self.assertIn("d-alert-error", page.text)
        page = self._write(text="سلام", mobile="123")
        self.assertIn("سلام", page.text)
        page = self._write(text="سلام", kind="<x>")
        self.assertEqual(self._opinions().kind, "suggestion")

    def test_one_network_writes_so_often(self):
        with patch.object(voice, "ADDRESS_LIMIT", (2, 3600)):
            answers = [self._write(text="نظر").status_code for _n in range(3)]
        self.assertEqual(answers, [200, 200, 429])
        self.assertEqual(len(self._opinions()), 2)

    def test_without_its_token_or_too_large_nothing_is_kept(self):
        with mute_logger("odoo.http"):
            page = self.url_open("/desk/opinion", data={"text": "x"})
            self.assertEqual(page.status_code, 400)
            page = self._write(text="x" * 50000)
            self.assertEqual(page.status_code, 413)
        self.assertFalse(self._opinions())

    # === By SMS ===

    def _text(self, text, number="09121234318"):
        gateway = self.env["agency.sms.gateway"]._for_company(self.company)
        inbound = self.env["agency.sms.inbound"]._receive(
            gateway or self._gateway(), number, text
        )
        reply = self.env["sms.sms"].search([], limit=1, order="id desc")
        return inbound, reply.body or ""

    def test_an_opinion_by_sms_lies_in_the_box(self):
        inbound, _reply = self._text("شکایت باجه بسته بود")
        opinion = self._opinions()
        self.assertEqual(
            (opinion.kind, opinion.channel, opinion.text),
            ("complaint", "sms", "باجه بسته بود"),
        )
        self.assertEqual(inbound.state, "handled")

    def test_the_state_is_told_to_the_number_of_the_request(self):
        code = self._make_request().tracking_code
        _inbound, reply = self._text(f"پیگیری {code}")
        self.assertIn("صدور پروانه", reply)
        _inbound, reply = self._text(f"پیگیری {code}", number="09350000000")
        self.assertNotIn("صدور پروانه", reply)
        _inbound, absent = self._text("پیگیری 0000000000", number="09350000000")
        self.assertEqual(reply, absent)

    def test_the_supervisor_gives_an_unknown_text_to_a_desk_and_answers(self):
        self._gateway()
        inbound, _reply = self._text("سلام، کجا بیایم؟")
        self.assertFalse(inbound.keyword or inbound.desk_id)
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self.env["service.desk"].create({"name": "F", "company_id": other.id})
        own = inbound.with_user(self.supervisor)
        own.write({"desk_id": self.desk.id, "answer": "باجه ۳"})
        with self.assertRaises(UserError):
            own.desk_id = foreign.sudo()
        with self.assertRaises(UserError):
            own.text = "forged"
        with self.assertRaises(AccessError):
            inbound.with_user(self.clerk).read(["text"])
        own.action_answer()
        sms = self.env["sms.sms"].search([], limit=1, order="id desc")
        self.assertEqual((sms.number, sms.body), ("+989121234318", "باجه ۳"))
        self.assertEqual(
            (inbound.state, inbound.desk_id, inbound.user_id),
            ("answered", self.desk, self.supervisor),
        )

    def test_a_mark_by_sms_counts_once(self):
        request = self._delivered()
        self._text(f"امتیاز {request.tracking_code} ۵")
        self._text(f"امتیاز {request.tracking_code} 1")
        self._text(f"امتیاز {request.tracking_code} 2", number="09350000000")
        feedback = self.env["service.desk.feedback"].search(
            [("request_id", "=", request.id)]
        )
        self.assertEqual((feedback.score, feedback.channel), (5, "sms"))
