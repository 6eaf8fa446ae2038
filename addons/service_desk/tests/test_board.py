from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NOW, DeskCase


class BoardCase(DeskCase):
    """Figures are counted and read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.summary = cls.env["service.desk.summary"]
        cls.months = cls.env["service.desk.month"]

    def _count(self):
        with patch.object(self.env.registry["ir.cron"], "_commit_progress"):
            self.summary._cron_count()

    def _board(self, user=None, **options):
        board = self.summary.with_user(user or self.supervisor)
        return board.board_load(**options)

    def _cards(self, **options):
        return {card["key"]: card["count"] for card in self._board(**options)["cards"]}

    def _ready(self, request, days=0):
        with freeze_time(NOW + timedelta(days=days)):
            request.action_mark_ready()

    def _rate(self, *scores):
        for score in scores:
            request = self._make_request()
            self._ready(request)
            request._feedback()._rate({"score": score})
        self.env.flush_all()


@tagged("post_install", "-at_install")
class TestBoard(BoardCase):
    def test_the_cards_count_what_waits(self):
        self._make_request(complete=False)
        late = self._make_request()
        self.refer(late)
        returned = self.refer(self._make_request())
        returned.with_user(self.liaison).write(
            {"return_reason": "ناخوانا", "state": "returned"}
        )
        with freeze_time(NOW + timedelta(days=7)):
            self._count()
            cards = self._cards()
            self.assertEqual(cards["today"], 2, "promised for 8 Azar")
        with freeze_time(NOW + timedelta(days=9)):
            self._count()
            self._count()
            board = self._board()
        cards = {card["key"]: card["count"] for card in board["cards"]}
        self.assertEqual(
            (cards["overdue"], cards["incomplete"], cards["returned"]), (2, 1, 1)
        )
        self.assertEqual(board["units"][0]["count"], 2)
        self.assertFalse(board["is_stale"])

    def test_yesterday_stays_for_comparison(self):
        self._make_request()
        with freeze_time(NOW + timedelta(days=8)):
            self._count()
        self._make_request()
        with freeze_time(NOW + timedelta(days=9)):
            self._count()
            notes = [card["note"] for card in self._board()["cards"]]
        days = self.summary.search([]).mapped("day")
        self.assertEqual(len(set(days)), 2)
        self.assertIn("1", notes[0])

    def test_old_figures_say_so(self):
        self._make_request()
        self._count()
        with freeze_time(NOW + timedelta(minutes=30)):
            self.assertTrue(self._board()["is_stale"])
            self.assertFalse(self._board(fresh=True)["is_stale"])

    def test_the_board_of_one_desk(self):
        self._make_request(complete=False)
        self._count()
        self.assertEqual(self._cards(desk_id=self.desk.id)["incomplete"], 1)
        self.assertEqual(self._cards(desk_id=self.other_desk.id)["incomplete"], 0)

    def test_clerks_and_liaisons_have_no_board(self):
        for user in (self.clerk, self.liaison):
            with self.assertRaises(AccessError):
                self._board(user=user)
        self.assertTrue(self._board(user=self.observer)["cards"])
        with self.assertRaises(AccessError):
            self.summary.with_user(self.observer).board_remind(self.unit.id)

    def test_another_company_is_not_counted_in(self):
        self._make_request(complete=False)
        self._count()
        other = self.env["res.company"].create({"name": "Other"})
        self.supervisor.company_ids += other
        board = self.summary.with_user(self.supervisor).with_company(other)
        board = board.with_context(allowed_company_ids=other.ids).board_load()
        self.assertEqual([card["count"] for card in board["cards"]], [0] * 5)

    def test_a_unit_is_reminded_once_a_day(self):
        self._make_request()
        before = self.env["mail.message"].search_count([])
        board = self.summary.with_user(self.supervisor)
        first = board.board_remind(self.unit.id)
        self.assertTrue(first)
        self.assertEqual(board.board_remind(self.unit.id), first)
        sent = self.env["mail.message"].search([], limit=1)
        self.assertEqual(self.env["mail.message"].search_count([]), before + 1)
        self.assertEqual(sent.notified_partner_ids, self.liaison.partner_id)

    def test_one_late_file_is_one_in_english(self):
        board = self.summary.with_user(self.supervisor).with_context(lang="en_US")
        for words in ("A file of your unit is", "2 files of your unit are"):
            self._make_request()
            with freeze_time(NOW + timedelta(days=9)):
                self.unit.desk_reminded_at = False
                board.board_remind(self.unit.id)
            sent = self.env["mail.message"].search([], limit=1)
            self.assertIn(words, sent.body)

    def test_a_new_day_is_counted_before_it_is_shown(self):
        self._make_request()
        self._count()
        with freeze_time(NOW + timedelta(days=9)):
            cards = self._cards()
        self.assertEqual(cards["overdue"], 1)

    def test_the_month_is_read_as_it_was_counted(self):
        self._count()
        request = self._make_request()
        self._ready(request, 2)
        self.assertEqual(self._board()["month"]["median"], "—")
        month = self._board(fresh=True)["month"]
        self.assertEqual((month["on_time"], month["median"]), ("100%", "2 days"))

    def test_a_month_that_is_over_is_counted_once_more_and_stays(self):
        self._rate(3, 3, 3, 3, 3)
        for days, score in ((0, "—"), (30, "3.0 of 5")):
            with freeze_time(NOW + timedelta(days=days)):
                self._count()
                self.assertEqual(self._board()["month"]["score"], score)
        before = self.months.search([("desk_id", "=", False)], order="first")[0]
        counted = before.counted_at
        with freeze_time(NOW + timedelta(days=31)):
            self._count()
        self.env.invalidate_all()
        self.assertEqual(before.exists().counted_at, counted)

    def test_who_was_sent_inside_is_counted_at_his_own_desk(self):
        self.refer(
            self._make_request(),
            kind="person",
            coordinated_with="خانم راد",
            coordinated_at=NOW,
            reason="امضا",
        )
        self._count()
        sent = {
            month.desk_id: month.sent
            for month in self.months.search([("first", "=", "2026-11-22")])
        }
        self.assertEqual((sent[self.desk], sent[self.other_desk]), (1, 0))
        self.assertEqual(sent[self.env["service.desk"]], 1)

    def test_the_board_costs_the_same_with_many_requests(self):
        self._make_request()
        self._count()
        self._board()
        counts = []
        for _round in range(2):
            for _n in range(5):
                self._make_request()
            self._count()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._board()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
