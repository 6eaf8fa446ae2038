from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_daily import DailyCase
from .common_field import TODAY

TOMORROW = TODAY + timedelta(days=1)


@tagged("post_install", "-at_install")
class TestDailyCourse(DailyCase):
    def _jobs(self):
        return self.env["agency.job"].search([("method", "=", "_job_report")])

    def test_the_evening_queues_one_report_a_phase(self):
        before = self._jobs()
        # the system asks, in no language of its own
        reports = self.env["audit.daily.report"].with_context(lang=None)
        with freeze_time("2026-06-27 15:00:00"):  # 18:30 in Tehran
            reports._cron_evening()
        self.assertEqual(self._jobs(), before)
        with freeze_time("2026-06-27 15:31:00"):
            reports._cron_evening()
            reports._cron_evening()
        job = self._jobs() - before
        self.assertEqual(len(job), 1)
        self.assertEqual(job.user_id, self.programme.user_id)
        self.assertEqual(job.lang, self.programme.user_id.lang)
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

    def test_the_report_of_the_phase_answers_its_last_day_as_well(self):
        order = self._say(kind="order", owner="Head", date_due=TOMORROW)
        order.with_user(self.officer).write({"answer": "Done", "state": "answered"})
        self.assertFalse(self._freeze()._read_figures()["orders"])
        [row] = self._freeze(kind="final")._read_figures()["orders"]
        self.assertEqual(row["answer"], "Done")

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
