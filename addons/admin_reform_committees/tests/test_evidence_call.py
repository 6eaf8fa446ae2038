import base64
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .year_common import PDF, TODAY, IndicatorCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestEvidenceCall(IndicatorCase):
    def _call(self, **vals):
        return self.env["reform.evidence.call"].create(
            {
                "committee_id": self.body.id,
                "jalali_year": self.year,
                "name": "Evidence of summer",
                "quarter": "2",
                "due_on": "2026-11-30",
                "line_ids": [
                    Command.create(
                        {
                            "department_id": self.offices[0].id,
                            "indicator_id": self.indicator.id,
                        }
                    ),
                    Command.create({"department_id": self.offices[1].id}),
                ],
            }
            | vals
        )

    def _answered(self, call):
        line = call.line_ids[0].with_user(self.liaison)
        file = self._file(self.liaison)
        line.write({"answer": "Here", "evidence_ids": [Command.set(file.ids)]})
        line.action_deliver()
        return call.line_ids[0]

    def test_only_indicators_of_the_body_are_asked_for(self):
        scored, foreign = self._indicator("1-8"), self._indicator("1-9")
        self._score(scored, committee_id=self.body.id)
        self._score(foreign, quarter="1", committee_id=self.body.id)
        past = self._indicator(
            "1-1", jalali_year=self.year - 1, committee_id=self.body.id
        )
        call = self._call()
        line = self._as("secretary", call).line_ids[1]
        self.assertEqual(line.fitting_indicator_ids, self.indicator | scored)
        for indicator in foreign, past:
            line.indicator_id = indicator
            with self.assertRaisesRegex(UserError, "is no indicator of"):
                self._as("secretary", call).action_send()
        line.indicator_id = scored
        self._as("secretary", call).action_send()

    def test_a_unit_is_asked_and_answers(self):
        call = self._call()
        line = call.line_ids[0].with_user(self.liaison)
        self.assertFalse(line.search([]))
        self._as("secretary", call).action_send()
        self.assertEqual(line.search([]), line)
        self.assertIn(self.liaison.partner_id, line.sudo().message_ids.partner_ids)
        line.action_receive()
        with self.assertRaisesRegex(UserError, "answer or add a file"):
            line.action_deliver()
        self._answered(call)
        self.assertEqual(call.coverage, 0)
        with self.assertRaises(UserError):
            line.action_accept()
        with self.assertRaisesRegex(UserError, "Say why"):
            self._as("secretary", line).write({"state": "returned"})
        self._as("secretary", line).write({"state": "returned", "reason": "Unsigned"})
        self.assertTrue(line.is_open)
        line.action_deliver()
        self._as("secretary", line).action_accept()
        self.assertEqual(call.coverage, 50)
        told = line.sudo().message_ids.filtered(lambda said: "Unsigned" in said.body)
        self.assertEqual(told.partner_ids, self.liaison.partner_id)
        with self.assertRaises(UserError):
            line.write({"answer": "Something else"})

    def test_a_unit_reads_all_that_its_screens_show(self):
        call = self._call()
        self._as("secretary", call).action_send()
        lines = self.env["reform.evidence.call.line"].with_user(self.liaison)
        for kind in ("list", "form"):
            self.env.flush_all()
            self.env.invalidate_all()
            fields = lines.get_view(view_type=kind)["models"][lines._name]
            shown = {name: {} for name in fields}
            waiting = lines.web_search_read([("is_open", "=", True)], shown)
            self.assertEqual(
                [row["id"] for row in waiting["records"]], [call.line_ids[0].id]
            )

    def test_a_file_that_is_refused_is_not_kept_with_the_answer(self):
        call = self._call()
        self._as("secretary", call).action_send()
        line = call.line_ids[0].with_user(self.liaison)
        good = self._file(self.liaison)
        line.write({"evidence_ids": [Command.link(good.id)]})
        files = self.env["ir.attachment"].with_user(self.liaison)
        for name, raw in (("a.pdf", b""), ("run.exe", b"MZ"), ("b.pdf", b"MZ")):
            bad = files.create({"name": name, "raw": raw})
            refused = self.assertRaisesRegex(UserError, f"“{name}” was not taken")
            with refused, self.env.cr.savepoint():
                line.write({"evidence_ids": [Command.link(bad.id)]})
        self.assertEqual(line.evidence_ids, good)

    def test_accepted_files_become_annexes(self):
        call = self._call()
        self._as("secretary", call).action_send()
        line = self._answered(call)
        with self.assertRaisesRegex(UserError, "Only accepted files"):
            self._as("secretary", line).action_annex()
        score = self._score()
        self._as("secretary", line).action_accept()
        self._as("secretary", line).action_annex()
        self.assertEqual(score.annex_ids.name, "evidence.pdf")
        self.assertEqual(base64.b64decode(score.annex_ids.file), PDF)

    def test_reminders_come_by_themselves_and_not_too_often(self):
        call = self._call()
        self._as("secretary", call).action_send()
        lines = call.line_ids
        counts = []
        self.startPatcher(patch.object(type(self.env["ir.cron"]), "_commit_progress"))
        for day in (22, 27, 27, 28, 30):
            with freeze_time(f"2026-11-{day} 08:00:00"):
                lines._cron_remind()
            counts.append(lines[0].reminder_count)
        with freeze_time("2026-12-05 08:00:00"):
            lines._cron_remind()
            self.assertTrue(lines[0].is_overdue)
        self.assertEqual(counts, [0, 1, 1, 1, 1])
        self.assertEqual(lines[0].reminder_count, 2)
        with self.assertRaises(AccessError):
            lines[0].with_user(self.liaison).write({"reminder_count": 0})

    def test_calls_that_cannot_be(self):
        with self.assertRaisesRegex(UserError, "Name the units"):
            self._call(line_ids=[]).action_send()
        with self.assertRaisesRegex(UserError, "has passed"):
            self._call(due_on="2026-11-01").action_send()
        with self.assertRaises(AccessError):
            self._call().line_ids[0].with_user(self.liaison).read(["asked"])
        with self.assertRaises(AccessError):
            self.env["reform.evidence.call"].with_user(self.other_secretary).create(
                {"committee_id": self.body.id, "name": "x", "due_on": "2026-12-01"}
            )
