from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common_declaration import DeclarationCase
from .common_field import TODAY


@tagged("post_install", "-at_install")
class TestDeclarationAlone(DeclarationCase, HttpCase):
    """A round that no visit follows: it belongs to no phase."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._invite(cls.unit, name="By themselves", version_id=cls.version.id)

    def test_it_needs_a_checklist_of_its_own(self):
        bare = self.call.copy({"version_id": False})
        with self.assertRaisesRegex(UserError, "published checklist"):
            bare.action_invite()

    def test_the_whole_way_without_a_visit(self):
        declaration = self.declaration
        self.assertFalse(declaration.phase_id)
        self.assertEqual(declaration.company_id, self.unit.company_id)
        # The unit has nobody of its own: its head office is asked.
        mails = self.env["mail.mail"].search(
            [("recipient_ids", "in", self.representative.partner_id.ids)]
        )
        self.assertTrue(
            mails.filtered(lambda m: declaration.instance_uuid in m.body_html)
        )
        self.authenticate(self.representative.login, self.representative.login)
        page = self.url_open(f"/my/declarations/{declaration.instance_uuid}").text
        self.assertIn("By themselves", page)
        self._fill(A1="yes", A2="no", B1="part")._submit_declaration()
        # 60 * 1/2 + 40 * 1/2
        self.assertEqual((declaration.score, self.call.mean_score), (50, 50))
        self.assertTrue(declaration.grade_name)
        self._send_back("Look at A2", self.second)
        self._fill(A2="yes")._submit_declaration()
        self.assertEqual(declaration.score, 80)
        declaration.with_user(self.officer).action_accept_declaration()
        self.assertTrue(declaration.is_sealed)

    def test_those_who_do_not_answer_are_reminded_and_printed(self):
        with freeze_time(TODAY + timedelta(days=5)):
            self.env["audit.assessment"]._cron_remind_declarants()
        self.assertEqual(self.declaration.reminder_count, 1)
        sheet = self.call._paper_values()
        self.assertEqual(sheet["counts"]["missing"], 2)
        self.assertFalse(sheet["gaps"] or sheet["trust"])
        [row] = [r for r in sheet["waiting"] if r["unit"] == self.unit.name]
        self.assertEqual(row["people"], [self.representative.name])
        page, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "audit_checklist.report_declarations", self.call.ids
        )
        self.assertIn(self.unit.name, page.decode())

    def test_no_inspector_sees_it(self):
        self._fill(A1="yes", A2="yes", B1="yes")._submit_declaration()
        self._make_visit(self._later_visit(self.unit, 1), A1="no", A2="no", B1="no")
        self.env.flush_all()
        for user in (self.lead, self.inspector):
            found = self.env["audit.assessment"].with_user(user)
            self.assertFalse(found.search([("id", "=", self.declaration.id)]))
        gaps = self.env["audit.gap.report"]
        self.assertFalse(gaps.search([("unit_id", "=", self.unit.id)]))

    def test_an_agency_whose_round_was_closed_reads_that_it_is(self):
        self.call.with_user(self.officer).action_close()
        self.authenticate(self.representative.login, self.representative.login)
        page = self.url_open("/my/declarations").text
        self.assertIn("Closed", page)
        page = self.url_open(f"/my/declarations/{self.declaration.instance_uuid}").text
        self.assertNotIn("Add a document", page)

    def test_a_head_office_declares_unless_the_programme_says_it_does_not(self):
        self.call = self.env["audit.declaration.round"].create(
            {
                "name": "Of the phase",
                "phase_id": self.phase.id,
                "date_due": TODAY + timedelta(days=7),
            }
        )
        self.call.action_invite()
        [below] = self.call.declaration_ids.filtered(lambda d: d.unit_id == self.unit)
        model = self.env["audit.assessment"].with_user(self.representative).sudo()
        self.assertIn(below, model.search(model._declarant_domain()))
        self.programme.head_answers = False
        self.assertNotIn(below, model.search(model._declarant_domain()))
        self.assertFalse(below.unit_id._representatives(self.programme))
