import io
from datetime import timedelta
from unittest.mock import patch

from PIL import Image

from odoo.tests import new_test_user

from .common_field import MORNING, FieldCase

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(**options):
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(buffer, "JPEG", **options)
    return buffer.getvalue()


class FollowCase(FieldCase):
    """A visit whose second item failed, accepted; representatives of two agencies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Progress is committed record by record: not in a test.
        cls.startClassPatcher(
            patch.object(type(cls.env["ir.cron"]), "_commit_progress")
        )
        cls.representative = new_test_user(
            cls.env, "audit_agency", groups="base.group_portal"
        )
        cls.stranger_agency = new_test_user(
            cls.env, "audit_agency2", groups="base.group_portal"
        )
        (cls.representative | cls.stranger_agency).lang = "en_US"
        cls.agency.user_ids = cls.representative
        cls.other_agency = cls.env["audit.unit"].create(
            {"name": "Water board", "user_ids": cls.stranger_agency.ids}
        )
        cls.second_officer = new_test_user(
            cls.env, "audit_officer2", groups="audit_checklist.group_programme_officer"
        )
        cls._make_visit(cls.visit, A1="yes", A2="no", B1="part")
        cls.finding = cls.visit.assessment_id.finding_ids

    @classmethod
    def _make_visit(cls, visit, **options):
        """Bring in the answers of a visit and accept it."""
        answers = {code: {"option": option} for code, option in options.items()}
        visit._bring_in(answers, {"name": "Host", "refusal": "No time"})
        visit.with_user(cls.officer).action_accept()
        return visit.assessment_id

    @classmethod
    def _later_visit(cls, unit, days=2, **vals):
        visit = cls._create_visit(
            unit, **{"planned_start": MORNING + timedelta(days=days)} | vals
        )
        visit.with_user(cls.officer).action_plan()
        return visit

    def _issued(self):
        self.finding.with_user(self.officer).action_issue()
        return self.finding

    def _accepted(self):
        self._issued().with_user(self.representative).sudo()._agency_answer(
            "accept", ""
        )
        return self.finding

    def _action(self, **vals):
        finding = self.finding if self.finding.state == "accepted" else self._accepted()
        return self.env["audit.action"].create(
            {
                "finding_id": finding.id,
                "name": "Hang up the board",
                "owner": "Head of the desk",
                "date_due": "2026-07-10",
            }
            | vals
        )
