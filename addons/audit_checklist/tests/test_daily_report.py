import io
from datetime import datetime, timedelta
from unittest.mock import patch

import openpyxl
from freezegun import freeze_time

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .common_field import TODAY
from .common_follow import FollowCase

TOMORROW = TODAY + timedelta(days=1)
MAX_QUERIES = 60


class DailyCase(FollowCase):
    """One unit visited well, one with a failed item, one that let nobody in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lang = cls.env["agency.seal"]._seal_lang(cls.env.company)
        cls.governor = cls.env["res.partner"].create(
            {"name": "Governor", "email": "governor@example.com"}
        )
        cls.programme.governor_partner_ids = cls.governor
        cls.third_unit = cls.env["audit.unit"].create({"name": "Shut office"})
        cls.phase.unit_ids += cls.third_unit
        cls.good_visit = cls._later_visit(
            cls.unit, planned_start=datetime(2026, 6, 27, 8)
        )
        cls._make_visit(cls.good_visit, A1="yes", A2="yes", B1="yes")
        cls.shut = cls._later_visit(
            cls.third_unit, planned_start=datetime(2026, 6, 27, 10)
        )
        cls.shut.no_access_reason = "Shut"
        cls.shut.action_no_access()
        cls.observer = cls.users["observer"]

    def _freeze(self, day=TODAY, kind="daily"):
        return self.env["audit.daily.report"]._freeze(self.phase, day, kind)


@tagged("post_install", "-at_install")
class TestDailyFigures(DailyCase):
    def test_the_figures_of_a_day(self):
        figures = self._freeze()._read_figures()
        self.assertEqual(
            figures["totals"]["today"],
            {"planned": 3, "done": 2, "no_access": 1, "extra": 0},
        )
        self.assertEqual(figures["totals"]["units"], 3)
        scores = figures["scores"]
        # 60 * 1/2 + 40 * 1/2 = 50 and 100
        self.assertEqual((scores["count"], scores["mean"]), (2, 75))
        self.assertEqual((scores["spread"], scores["before"]), (25, None))
        self.assertEqual(
            [(row["rank"], row["name"], row["score"]) for row in figures["best"]],
            [(1, self.unit.name, 100), (2, self.agency.name, 50)],
        )
        self.assertEqual(figures["worst"][0]["name"], self.agency.name)
        [failed] = figures["failed"]
        self.assertEqual((failed["code"], failed["share"]), ("A2", 0.5))
        self.assertEqual(figures["findings"]["whole"], 1)
        [team] = figures["teams"]
        self.assertEqual((team["number"], team["count"], team["mean"]), (1, 2, 75))
        self.assertEqual(figures["credibility"]["silent"], 3)

    def test_equal_scores_share_a_rank(self):
        visit = self._later_visit(
            self.third_unit, planned_start=datetime(2026, 6, 27, 12)
        )
        self._make_visit(visit, A1="yes", A2="yes", B1="yes")
        ranks = [row["rank"] for row in self._freeze()._read_figures()["best"]]
        self.assertEqual(ranks, [1, 1, 3])

    def test_a_critical_failure_caps_and_is_named(self):
        # As a critical item leaves it.
        self.visit.assessment_id.flush_recordset()
        self.env.cr.execute(
            "SET LOCAL session_replication_role = replica;"
            " UPDATE audit_assessment SET critical_count = 1, critical_codes = 'A2',"
            " score = 49, score_uncapped = 50 WHERE id = %s;"
            " SET LOCAL session_replication_role = origin",
            (self.visit.assessment_id.id,),
        )
        figures = self.env["audit.daily.figures"]._figures(self.phase, TODAY)
        [row] = figures["critical"]
        self.assertEqual((row["codes"], row["uncapped"]), ("A2", 50))
        self.assertTrue(figures["worst"][0]["is_capped"])

    def test_figures_stay_as_they_were_frozen(self):
        report = self._freeze()
        before = report.frozen_figures
        self._make_visit(
            self._later_visit(self.third_unit, 1), A1="no", A2="no", B1="no"
        )
        self.assertEqual(self._freeze(), report)
        self.assertEqual(report.frozen_figures, before)
        self.assertTrue(report._is_genuine())
        for user in (self.officer, self.users["administrator"], self.env.user):
            with self.assertRaisesRegex(UserError, "frozen"):
                report.with_user(user).sudo().write({"frozen_figures": "{}"})
        with self.assertRaises(UserError):
            report.sudo().unlink()
        with self.assertRaises(UserError):
            report.with_user(self.officer).unlink()
        self.env.cr.execute(
            "UPDATE audit_daily_report SET frozen_figures = '{}' WHERE id = %s",
            (report.id,),
        )
        report.invalidate_recordset()
        self.assertFalse(report._is_genuine())

    def test_few_opinions_are_shown_with_a_warning(self):
        self.programme.opinion_minimum = 2
        self.env["audit.opinion"].create(
            [
                {"unit_id": self.agency.id, "score": 5},
                {"unit_id": self.agency.id, "score": 4},
                {"unit_id": self.unit.id, "score": 1},
            ]
        )
        voice = self.env["audit.daily.figures"]._figures(self.phase, TODAY)["opinion"]
        self.assertEqual((voice["count"], voice["too_few"]), (3, 1))
        self.assertAlmostEqual(voice["mean"], 10 / 3)

    def test_an_opinion_comes_by_sms_and_counts_once_a_day(self):
        gateway = self.env["agency.sms.gateway"].search([], limit=1) or self.env[
            "agency.sms.gateway"
        ].create({"name": "Line", "url": "https://sms.example.com"})
        inbound = self.env["agency.sms.inbound"]
        for text in (
            f"ارزیابی {self.agency.code} ۲ شلوغ بود",
            f"ارزیابی {self.agency.code} 4",
            "ارزیابی NOWHERE 4",
            f"ارزیابی {self.agency.code} 9",
        ):
            inbound._receive(gateway, "09121111111", text)
        [opinion] = self.env["audit.opinion"].search([("unit_id", "=", self.agency.id)])
        self.assertEqual((opinion.score, opinion.source), (4, "sms"))
        inbound._receive(gateway, "09122222222", f"audit {self.agency.code} 5")
        found = self.env["audit.opinion"].search_count(
            [("unit_id", "=", self.agency.id)]
        )
        self.assertEqual(found, 2)

    def test_the_number_of_queries_does_not_grow_with_the_assessments(self):
        figures = self.env["audit.daily.figures"]
        figures._figures(self.phase, TODAY)
        self.env.invalidate_all()
        with self.assertQueryCount(MAX_QUERIES):
            before = self.env.cr.sql_log_count
            figures._figures(self.phase, TODAY)
            few = self.env.cr.sql_log_count - before
        for number in range(3):
            unit = self.env["audit.unit"].create({"name": f"More {number}"})
            self.phase.unit_ids += unit
            visit = self._later_visit(
                unit, planned_start=datetime(2026, 6, 27, 12 + 2 * number)
            )
            self._make_visit(visit, A1="no", A2="part", B1="yes")
        # Once more to fill the caches that the new visits emptied.
        figures._figures(self.phase, TODAY)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        figures._figures(self.phase, TODAY)
        # A new item that failed is read once, whatever the number of assessments.
        self.assertLessEqual(self.env.cr.sql_log_count - before, few + 5)

    def test_the_end_of_a_phase_has_whole_tables_and_a_workbook(self):
        report = self._freeze(kind="final")
        with patch.object(
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            lambda *_a, **_k: (b"%PDF-", "pdf"),
        ):
            report._print()
        book = openpyxl.load_workbook(io.BytesIO(report.sheet_id.raw))
        units, items, teams, reported, findings = book.worksheets
        self.assertEqual(units["B2"].value, self.unit.name)
        self.assertEqual((units["A3"].value, units["D3"].value), (2, 50))
        self.assertEqual(items.max_row, 4)
        self.assertEqual((teams["B2"].value, findings.max_row), (2, 2))
        self.assertEqual(reported.max_row, 1)
        self.assertTrue(report.attachment_id)


@tagged("post_install", "-at_install")
class TestDailyCourse(DailyCase):
    def _jobs(self):
        return self.env["agency.job"].search([("method", "=", "_job_report")])

    def test_the_evening_queues_one_report_a_phase(self):
        before = self._jobs()
        reports = self.env["audit.daily.report"]
        with freeze_time("2026-06-27 15:00:00"):  # 18:30 in Tehran
            reports._cron_evening()
        self.assertEqual(self._jobs(), before)
        with freeze_time("2026-06-27 15:31:00"):
            reports._cron_evening()
            reports._cron_evening()
        job = self._jobs() - before
        self.assertEqual(len(job), 1)
        self.assertEqual(job.user_id, self.programme.user_id)
        self.assertEqual(job.arguments, {"day": "2026-06-27", "kind": "daily"})
        with freeze_time("2026-08-27 15:31:00"):
            reports._cron_evening()
        self.assertEqual(self._jobs() - before, job)

    def test_the_job_prints_and_sends_once(self):
        job = self.phase._enqueue_report(TODAY)
        rendered = []

        def render(_self, _name, ids, **_kw):
            rendered.append(ids)
            return b"%PDF-", "pdf"

        with (
            patch.object(
                type(self.env["ir.actions.report"]), "_render_qweb_pdf", render
            ),
            patch.object(type(job), "_checkpoint", lambda *_a: None),
        ):
            result = self.phase._job_report(job, "2026-06-27", "daily")
            self.phase._job_report(job, "2026-06-27", "daily")
        self.assertEqual(len(rendered), 1)
        report = self.env["audit.daily.report"].browse(result["report_id"])
        mail = self.env["mail.mail"].search([("res_id", "=", report.id)])
        mail = mail.filtered(lambda m: m.model == "audit.daily.report")
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, self.governor)
        self.assertEqual(mail.attachment_ids.mimetype, "application/pdf")
        self.assertTrue(report.sent_at)
        self.assertFalse(self.phase._enqueue_report(TODAY))

    def test_the_next_report_answers_an_order(self):
        report = self._freeze()
        order = (
            self.env["audit.daily.order"]
            .with_user(self.observer)
            .create(
                {
                    "report_id": report.id,
                    "subject": "Civil registration",
                    "text": "Why was nobody there?",
                    "owner": "Head",
                    "date_due": TOMORROW,
                }
            )
        )
        [row] = self._freeze(TOMORROW)._read_figures()["orders"]
        self.assertEqual((row["status"], row["answer"]), ("open", ""))
        after = TOMORROW + timedelta(days=1)
        [row] = self._freeze(after)._read_figures()["orders"]
        self.assertEqual(row["status"], "overdue")
        with self.assertRaises(AccessError):
            order.with_user(self.observer).write({"answer": "x"})
        order.with_user(self.officer).write({"answer": "A stand-in is named"})
        order.with_user(self.officer).action_answer()
        [row] = self._freeze(after + timedelta(days=1))._read_figures()["orders"]
        self.assertEqual(
            (row["status"], row["answer"]), ("answered", "A stand-in is named")
        )
        with self.assertRaisesRegex(AccessError, "does not settle"):
            order.with_user(self.officer).action_done()
        order.with_user(self.observer).action_done()
        self.assertEqual(order.state, "done")
        with freeze_time("2026-07-05 12:00:00"):
            self._freeze(after + timedelta(days=2))
        later = self._freeze(after + timedelta(days=5))._read_figures()
        self.assertFalse(later["orders"])

    def test_what_was_said_stays(self):
        order = self._say()
        for vals in ({"text": "Other"}, {"owner": "x"}, {"date_due": TODAY}):
            with self.assertRaises(UserError):
                order.sudo().write(vals)
        with self.assertRaises(UserError):
            order.sudo().unlink()
        with self.assertRaises(AccessError):
            order.with_user(self.officer).write({"answered_by_id": self.officer.id})

    def _say(self, **vals):
        return self.env["audit.daily.order"].create(
            {
                "report_id": self._freeze().id,
                "subject": "All",
                "text": "Well done",
                "kind": "comment",
            }
            | vals
        )


@tagged("post_install", "-at_install")
class TestDailyPage(DailyCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env["audit.daily.report"]._freeze(cls.phase, TODAY)
        cls.path = f"/audit/report/{cls.report.id}"

    def _log_in(self, user):
        self.authenticate(user.login, user.login)

    def _post(self, path, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=data, allow_redirects=False)

    def test_the_governor_orders_and_the_officer_answers(self):
        self._log_in(self.observer)
        page = self.url_open(self.path)
        self.assertIn(self.agency.name, page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        line = f"unit:{self.agency.id}"
        reply = self._post(
            f"{self.path}/order",
            line=line,
            text="Why?",
            owner="Head",
            date_due="۱۴۰۵/۰۴/۱۰",
            kind="order",
        )
        self.assertEqual(reply.status_code, 303)
        order = self.report.order_ids
        self.assertEqual(order.subject, self.agency.name)
        self.assertEqual(str(order.date_due), "2026-07-01")
        reply = self._post(f"{self.path}/answer/{order.id}", answer="Mine")
        self.assertIn('class="problem"', reply.text)
        self.assertEqual(order.state, "open")
        self._log_in(self.officer)
        reply = self._post(f"{self.path}/answer/{order.id}", answer="A stand-in")
        self.assertEqual(reply.status_code, 303)
        self.assertEqual((order.state, order.answer), ("answered", "A stand-in"))

    def test_an_order_without_owner_is_refused_in_words(self):
        self._log_in(self.observer)
        for data in ({"text": ""}, {"text": "x"}, {"text": "x", "owner": "y"}):
            reply = self._post(f"{self.path}/order", line="general", **data)
            self.assertIn('class="problem"', reply.text)
        reply = self._post(f"{self.path}/order", line="unit:0", text="x")
        self.assertEqual(reply.status_code, 404)
        self.assertFalse(self.report.order_ids)

    def test_others_find_no_report(self):
        other = self.env["res.company"].create({"name": "Other province"})
        foreigner = new_test_user(
            self.env,
            "audit_foreign",
            groups="audit_checklist.group_observer",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for user in (self.inspector, self.representative, foreigner):
            self._log_in(user)
            for path in (self.path, f"{self.path}/pdf", "/audit/report/99999999999"):
                with self.subTest(user=user.login, path=path):
                    self.assertEqual(self.url_open(path).status_code, 404)
            reply = self._post(f"{self.path}/order", line="general", text="x")
            self.assertEqual(reply.status_code, 404)
        self.authenticate(None, None)
        reply = self.url_open(self.path, allow_redirects=False)
        self.assertEqual(reply.status_code, 303)

    def test_a_form_without_its_token_says_nothing(self):
        self._log_in(self.observer)
        reply = self.url_open(
            f"{self.path}/order", data={"line": "general", "text": "x"}
        )
        self.assertEqual(reply.status_code, 400)
        self.assertFalse(self.report.order_ids)

    def test_the_paper_says_what_the_page_says(self):
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "audit_checklist.report_daily", self.report.ids
        )
        text = content.decode()
        self.assertIn(self.agency.name, text)
        self.assertNotIn("<form", text)
        self.assertIn("<svg", text)
