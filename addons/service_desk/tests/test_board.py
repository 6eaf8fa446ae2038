from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NOW, DeskCase


@tagged("post_install", "-at_install")
class TestBoard(DeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.summary = cls.env["service.desk.summary"]

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

    # === Month and reports ===

    def test_the_figures_of_a_month(self):
        kept, broken = self._make_request(), self._make_request()
        self._ready(kept, 2)
        self._ready(broken, 20)
        figures = self.summary._month_figures(self.company, NOW.date())
        self.assertEqual((figures["registered"], figures["finished"]), (2, 2))
        self.assertEqual((figures["on_time"], figures["broken"]), (50, 1))
        self.assertAlmostEqual(float(figures["median_days"]), 11, places=1)
        self.assertIsNone(figures["score"])
        before = self.summary._month_figures(
            self.company, figures["first"] - timedelta(days=1)
        )
        self.assertEqual(before["registered"], 0)

    def test_satisfaction_needs_five_answers(self):
        for count in range(5):
            request = self._make_request()
            self._ready(request)
            request._feedback()._rate({"score": 4})
            figures = self.summary._month_figures(self.company, NOW.date())
            self.assertEqual(figures["score"] is None, count < 4)
            shown = self.env["service.desk.rating.report"].with_user(self.clerk)
            self.env.flush_all()
            self.assertEqual(bool(shown.search([])), count == 4)
        rating = shown.search([])
        self.assertEqual((rating.user_id, rating.answers), (self.clerk, 5))
        other = self.env["service.desk.rating.report"].with_user(self.other_clerk)
        self.assertFalse(other.search([]))

    def test_the_report_takes_medians_and_shares(self):
        for days in (1, 2, 20):
            self._ready(self._make_request(), days)
        report = self.env["service.desk.report"].with_user(self.supervisor)
        self.env.flush_all()
        [[unit, count, median, share, broken]] = report._read_group(
            [],
            ["department_id"],
            ["__count", "days_median:avg", "on_time:avg", "broken:sum"],
        )
        self.assertEqual((unit, count, broken), (self.unit, 3, 1))
        self.assertAlmostEqual(median, 2, places=1)
        self.assertAlmostEqual(share, 66.67, places=1)
        with self.assertRaises(AccessError):
            self.env["service.desk.report"].with_user(self.clerk).search([])

    def test_what_clients_tell_is_compared_with_what_was_recorded(self):
        told, recorded = self._make_request(), self._make_request()
        self.refer(
            recorded,
            kind="person",
            coordinated_with="راستگو",
            coordinated_at=NOW,
            reason="اثر انگشت",
        )
        for request in (told, recorded):
            request._answer_sent_inside("yes", self.unit.name)
        self.env.flush_all()
        report = self.env["service.desk.sending.report"].with_user(self.supervisor)
        groups = report._read_group(
            [], ["department_id"], ["recorded:sum", "told:sum", "hidden:sum"]
        )
        self.assertEqual(groups, [(self.unit, 1, 2, 1)])

    def test_the_month_is_printed_with_its_charts(self):
        self._ready(self._make_request())
        wizard = self.env["service.desk.monthly"].with_user(self.supervisor).create({})
        values = wizard._paper_values()
        self.assertIn("<svg", values["volume"])
        self.assertEqual(len(values["units"]), 1)
        reports = self.env["ir.actions.report"].with_user(self.supervisor)
        html = reports._render_qweb_html("service_desk.report_monthly", wizard.ids)[0]
        self.assertIn(b"<svg", html)
        with self.assertRaises(AccessError):
            self.env["service.desk.monthly"].with_user(self.clerk).create({})

    # === Retention ===

    def test_after_its_period_a_request_keeps_figures_only(self):
        request = self._make_request(subject="محرمانه")
        self._ready(request)
        request.action_deliver()
        rule = self.env.ref("service_desk.agency_retention_service_desk_request")
        with freeze_time(NOW + timedelta(days=59 * 30)):
            self.assertNotIn(request, rule._due())
        with freeze_time(NOW + timedelta(days=62 * 31)):
            self.assertIn(request, rule._due())
            rule._due()._retention_redact()
            self.assertNotIn(request, rule._due())
        request = request.sudo()
        self.assertEqual(request.client_name, "—")
        for name in ("mobile", "subject", "identifier_clear", "national_id"):
            self.assertFalse(request[name], name)
        self.assertNotEqual(request.partner_id, self.partner)
        self.assertEqual(request.promise_kept, "kept")
        self.assertTrue(fields.Datetime.to_datetime(request.date_closed))
