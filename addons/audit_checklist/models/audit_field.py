import hashlib
import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

# How long before today a visit that is not finished still comes along.
LOOK_BACK = timedelta(days=60)


def _digest(data):
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()[:16]


class AuditField(models.AbstractModel):
    """What the field page reads and writes, apart from the models it touches.

    Nothing here is called by RPC; the routes of ``controllers/field.py`` are the door.
    """

    _name = "audit.field"
    _description = "Field Page"

    @api.model
    def _check_inspector(self):
        if not self.env.user.has_group("audit_checklist.group_inspector"):
            raise AccessError(self.env._("The field page is for inspectors."))

    @api.model
    def _take_along(self):
        """Return the user's visits with all that is needed where there is no network.

        Those of today and tomorrow, what was begun or returned before, and what was
        sent in the last days; one that he is recused from is not there at all, nor one
        of a day on which he is absent.
        """
        self._check_inspector()
        today = fields.Date.context_today(self)
        visits = self._taken_visits()
        versions = visits.assessment_id.version_id
        upcoming = self.env["audit.visit"].search(
            [
                ("member_ids.user_id", "=", self.env.uid),
                ("planned_on", ">", today + timedelta(days=1)),
                ("state", "=", "planned"),
            ],
            order="planned_start",
            limit=1,
        )
        return {
            "now": f"{fields.Datetime.now().isoformat()}Z",
            "today": today.isoformat(),
            "next_on": upcoming.planned_on and upcoming.planned_on.isoformat(),
            "plan": self._plan_print(visits),
            "visits": [self._visit_package(visit) for visit in visits],
            # sudo: whoever makes the visit reads its checklist
            "versions": {
                version.id: version.sudo()._frozen_design()
                | {"name": version.sudo().display_name}
                for version in versions
            },
        }

    @api.model
    def _taken_visits(self):
        """Return the user's visits that go with him, in the order of the day."""
        today = fields.Date.context_today(self)
        visits = self.env["audit.visit"].search(
            [
                ("member_ids.user_id", "=", self.env.uid),
                ("unit_id.is_recused", "=", False),
                "|",
                "&",
                ("planned_on", ">=", today),
                ("planned_on", "<=", today + timedelta(days=1)),
                "&",
                ("planned_on", ">=", today - LOOK_BACK),
                ("state", "in", ("in_progress", "returned", "submitted")),
                ("state", "not in", ("draft", "cancelled")),
            ],
            order="planned_start, id",
        )
        absences = self.env["audit.absence"]._find(
            self.env.user, today, today + timedelta(days=1)
        )
        return visits.filtered(
            lambda visit: (
                visit.assessment_id
                and not (
                    visit.state == "planned" and absences._covers(visit.planned_on)
                )
            )
        )

    @api.model
    def _plan_print(self, visits):
        """Return marks by which a phone knows that its plan is no longer the present.

        Those of the visits of today and tomorrow: where, when and by whom, however far
        they are by now; and those of their checklists.
        """
        today = fields.Date.context_today(self)
        # sudo: visits of his own, found by his own rights
        ahead_sudo = visits.sudo().filtered(
            lambda visit: visit.planned_on >= today and visit.kind != "added_on_site"
        )
        plan = [
            [
                visit.assessment_id.instance_uuid,
                visit.planned_start.isoformat(),
                visit.planned_minutes,
                visit.unit_id.id,
                visit.note or "",
                visit.member_ids.user_id.ids,
            ]
            for visit in ahead_sudo
        ]
        versions = ahead_sudo.assessment_id.version_id.ids
        return {"visits": _digest(plan), "versions": _digest(sorted(versions))}
