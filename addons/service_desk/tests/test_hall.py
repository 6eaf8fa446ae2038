from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import persian_words
from .common import NOW
from .test_replay import FORM
from .test_track_actions import PublicCase


@tagged("post_install", "-at_install")
class TestHall(PublicCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk.action_renew_hall()
        cls.desk.counter_ids = [Command.create({"number": 4})]
        cls.counter, cls.second = cls.desk.counter_ids.sorted("number")
        cls.tickets = cls.env["service.desk.ticket"].with_user(cls.clerk)

    def _draw(self, **vals):
        return self.env["service.desk.ticket"]._draw(self.desk, **vals)

    def _numbers(self, state):
        found = self.env["service.desk.ticket"].search([("state", "=", state)])
        return sorted(found.mapped("number"))

    def test_numbers_begin_with_one_each_day_and_desk(self):
        self.assertEqual([self._draw().number for _n in range(3)], [1, 2, 3])
        with freeze_time(NOW + timedelta(days=1)):
            self.assertEqual(self._draw().number, 1)

    def test_a_counter_calls_the_next_and_finishes_its_last(self):
        for _n in range(3):
            self._draw()
        self.assertEqual(
            self.tickets.queue_call(self.counter.id)["current"]["number"], 1
        )
        self.assertEqual(
            self.tickets.queue_call(self.second.id)["current"]["number"], 2
        )
        state = self.tickets.queue_call(self.counter.id)
        self.assertEqual(state["current"]["number"], 3)
        self.assertEqual((self._numbers("done"), state["waiting"]), ([1], 0))
        state = self.tickets.queue_call(self.counter.id)
        self.assertFalse(state["current"], "nobody is left; the last is finished")

    def test_elderly_and_disabled_come_first(self):
        for is_priority in (False, False, True):
            self._draw(is_priority=is_priority)
        state = self.tickets.queue_call(self.counter.id)
        self.assertEqual(state["current"]["number"], 3)

    def test_hold_no_show_and_calling_back(self):
        self._draw()
        self._draw()
        self.tickets.queue_call(self.counter.id)
        state = self.tickets.queue_settle(self.counter.id, 1, "hold")
        self.assertEqual([row["number"] for row in state["aside"]], [1])
        self.tickets.queue_call(self.counter.id)
        self.tickets.queue_settle(self.counter.id, 2, "no_show")
        state = self.tickets.queue_settle(self.counter.id, 1, "call")
        self.assertEqual(state["current"]["number"], 1)
        events = self.env["service.desk.ticket.event"].search([], order="id")
        kinds = [(event.ticket_id.number, event.kind) for event in events]
        self.assertEqual(
            kinds,
            [
                (1, "drawn"),
                (2, "drawn"),
                (1, "called"),
                (1, "hold"),
                (2, "called"),
                (2, "no_show"),
                (1, "called"),
            ],
        )
        with self.assertRaises(UserError):
            events[0].unlink()

    def test_waiting_and_serving_times_come_from_the_log(self):
        self._draw()
        with freeze_time(NOW + timedelta(minutes=8)):
            state = self.tickets.queue_call(self.counter.id)
            self.assertEqual(state["minutes"], 8)
        with freeze_time(NOW + timedelta(minutes=20)):
            self.tickets.queue_settle(self.counter.id, 1, "done")
        events = self.env["service.desk.ticket.event"].search([], order="id")
        moments = events.mapped("happened_at")
        self.assertEqual(moments[2] - moments[1], timedelta(minutes=12))

    def test_a_clerk_calls_at_his_own_counters_only(self):
        self._draw()
        other = self.env["service.desk.ticket"].with_user(self.other_clerk)
        for call in (
            lambda: other.queue_call(self.counter.id),
            lambda: other.queue_state(self.counter.id),
            lambda: other.queue_draw(self.counter.id),
            lambda: self.tickets.browse(self.tickets.search([]).ids).write(
                {"state": "done"}
            ),
        ):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(UserError):
            self.tickets.queue_settle(self.counter.id, 1, "done")
        self.tickets.queue_call(self.counter.id)
        with self.assertRaises(AccessError):
            self.tickets.queue_settle(self.second.id, 1, "hold")

    def test_the_reception_gives_numbers_where_the_desk_has_a_queue(self):
        self._draw()
        state = self.tickets.queue_draw(self.counter.id, is_priority=True)
        self.assertEqual((state["drawn"]["number"], state["waiting"]), (2, 2))
        first, second = state["line"]
        self.assertEqual((first["number"], first["is_priority"]), (2, True))
        self.assertEqual(second["number"], 1)
        drawn = self.env["service.desk.ticket"].search([("number", "=", 2)])
        self.assertEqual((drawn.channel, drawn.is_priority), ("reception", True))
        self.desk.has_queue = False
        with self.assertRaises(UserError):
            self.tickets.queue_draw(self.counter.id)

    def test_a_number_is_printed_with_the_way_to_follow_it(self):
        self._draw()
        number = self._draw()
        paper, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.clerk)
            ._render_qweb_html("service_desk.service_desk_ticket_report", number.ids)
        )
        self.assertIn("r-number", paper.decode())
        self.assertEqual(number._ahead(), 1)
        self.assertIn("data:image", paper.decode())
        self.assertNotIn(number.token, paper.decode())
        with self.assertRaises(AccessError):
            number.with_user(self.other_clerk)._number_values()

    def test_the_line_tells_how_long_each_has_waited(self):
        for minutes in (0, 4):
            with freeze_time(NOW + timedelta(minutes=minutes)):
                self._draw()
        with freeze_time(NOW + timedelta(minutes=6)):
            line = self.tickets.queue_state(self.counter.id)["line"]
        self.assertEqual([ticket["minutes"] for ticket in line], [6, 2])

    def test_numbers_are_spoken(self):
        self.assertEqual(persian_words(149), "صد و چهل و نه")

    # === Pages ===

    def _press(self, path, **fields):
        self.env.flush_all()
        form = FORM.search(self.url_open(path).text)[1]
        return self._send(path, form=form, **fields)

    def test_the_kiosk_gives_a_number_and_a_code_for_the_phone(self):
        path = f"/desk/kiosk/{self.desk.kiosk_token}"
        self.assertEqual(self.url_open(path).status_code, 200)
        page = self._press(path, priority="1")
        ticket = self.env["service.desk.ticket"].search([])
        self.assertEqual((ticket.number, ticket.is_priority), (1, True))
        self.assertIn("data:image/svg+xml", page.text)
        self._draw()
        late = self._draw()
        self.env.flush_all()
        turn = self.url_open(f"/desk/turn/{late.token}").text
        self.assertIn("<b>۲</b>", turn)
        self.tickets.queue_call(self.counter.id)
        self.env.flush_all()
        self.assertIn("۳", self.url_open(f"/desk/turn/{ticket.token}").text)

    def test_a_closed_desk_gives_no_number(self):
        path = f"/desk/kiosk/{self.desk.kiosk_token}"
        form = FORM.search(self.url_open(path).text)[1]
        with freeze_time(NOW + timedelta(hours=10)):
            pages = self.url_open(path).text, self._send(path, form=form).text
        for page in pages:
            self.assertIn("اکنون شماره داده نمی‌شود", page)
            self.assertIn("دوشنبه ۲ آذر ساعت ۷:۳۰ باز می‌شود", page)
            self.assertIn("ساعت کار: شنبه تا چهارشنبه", page)
            self.assertNotIn("<button", page.split("<main")[1].split("</main")[0])
            self.assertIn("data-again", page, "it wakes by itself")
        self.assertFalse(self.env["service.desk.ticket"].search([]))

    def test_the_display_shows_numbers_and_nobody(self):
        for _n in range(3):
            self._draw()
        self.tickets.queue_call(self.counter.id)
        self.env.flush_all()
        page = self.url_open(f"/desk/hall/{self.desk.hall_token}")
        self.assertEqual(page.status_code, 200)
        # The clock is the agency's, whatever the computer of the display thinks.
        self.assertIn('data-zone="Asia/Tehran"', page.text)
        before = self.env.cr.sql_log_count
        state = self.url_open(f"/desk/hall/{self.desk.hall_token}/state").json()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 12)
        self.assertEqual(state["called"][0]["number"], 1)
        self.assertEqual(state["called"][0]["spoken"], "شماره یک، باجه سه")
        self.assertEqual((state["next"], state["waiting"]), ([2, 3], 2))

    def test_a_display_left_on_overnight_tells_the_new_day_and_no_call(self):
        self._draw()
        self.tickets.queue_call(self.counter.id)
        self.env.flush_all()
        path = f"/desk/hall/{self.desk.hall_token}/state"
        first = self.url_open(path).json()
        with freeze_time(NOW + timedelta(days=1)):
            second = self.url_open(path).json()
        self.assertEqual((len(first["called"]), second["called"]), (1, []))
        self.assertTrue(first["day"] and second["day"])
        self.assertNotEqual(first["day"], second["day"])

    def test_a_holiday_is_named_where_the_desk_is_closed(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "عید غدیر",
                "calendar_id": self.calendar.id,
                "date_from": NOW - timedelta(hours=8),
                "date_to": NOW + timedelta(hours=8),
            }
        )
        kiosk, hall = self.desk.kiosk_token, self.desk.hall_token
        self.env.flush_all()
        said = "اکنون بسته است، عید غدیر؛ دوشنبه ۲ آذر ساعت ۷:۳۰ باز می‌شود"
        self.assertIn(said, self.url_open(f"/desk/kiosk/{kiosk}").text)
        self.assertEqual(
            self.url_open(f"/desk/hall/{hall}/state").json()["opens"], said
        )
        self.calendar.leave_ids.date_to = NOW + timedelta(days=40)
        self.env.flush_all()
        state = self.url_open(f"/desk/hall/{hall}/state").json()
        self.assertEqual(state["opens"], "اکنون بسته است، عید غدیر", "not silent")

    def test_one_who_waits_is_one_person_in_english(self):
        path = f"/desk/kiosk/{self.desk.kiosk_token}?lang=en_US"
        for words in ("</b> person waits.", "</b> people wait."):
            self._draw()
            self.env.flush_all()
            self.assertIn(words, self.url_open(path).text)

    def test_a_guessed_display_kiosk_or_turn_is_not_there(self):
        ticket = self._draw()
        self.env.flush_all()
        hall, kiosk = self.desk.hall_token, self.desk.kiosk_token
        paths = [
            "/desk/hall/x",
            "/desk/hall/x/state",
            "/desk/kiosk/x",
            "/desk/turn/x",
            f"/desk/hall/{kiosk}",
            f"/desk/kiosk/{hall}",
            f"/desk/turn/{ticket.token[:-1]}",
            f"/desk/hall/{'A' * 3000}",
        ]
        with mute_logger("odoo.http"):
            for path in paths:
                page = self.url_open(path)
                self.assertEqual(page.status_code, 404, path)
                # Said to the visitor, not by the server to a programmer.
                self.assertIn('<html lang="fa" dir="rtl">', page.text, path)
                self.assertIn('href="/desk/track"', page.text, path)
            self.desk.action_renew_hall()
            self.env.flush_all()
            self.assertEqual(self.url_open(f"/desk/hall/{hall}").status_code, 404)

    def test_another_company_shows_no_display_of_ours(self):
        path = f"/desk/hall/{self.desk.hall_token}/state"
        self.assertEqual(self.url_open(path).status_code, 200)
        self.company.desk_is_public = False
        self.env["res.company"].create({"name": "Other", "desk_is_public": True})
        self.env.flush_all()
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(path).status_code, 404)

    def test_without_its_token_or_too_large_no_number_is_drawn(self):
        path = f"/desk/kiosk/{self.desk.kiosk_token}"
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(path, data={"x": "1"}).status_code, 400)
            page = self._send(path, priority="x" * 10000)
            self.assertEqual(page.status_code, 413)
        self.assertFalse(self.env["service.desk.ticket"].search([]))

    def test_the_addresses_are_the_administrators(self):
        self.assertTrue(self.desk.with_user(self.administrator).hall_url)
        self.assertFalse(self.desk.with_user(self.clerk).hall_url)
        with self.assertRaises(AccessError):
            self.desk.with_user(self.clerk).action_renew_hall()
