from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .year_common import TODAY
from .year_forging_common import YearForgingCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestYearEvidenceForging(YearForgingCase):
    """Evidence is one's own, asked of everybody, and stays as it was handed in."""

    # === Calls for evidence ===

    def test_coverage_is_not_raised_by_leaving_units_out(self):
        call = self._calling()
        self._as("secretary", call).action_send()
        with self.assertRaisesRegex(UserError, "was sent"):
            self._as("secretary", call.line_ids).unlink()
        with self.assertRaises(UserError):
            self._as("secretary", call).write(
                {"line_ids": [Command.delete(call.line_ids.id)]}
            )
        self._refused(call.line_ids, self.liaison, {"asked": "Nothing"})

    def test_a_unit_that_is_asked_later_is_told_and_none_once_it_is_closed(self):
        call = self._calling(unit=self.offices[1])
        kept = self._as("secretary", call)
        kept.action_send()
        unit = Command.create({"department_id": self.offices[0].id})
        kept.write({"line_ids": [unit]})
        line = call.line_ids[1]
        self.assertIn(self.liaison.partner_id, line.message_ids.partner_ids)
        kept.action_close()
        late = self.env["hr.department"].create({"name": "Office C"})
        with self.assertRaisesRegex(UserError, "closed"):
            line.with_user(self.users["secretary"]).create(
                {"call_id": call.id, "department_id": late.id}
            )

    # === Files ===

    def test_nobody_hands_in_the_file_of_somebody_else(self):
        secret = self._file(self.users["administrator"], "secret.pdf").sudo()
        secret.write({"res_model": "res.partner", "res_id": self.people["chair"].id})
        line = self._plan()
        self._line(line, owner_id=self.liaison.partner_id.id)
        self._as("secretary", line).action_submit()
        self._as("approver", line).action_approve()
        report = self.env["reform.plan.report"].with_user(self.liaison)
        forged = {"line_id": line.line_ids.id, "quarter": "3", "percent": 100}
        with self.assertRaises(AccessError):
            report.create(
                forged | {"evidence_ids": [Command.set(secret.ids)]}
            ).action_report()
        call = self._calling()
        self._as("secretary", call).action_send()
        with self.assertRaises(AccessError):
            call.line_ids.with_user(self.liaison).write(
                {"evidence_ids": [Command.set(secret.ids)]}
            )
        self.assertEqual(secret.res_model, "res.partner")

    def test_files_on_record_stay_as_they_are(self):
        call = self._calling()
        self._as("secretary", call).action_send()
        line = call.line_ids.with_user(self.liaison)
        handed = self._file(self.liaison)
        line.write({"evidence_ids": [Command.set(handed.ids)], "state": "delivered"})
        progressed = self._in_force().line_ids[0]
        reported = self._file()
        progressed._report("3", 100, evidence=reported)
        score = self._score(actual=30)
        annex = self.env["reform.annex"].create(
            {"score_id": score.id, "filename": "a.pdf", "file": "JVBERi0xLjcgb2s="}
        )
        self._as("secretary", score).action_declare()
        annexed = self.env["ir.attachment"].search(
            [
                ("res_model", "=", annex._name),
                ("res_field", "=", "file"),
                ("res_id", "=", annex.id),
            ]
        )
        suggestion = self._suggested(uploads=[("a.pdf", b"%PDF-1.7 x")])
        suggestion.committee_id = self.body
        secretary = self.users["secretary"]
        for file, user in (
            (handed, self.liaison),
            (handed, secretary),
            (reported, secretary),
            (annexed, secretary),
            (suggestion.attachment_ids, secretary),
        ):
            before = file.sudo().raw
            self.assertTrue(before)
            for act in (
                lambda each: each.write({"raw": b"%PDF-1.7 forged"}),
                lambda each: each.write({"res_id": 1}),
                lambda each: each.unlink(),
            ):
                with self.subTest(file=file.res_model), self.assertRaises(UserError):
                    act(file.with_user(user))
            self.assertEqual(file.sudo().raw, before)
