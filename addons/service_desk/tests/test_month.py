from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW
from .test_board import BoardCase


@tagged("post_install", "-at_install")
class TestMonth(BoardCase):
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

    def test_what_was_returned_or_objected_to_was_not_right_the_first_time(self):
        fine, open_still = self._make_request(), self._make_request()
        self._ready(fine, 2)
        returned = self._make_request()
        self.refer(returned).with_user(self.liaison).write(
            {"return_reason": "ناخوانا", "state": "returned"}
        )
        self._ready(returned, 3)
        accepted, objected = self._rejected(), self._rejected()
        objected.action_appeal("چرا؟")
        self.env.flush_all()
        report = self.env["service.desk.report"].with_user(self.supervisor)
        made = fine | open_still | returned | accepted | objected
        groups = report._read_group(
            [("id", "in", made.ids)], ["state"], ["correct:avg", "__count"]
        )
        correct = {state: share for state, share, _count in groups}
        self.assertEqual(correct["ready"], 50)
        self.assertEqual(correct["rejected"], 50)
        self.assertFalse(correct["registered"], "nobody knows yet")

    def test_choices_are_told_in_the_readers_words(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        for lang in ("fa_IR", "en_US"):
            env = self.env(context={"lang": lang})
            for name in ("state", "channel"):
                ours, theirs = (
                    env[model].fields_get([name])[name]["selection"]
                    for model in ("service.desk.report", "service.desk.request")
                )
                self.assertEqual(ours, theirs)

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
        # In English, too, a month of the year bears its name.
        self.assertRegex(values["title_month"], r"^[A-Z][a-z]+ 14\d\d$")
        self.assertIn("<svg", values["volume"])
        self.assertEqual(len(values["units"]), 1)
        reports = self.env["ir.actions.report"].with_user(self.supervisor)
        html = reports._render_qweb_html("service_desk.report_monthly", wizard.ids)[0]
        self.assertIn(b"<svg", html)
        with self.assertRaises(AccessError):
            self.env["service.desk.monthly"].with_user(self.clerk).create({})

    def test_the_tables_of_the_month_add_up_to_its_figures(self):
        """A month begins at midnight where the agency is, not in Greenwich."""
        first = NOW.replace(hour=20, minute=45) - timedelta(days=1)
        with freeze_time(first):
            # 00:15 of 1 Azar in Tehran
            self._make_request().action_mark_ready()
        with freeze_time(first - timedelta(hours=1)):
            self._make_request().action_mark_ready()
        self.env.flush_all()
        wizards = self.env["service.desk.monthly"].with_user(self.supervisor)
        values = wizards.create({"day": NOW.date()})._paper_values()
        made_ready = next(
            row for row in values["rows"] if row["label"] in ("Made ready", "آماده‌شده")
        )
        counts = [row["count"] for row in values["units"]]
        self.assertEqual([made_ready["now"]], counts)
        self.assertIn(counts, (["1"], ["۱"]))

    def test_the_month_of_one_desk_counts_its_own_sendings(self):
        terms = {
            "kind": "person",
            "coordinated_with": "راستگو",
            "coordinated_at": NOW,
            "reason": "اثر انگشت",
        }
        self.refer(self._make_request(), **terms)
        self.env.flush_all()
        wizards = self.env["service.desk.monthly"].with_user(self.supervisor)
        for desk, count in ((self.desk, 1), (self.other_desk, 0)):
            paper = wizards.create({"day": NOW.date(), "desk_id": desk.id})
            self.assertEqual(len(paper._paper_values()["sendings"]), count)

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
