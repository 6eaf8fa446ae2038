import re
from datetime import timedelta

from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common_field import MORNING, TODAY, FieldCase


@tagged("post_install", "-at_install")
class TestProgramme(FieldCase):
    def test_what_is_only_begun_is_not_called_false(self):
        recusal = self.env["audit.recusal"].new({"user_id": self.inspector.id})
        self.assertEqual(recusal.display_name, self.inspector.name)
        for model in ("audit.recusal", "audit.phase", "audit.team.member"):
            with self.subTest(model):
                self.assertNotIn("False", self.env[model].new({}).display_name or "")

    def test_a_team_has_one_inspector_of_each_body(self):
        with self.assertRaisesRegex(ValidationError, "for two bodies"):
            self._create_team(7, self.lead, self.lead)
        pair = self._create_team(2, self.lead, self.outsider)
        pair.member_ids.filtered(lambda m: m.user_id == self.outsider).unlink()
        visit = self._create_visit(self.unit, team_id=pair.id)
        with self.assertRaisesRegex(ValidationError, "exactly one inspector of Others"):
            visit.action_plan()
        self.assertEqual(visit.state, "draft")

    def test_two_of_one_body_are_refused_by_their_names(self):
        sentence = re.escape(f"inspector of {self.body.name}: {self.lead.name}")
        row = {"user_id": self.outsider.id, "body_id": self.body.id}
        members = self.env["audit.team.member"]
        with self.assertRaisesRegex(ValidationError, sentence):
            members.create(row | {"team_id": self.team.id})
        with self.assertRaisesRegex(ValidationError, sentence):
            self.team.write({"member_ids": [(0, 0, row)]})
        colleague = self.team.member_ids.filtered(lambda m: m.user_id == self.inspector)
        with self.assertRaisesRegex(ValidationError, sentence):
            colleague.write({"body_id": self.body.id})
        rows = [(0, 0, row), (0, 0, row | {"user_id": self.inspector.id})]
        with self.assertRaisesRegex(ValidationError, re.escape(self.outsider.name)):
            self.env["audit.team"].create(
                {
                    "number": 9,
                    "programme_id": self.programme.id,
                    "member_ids": rows,
                }
            )

    def test_two_of_one_body_are_refused_by_the_database_too(self):
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "INSERT INTO audit_team_member (team_id, user_id, body_id)"
                " VALUES (%s, %s, %s)",
                (self.team.id, self.outsider.id, self.body.id),
            )

    def test_a_substitution_keeps_who_was_there_before(self):
        member = self.team.member_ids.filtered(lambda m: m.user_id == self.inspector)
        member.write({"date_to": TODAY, "reason": "Ill"})
        self.env["audit.team.member"].create(
            {
                "team_id": self.team.id,
                "user_id": self.outsider.id,
                "body_id": self.other_body.id,
                "date_from": TODAY + timedelta(days=1),
            }
        )
        self.assertIn(self.inspector, self.visit.member_ids.user_id)
        later = self._create_visit(self.unit, planned_start=MORNING + timedelta(days=1))
        later.action_plan()
        self.assertEqual(
            later.member_ids.user_id, self.lead | self.outsider, later.member_ids
        )

    def test_a_shared_person_cannot_be_at_two_places_at_once(self):
        other = self._create_team(2, self.lead, self.outsider)
        visit = self._create_visit(self.unit, team_id=other.id)
        sentence = f"{self.lead.name} visits {self.visit.unit_id.name} on that day"
        with self.assertRaisesRegex(ValidationError, re.escape(sentence)):
            visit.action_plan()
        visit.planned_start = MORNING + timedelta(minutes=90)
        visit.action_plan()
        self.assertEqual(visit.state, "planned")
        with self.assertRaisesRegex(ValidationError, re.escape(sentence)):
            visit.planned_start = MORNING + timedelta(minutes=89)

    def test_two_visits_of_one_plan_cannot_share_a_person_at_once(self):
        other = self._create_team(2, self.lead, self.outsider)
        tomorrow = MORNING + timedelta(days=1)
        one = self._create_visit(self.agency, planned_start=tomorrow, kind="follow_up")
        two = self._create_visit(self.unit, planned_start=tomorrow, team_id=other.id)
        sentence = f"{self.lead.name} visits {two.unit_id.name} on that day"
        with self.assertRaisesRegex(ValidationError, re.escape(sentence)):
            (one | two).action_plan()

    def test_the_database_forbids_two_places_at_once_too(self):
        self.env.flush_all()
        visit = self._create_visit(self.unit, planned_start=MORNING + timedelta(days=1))
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE audit_visit_member SET starts_at = %s, stops_at = %s,"
                " is_busy = TRUE WHERE visit_id = %s",
                (MORNING, MORNING + timedelta(minutes=5), visit.id),
            )

    def test_a_recused_inspector_is_not_planned_and_sees_nothing(self):
        recusal = self.env["audit.recusal"].create(
            {
                "user_id": self.inspector.id,
                "unit_id": self.agency.id,
                "reason": "He works there",
                "date_from": TODAY,
            }
        )
        self.assertEqual(self.visit.state, "draft", "taken off the plan")
        with self.assertRaisesRegex(ValidationError, "recused"):
            self.visit.action_plan()
        # It covers what belongs to the agency.
        below = self._create_visit(self.unit, planned_start=MORNING + timedelta(days=1))
        with self.assertRaisesRegex(ValidationError, "recused"):
            below.action_plan()
        mine = self.env["audit.visit"].with_user(self.inspector)
        self.assertFalse(mine.search([]))
        units = self.env["audit.unit"].with_user(self.inspector)
        self.assertFalse(units.search([("id", "in", (self.agency | self.unit).ids)]))
        recusal.date_to = TODAY
        self.assertTrue(below.write({"state": "planned"}))

    def test_inspectors_declare_for_themselves_only(self):
        vals = {"unit_id": self.unit.id, "reason": "My brother is the head"}
        mine = self.env["audit.recusal"].with_user(self.inspector).create(vals)
        self.assertEqual(mine.user_id, self.inspector)
        with self.assertRaises(AccessError):
            mine.create(vals | {"user_id": self.lead.id})
        with self.assertRaises(AccessError):
            mine.user_id = self.lead
        with self.assertRaises(UserError):
            mine.unlink()

    def test_an_absent_inspector_is_not_planned(self):
        self.env["audit.absence"].with_user(self.inspector).create(
            {"date_from": TODAY, "date_to": TODAY}
        )
        visit = self._create_visit(
            self.unit, planned_start=MORNING + timedelta(hours=3)
        )
        with self.assertRaisesRegex(ValidationError, "absent"):
            visit.action_plan()
        with self.assertRaises(AccessError):
            self.env["audit.absence"].with_user(self.lead).create(
                {"date_from": TODAY, "date_to": TODAY, "user_id": self.inspector.id}
            )

    def test_defaults_in_the_context_forge_no_course(self):
        forged = {"default_state": "closed", "default_started_at": MORNING}
        for record in (self.programme, self.phase):
            with self.subTest(record._name):
                copy = record.with_user(self.officer).with_context(**forged).copy()
                self.assertEqual(copy.state, "draft")
        visits = self.env["audit.visit"].with_user(self.officer)
        visit = visits.with_context(**forged).create(
            {"phase_id": self.phase.id, "unit_id": self.unit.id}
        )
        self.assertEqual(visit.state, "draft")
        self.assertFalse(visit.started_at)

    def test_the_checklist_of_a_phase_is_fixed_when_it_opens(self):
        with self.assertRaises(UserError):
            self.phase.version_id = False
        with self.assertRaises(UserError):
            self.phase.write({"state": "draft"})
        with self.assertRaises(UserError):
            self.phase.unlink()
        with self.assertRaises(UserError):
            self.programme.write({"body_ids": [(5,)]})

    def test_a_phase_opens_with_a_published_checklist_only(self):
        draft = self.version.copy()
        phase = self.env["audit.phase"].create(
            {
                "name": "Second",
                "programme_id": self.programme.id,
                "date_start": "2026-07-01",
                "date_end": "2026-07-06",
                "version_id": draft.id,
            }
        )
        with self.assertRaisesRegex(UserError, "not published"):
            phase.action_open()
        with self.assertRaises(ValidationError):
            phase.date_end = "2026-12-01"

    def test_a_phase_of_visits_opens_with_units_only(self):
        phase = self.phase.copy({"unit_ids": False})
        with self.assertRaisesRegex(UserError, "has no units yet"):
            phase.action_open()
        phase.source = "reported"
        phase.action_open()
        self.assertEqual(phase.state, "open")

    def test_leads_have_the_role(self):
        plain = new_test_user(
            self.env, "audit_plain", groups="audit_checklist.group_inspector"
        )
        with self.assertRaisesRegex(ValidationError, "Team Lead"):
            self._create_team(3, plain, self.outsider)
        nobody = new_test_user(self.env, "audit_clerk", groups="base.group_user")
        with self.assertRaisesRegex(ValidationError, "Inspector"):
            self._create_team(4, self.lead, nobody)

    def test_counts_of_a_phase(self):
        self.assertEqual(
            (self.phase.unit_count, self.phase.visit_count, self.phase.done_count),
            (2, 1, 0),
        )
        self.assertEqual(self.agency.visit_count, 1)
        self.assertEqual(self.programme.visit_count, 1)

    def test_extra_visits_are_counted_apart_and_a_unit_once(self):
        team = {"team_id": self.team.id}
        visits = self.visit + self._create_visit(self.agency, kind="follow_up", **team)
        extra = self.env["audit.unit"].create({"name": "Kiosk"})
        self.phase.invalidate_recordset()
        visits += self._create_visit(extra, kind="added_on_site", **team)
        schedule = self.env["audit.schedule"].create({"phase_id": self.phase.id})
        self.assertEqual(self.phase.extra_count, 0)
        for visit in visits:
            self.env.cr.execute(
                "UPDATE audit_visit SET state = 'submitted' WHERE id = %s", [visit.id]
            )
        visits.invalidate_recordset()
        self.phase.invalidate_recordset()
        self.assertEqual((self.phase.done_count, self.phase.extra_count), (2, 1))
        self.assertEqual(schedule.get_board()["figures"]["done"], 1)
