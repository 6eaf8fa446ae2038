from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW, DeskCase


@tagged("post_install", "-at_install")
class TestBoard(DeskCase):
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

    # === Month and reports ===

    def test_the_figures_of_a_month(self):
        kept, broken = self._make_request(), self._make_request()
        self._ready(kept, 2)
        self._ready(broken, 20)
        figures = self.months._figures(self.company, NOW.date())
        self.assertEqual((figures["registered"], figures["finished"]), (2, 2))
        self.assertEqual((figures["on_time"], figures["broken"]), (50, 1))
        self.assertAlmostEqual(float(figures["median_days"]), 11, places=1)
        self.assertIsNone(figures["score"])
        before = self.months._figures(
            self.company, figures["first"] - timedelta(days=1)
        )
        self.assertEqual(before["registered"], 0)

    def _rate(self, *scores):
        for score in scores:
            request = self._make_request()
            self._ready(request)
            request._feedback()._rate({"score": score})
        self.env.flush_all()

    def _summed_up(self, user, days=0):
        with freeze_time(NOW + timedelta(days=days)):
            report = self.env["service.desk.rating.report"].with_user(user)
            return report.search_read([], ["user_id", "answers"])

    def test_satisfaction_needs_five_answers(self):
        for count in range(5):
            self._rate(4)
            figures = self.months._figures(self.company, NOW.date())
            self.assertEqual(figures["score"] is None, count < 4)
            self.assertEqual(bool(self._summed_up(self.clerk, 30)), count == 4)
        [rating] = self._summed_up(self.clerk, 30)
        self.assertEqual((rating["user_id"][0], rating["answers"]), (self.clerk.id, 5))
        self.assertFalse(self._summed_up(self.other_clerk, 30))

    def test_a_clerk_learns_no_mark_from_the_difference_of_two_days(self):
        self._rate(5, 5, 5, 5, 5)
        self.assertFalse(self._summed_up(self.clerk, 29), "30 Azar")
        self.assertTrue(self._summed_up(self.clerk, 30), "1 Dey")

    def test_a_clerk_gets_no_single_mark_by_any_call(self):
        self._rate(1)
        request = self.env["service.desk.request"].search([], limit=1)
        requests = self.env["service.desk.request"].with_user(self.clerk)
        self.assertIn(request, requests.search([]))
        by_score = [("feedback_ids.score", "=", 1)]
        attempts = {
            "field": lambda: requests.browse(request.id).read(["feedback_ids"]),
            "domain": lambda: requests.search(by_score),
            "any": lambda: requests.search([("feedback_ids", "any", [])]),
            "order": lambda: requests.search([], order="feedback_ids"),
            "group": lambda: requests._read_group([], ["feedback_ids"]),
            "export": lambda: requests.browse(request.id).export_data(
                ["feedback_ids/score"]
            ),
            "web_read": lambda: requests.browse(request.id).web_read(
                {"feedback_ids": {"fields": {"score": {}}}}
            ),
        }
        for model in ("feedback", "report", "opinion", "month", "summary"):
            records = self.env[f"service.desk.{model}"].with_user(self.clerk)
            attempts[model] = lambda records=records: records.search_read([])
            attempts[f"{model} grouped"] = lambda records=records: (
                records.formatted_read_group([], [], ["__count"])
            )
        for name, attempt in attempts.items():
            with self.subTest(name), self.assertRaises(UserError):
                self.env.invalidate_all()
                attempt()
        self.assertFalse(self._summed_up(self.clerk, 60))

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
