from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import new_test_user

from .common import AuditCase

# A Saturday in Tehran.
TODAY = date(2026, 6, 27)
MORNING = datetime(2026, 6, 27, 5, 0)


class FieldCase(AuditCase):
    """A running programme of two bodies, a team, an open phase and a planned visit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-06-27 04:00:00"))
        cls._publish()
        cls.other_body = cls.env["audit.body"].create({"name": "Others", "code": "OT"})
        cls.lead = cls.users["lead"]
        cls.inspector = cls.users["inspector"]
        cls.outsider = new_test_user(
            cls.env, "audit_outsider", groups="audit_checklist.group_lead"
        )
        cls.zone = cls.env["audit.zone"].create({"name": "North"})
        cls.agency = cls.env["audit.unit"].create(
            {
                "name": "Civil registration",
                "zone_id": cls.zone.id,
                "phone": "02133334444",
            }
        )
        cls.unit = cls.env["audit.unit"].create(
            {"name": "Registration, county", "parent_id": cls.agency.id}
        )
        cls.programme = cls.env["audit.programme"].create(
            {
                "name": "Summer",
                "date_start": "2026-06-20",
                "date_end": "2026-07-20",
                "body_ids": [(6, 0, (cls.body | cls.other_body).ids)],
            }
        )
        cls.team = cls._create_team(1, cls.lead, cls.inspector)
        cls.phase = cls.env["audit.phase"].create(
            {
                "name": "First",
                "programme_id": cls.programme.id,
                "date_start": "2026-06-24",
                "date_end": "2026-07-06",
                "version_id": cls.version.id,
                "unit_ids": [(6, 0, (cls.agency | cls.unit).ids)],
            }
        )
        cls.programme.action_run()
        cls.phase.action_open()
        cls.visit = cls._create_visit(cls.agency)
        cls.visit.with_user(cls.officer).action_plan()
        cls.assessment = cls.visit.assessment_id

    @classmethod
    def _create_team(cls, number, lead, other, **vals):
        return cls.env["audit.team"].create(
            {
                "number": number,
                "programme_id": cls.programme.id,
                "member_ids": [
                    (0, 0, {"user_id": lead.id, "body_id": cls.body.id, "is_lead": 1}),
                    (0, 0, {"user_id": other.id, "body_id": cls.other_body.id}),
                ],
            }
            | vals
        )

    @classmethod
    def _create_visit(cls, unit, **vals):
        return cls.env["audit.visit"].create(
            {
                "phase_id": cls.phase.id,
                "unit_id": unit.id,
                "team_id": cls.team.id,
                "planned_start": MORNING,
            }
            | vals
        )
