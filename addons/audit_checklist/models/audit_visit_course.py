from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .audit_visit import PLANNING_FIELDS

# What a phone reports, or a transition stamps: nobody enters it by hand.
STAMPS = {
    "number",
    "first_planned_on",
    "reschedule_count",
    "started_at",
    "ended_at",
    "start_latitude",
    "start_longitude",
    "has_start_place",
    "end_latitude",
    "end_longitude",
    "has_end_place",
    "host_name",
    "host_function",
    "host_note",
    "host_refusal",
    "host_signature",
    "submitted_at",
    "submitted_by_id",
    "accepted_at",
    "accepted_by_id",
    "return_reason",
    "return_codes",
    "member_ids",
    "assessment_ids",
}
FROM_PHONES = {"in_progress", "submitted"}
REVIEWED = {"accepted", "returned"}
PLANNABLE = {"draft", "planned", "no_access"}
BUSY = ("planned", "in_progress")
LOCKED = {"accepted", "closed", "cancelled"}


class AuditVisit(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.visit"
    _state_transitions = {
        "draft": {"planned", "cancelled"},
        "planned": {"draft", "in_progress", "no_access", "cancelled"},
        "in_progress": {"submitted", "no_access", "cancelled"},
        "submitted": {"accepted", "returned"},
        "returned": {"submitted", "cancelled"},
        "accepted": {"closed", "returned"},
        "no_access": {"planned", "cancelled"},
        "closed": set(),
        "cancelled": set(),
    }
    _state_stamps = STAMPS

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("kind") == "added_on_site" and not self.env.su:
                raise UserError(
                    self.env._("A visit is added on the spot from the field page.")
                )
        visits = super().create(vals_list)
        visits._sync_members()
        return visits

    def write(self, vals):
        if "kind" in vals and not self.env.su:
            raise AccessError(
                self.env._("What happened on a visit is recorded, not entered.")
            )
        self._check_unlocked(vals)
        planning = PLANNING_FIELDS & vals.keys()
        if planning:
            self._check_plannable()
        before = {visit: visit.planned_on for visit in self}
        result = super().write(vals)
        if planning:
            self._note_moves(before)
            self.filtered(lambda visit: visit.state == "planned")._check_plan()
        if planning or "state" in vals:
            self._sync_members()
        return result

    # === Guards ===
    @api.model
    def _refuse_stamps(self, vals):
        # The superuser is our own code: phones stamp a visit bit by bit.
        return None if self.env.su else super()._refuse_stamps(vals)

    def _check_unlocked(self, vals):
        names = {
            name for name in vals if not name.startswith(("message_", "activity_"))
        }
        for visit in self.filtered(lambda record: record.state in LOCKED):
            # The number is drawn when the visit is locked already.
            if names - {"state", "number"}:
                raise UserError(
                    self.env._(
                        "%(visit)s is locked: a correction is a new assessment.",
                        visit=visit.display_name,
                    )
                )

    def _check_plannable(self):
        for visit in self:
            if visit.state not in PLANNABLE:
                raise UserError(
                    self.env._(
                        "%(visit)s has begun and cannot be planned any more.",
                        visit=visit.display_name,
                    )
                )

    def _check_transition(self, state):
        """Raise unless the user may move each visit to ``state``."""
        if state in FROM_PHONES and not self.env.su:
            raise UserError(
                self.env._("Visits are begun and submitted from the field page.")
            )
        if state in REVIEWED:
            self._check_reviewer()
        if state == "returned" and self.sudo().assessment_id.seal_id:
            raise UserError(
                self.env._("What is sealed is not returned: begin a correction.")
            )
        if state == "planned":
            self._check_plan()
        if state == "accepted":
            self._check_acceptable()

    def _check_reviewer(self):
        """Raise AccessError unless an officer who was not there himself decides."""
        user = self.env.user
        if not user.has_group("audit_checklist.group_programme_officer"):
            raise AccessError(
                self.env._("A programme officer accepts or returns visits.")
            )
        for visit in self:
            # sudo: who was there counts, whatever the officer may see
            if user in visit.sudo().member_ids.user_id:
                raise AccessError(
                    self.env._("Nobody accepts or returns a visit he made himself.")
                )
            if visit._recusals_of(user):
                raise AccessError(
                    self.env._(
                        "You are recused from %(unit)s.", unit=visit.unit_id.name
                    )
                )

    def _check_plan(self):
        """Raise unless a whole, present and impartial team has a time for the unit."""
        for visit in self:
            if not visit.team_id or not visit.planned_start:
                raise ValidationError(
                    self.env._(
                        "%(visit)s needs a team and a time.", visit=visit.display_name
                    )
                )
            # What was found on the spot comes from a phone, and late as well.
            late = ("closing",) if visit.kind == "added_on_site" else ()
            if visit.phase_id.state not in ("open", *late):
                raise UserError(
                    self.env._(
                        "%(phase)s is not open.", phase=visit.phase_id.display_name
                    )
                )
            visit._check_team()

    # === What states bring with them ===
    def _transition_stamp(self, state):
        """Return the values that entering ``state`` brings with it."""
        now = fields.Datetime.now()
        stamps = {
            "accepted": {"accepted_at": now, "accepted_by_id": self.env.uid},
            "submitted": {"submitted_at": now, "submitted_by_id": self.env.uid},
            "planned": {"no_access_reason": False},
        }
        return stamps.get(state, {})

    def _enter(self, state):
        result = super()._enter(state)
        if state == "planned":
            # sudo: stamps that planning leaves behind
            for visit in self.sudo().filtered(lambda v: not v.first_planned_on):
                visit.first_planned_on = visit.planned_on
            self._prepare_assessment()
        return result

    def _note_moves(self, before):
        """Count how often a visit that was on the plan got another day."""
        # sudo: a stamp that planning leaves behind
        for visit in self.sudo():
            moved = before[visit] and before[visit] != visit.planned_on
            if moved and visit.first_planned_on:
                visit.reschedule_count += 1

    def _prepare_assessment(self):
        """Make the empty assessments that phones will fill."""
        # sudo: assessments are made by planning and by phones, never by hand
        self.env["audit.assessment"].sudo().create(
            [
                {
                    "kind": "follow_up" if visit.kind == "follow_up" else "audit",
                    "source": "visit",
                    "unit_id": visit.unit_id.id,
                    "phase_id": visit.phase_id.id,
                    "visit_id": visit.id,
                    "version_id": visit.phase_id.version_id.id,
                }
                for visit in self
                if not visit.assessment_ids
            ]
        )

    # === Buttons ===
    def action_plan(self):
        """Put drafts on the plan of their teams."""
        self.write({"state": "planned"})

    def action_unplan(self):
        """Take visits off the plan."""
        self.write({"state": "draft"})

    def action_no_access(self):
        """Record that the team could not get in; the reason is entered before."""
        self.write({"state": "no_access"})

    def action_cancel(self):
        """Give visits up; the reason is entered before."""
        self.write({"state": "cancelled"})

    def action_close(self):
        """End what was accepted and followed up."""
        self.write({"state": "closed"})
