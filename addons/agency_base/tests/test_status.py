import json
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from odoo.addons.agency_base.models import agency_status


@tagged("post_install", "-at_install")
class TestStatus(TransactionCase):
    """Each check knows what is fine, what to look at and when to act."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.status = cls.env["agency.status"].with_context(lang="en_US")
        cls.now = fields.Datetime.now()

    def _state(self, key):
        return self.status._report()["checks"][key]["state"]

    def test_the_page_is_as_bad_as_its_worst_row(self):
        with patch.object(
            type(self.status),
            "_checks",
            lambda self: {
                "a": ("A", lambda: ("ok", 1, "")),
                "b": ("B", lambda: ("fail", 2, "")),
                "c": ("C", lambda: ("warn", 3, "")),
            },
        ):
            self.assertEqual(self.status._report()["state"], "fail")

    def test_work_that_waits_is_judged_by_the_oldest(self):
        job = self._job()
        for minutes, state in ((1, "ok"), (30, "warn"), (180, "fail")):
            job.run_after = self.now - timedelta(minutes=minutes)
            self.assertEqual(self._state("jobs"), state)
        job.write({"state": "failed", "done_at": self.now})
        row = self.status._report()["checks"]["jobs"]
        self.assertEqual((row["state"], row["value"]), ("warn", 0))
        self.assertIn("1 failed", row["text"])

    def test_work_planned_for_later_does_not_wait(self):
        self._job().run_after = self.now + timedelta(hours=1)
        self.assertEqual(self._state("jobs"), "ok")

    def _job(self):
        self.env["agency.job"].search([]).unlink()
        return self.env["agency.job"].create(
            {
                "name": "x",
                "model": "agency.seal.chain",
                "method": "_job_verify",
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
            }
        )

    def test_messages_that_wait(self):
        for model, key, text in (
            ("sms.sms", "sms", "body"),
            ("mail.mail", "mail", "body"),
        ):
            self.env[model].search([]).unlink()
            self.assertEqual(self._state(key), "ok")
            message = self.env[model].create({text: "x", "state": "outgoing"})
            self.env.flush_all()
            self.env.cr.execute(
                f"UPDATE {message._table} SET create_date = %s WHERE id = %s",
                [self.now - timedelta(hours=3), message.id],
            )
            message.invalidate_recordset()
            self.assertEqual(self._state(key), "fail")

    def test_a_scheduled_action_that_fails_is_late_or_switched_off(self):
        crons = self.env["ir.cron"].search([])
        crons.write({"nextcall": self.now + timedelta(days=1), "failure_count": 0})
        cron = self.env.ref("agency_base.ir_cron_agency_job")
        self.assertEqual(self._state("crons"), "ok")
        cron.failure_count = 1
        self.assertEqual(self._state("crons"), "warn")
        cron.write({"failure_count": 0, "nextcall": self.now - timedelta(hours=2)})
        self.assertEqual(self._state("crons"), "warn")
        cron.active = False
        row = self.status._report()["checks"]["crons"]
        self.assertEqual(row["state"], "fail")
        self.assertIn(cron.name, row["text"])

    def test_seals(self):
        chains = self.env["agency.seal.chain"]
        chains.search([]).length = 0
        self.assertEqual(self._state("seals"), "ok")
        company = self.env["res.company"].create({"name": "Sealed"})
        chain = chains.create({"company_id": company.id, "length": 3})
        for days, state in ((1, "ok"), (9, "warn"), (16, "fail")):
            chain.checked_at = self.now - timedelta(days=days)
            self.assertEqual(self._state("seals"), state)
        chain.write({"checked_at": self.now, "verdict": "broken"})
        self.assertEqual(self._state("seals"), "fail")
        chain.verdict = "intact"
        self.assertEqual(self._state("seals"), "ok")
        with patch.object(agency_status, "kept_head", return_value=(4, "cut off")):
            self.assertEqual(self._state("seals"), "fail")

    def test_a_backup_grows_old(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("agency_base.last_backup", False)
        self.assertEqual(self._state("backup"), "warn")
        for hours, state in ((1, "ok"), (30, "warn"), (80, "fail")):
            moment = fields.Datetime.to_string(self.now - timedelta(hours=hours))
            parameters.set_param("agency_base.last_backup", moment)
            self.assertEqual(self._state("backup"), state)

    def test_a_disk_fills(self):
        for free, state in ((50, "ok"), (10, "warn"), (4, "fail")):
            usage = SimpleNamespace(free=free, total=100)
            with patch.object(agency_status.shutil, "disk_usage", return_value=usage):
                self.assertEqual(self._state("disk"), state)

    def test_the_page_costs_few_queries(self):
        self.status._report()
        self.env.invalidate_all()
        with self.assertQueryCount(16):
            self.status._report()

    def test_persian_is_all_persian(self):
        # what Odoo itself has not done meanwhile is listed in Odoo's own words
        self.env.cr.execute("UPDATE ir_cron SET nextcall = now() + interval '1 day'")
        self.env["ir.config_parameter"].set_param(
            "agency_base.last_backup", self.now - timedelta(hours=5)
        )
        report = self.status.with_context(lang="fa_IR")._report()
        text = report["checks"]["backup"]["text"]
        self.assertIn("۵", text)
        for row in report["checks"].values():
            self.assertNotRegex(row["label"] + row["text"], "[A-Za-z0-9]{3}")


@tagged("post_install", "-at_install")
class TestStatusRoutes(HttpCase):
    """The page is for administrators, the figures for who has the token."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.token = "a-token-of-the-monitoring"
        cls.env["ir.config_parameter"].set_param("agency_base.status_token", cls.token)

    def _figures(self, header):
        headers = {"Authorization": header} if header else {}
        return self.url_open("/agency/status.json", headers=headers)

    def test_only_an_administrator_sees_the_page(self):
        anonymous = self.url_open("/agency/status", allow_redirects=False)
        self.assertEqual(anonymous.status_code, 303)
        for login, groups, status in (
            ("status_user", "base.group_user", 404),
            ("status_admin", "agency_base.group_administrator", 200),
        ):
            new_test_user(self.env, login, groups, lang="fa_IR")
            self.authenticate(login, login)
            page = self.url_open("/agency/status")
            self.assertEqual(page.status_code, status)
        self.assertIn('dir="rtl"', page.text)
        self.assertIn("وضعیت سامانه", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_the_figures_open_to_their_token_only(self):
        for header in (None, "Bearer ", "Bearer x", self.token, f"Basic {self.token}"):
            self.assertEqual(self._figures(header).status_code, 404)
        answer = self._figures(f"Bearer {self.token}")
        self.assertIn(answer.status_code, (200, 503))
        self.assertEqual(set(json.loads(answer.text)), {"state", "checks"})
        self.assertNotIn("Set-Cookie", answer.headers)

    def test_without_a_token_nobody_reads_them(self):
        self.env["ir.config_parameter"].set_param("agency_base.status_token", False)
        for header in (None, "Bearer ", "Bearer False"):
            self.assertEqual(self._figures(header).status_code, 404)

    def test_the_answer_tells_by_its_status_whether_to_act(self):
        for state, status in (("ok", 200), ("warn", 200), ("fail", 503)):
            report = {"state": state, "checks": {}}
            model = type(self.env["agency.status"])
            with patch.object(model, "_report", lambda self, report=report: report):
                answer = self._figures(f"Bearer {self.token}")
            self.assertEqual(answer.status_code, status)
            self.assertEqual(answer.json(), report)

    def test_a_new_token_closes_the_old_one(self):
        self.env["res.config.settings"].create({}).action_new_status_token()
        self.assertEqual(self._figures(f"Bearer {self.token}").status_code, 404)
        new = self.env["ir.config_parameter"].get_param("agency_base.status_token")
        self.assertNotEqual(self._figures(f"Bearer {new}").status_code, 404)
