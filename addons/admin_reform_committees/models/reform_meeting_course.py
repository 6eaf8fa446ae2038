from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.agency_base.tools.context import without_defaults

# Of a meeting that is held or behind that nothing may change but its conversation.
CLOSED = ("minutes_review", "approved", "cancelled")
TALK = ("message_", "activity_", "rating_", "website_message_", "my_activity_")
# What a transition may say of itself.
EXPLAINS = {
    "cancelled": "reason",
    "adjourned": "reason",
    "held": "reason",
    "approved": "directive",
}
# Fixed as soon as the members were invited.
PLAN = {"committee_id", "is_extraordinary"}


class ReformMeetingCourse(models.Model):
    """What a meeting may become, who may make it so, and what that stamps."""

    _inherit = "reform.meeting"
    _state_transitions = {
        "draft": {"convened", "cancelled"},
        "convened": {"in_session", "adjourned", "cancelled"},
        "adjourned": {"convened", "cancelled"},
        "in_session": {"held", "adjourned"},
        "held": {"minutes_review"},
        "minutes_review": {"approved", "held"},
        "approved": set(),
        "cancelled": set(),
    }
    _state_stamps = {
        "number",
        "convened_at",
        "opened_at",
        "ended_at",
        "submitted_at",
        "submitted_by_id",
        "approved_at",
        "approved_by_id",
        "approved_for_id",
        "is_amending",
        "calendar_event_id",
        "letter_date",
        "quorum_rule",
        "quorum_fixed",
    }

    user_runs = fields.Boolean(related="committee_id.user_runs")
    user_approves = fields.Boolean(related="committee_id.user_approves")
    user_keeps = fields.Boolean("I Keep It", compute="_compute_user_keeps")

    @api.depends("committee_id.user_runs")
    @api.depends_context("uid")
    def _compute_user_keeps(self):
        office = self.env.user.has_group("admin_reform_committees.group_reform_office")
        for meeting in self:
            body = meeting.committee_id
            meeting.user_keeps = office or not body or body.user_runs

    # === Guards: buttons, imports, RPC and kanban all pass here ===

    @api.model_create_multi
    def create(self, vals_list):
        explains = set(EXPLAINS.values())
        if not self._is_importing() and any(explains & set(vals) for vals in vals_list):
            raise UserError(self._explains_message())
        entered = without_defaults(self, explains)
        meetings = super(ReformMeetingCourse, entered).create(vals_list)
        meetings = meetings.with_env(self.env)
        meetings.filtered(lambda meeting: meeting.state == "draft")._prepare()
        return meetings

    def write(self, vals):
        target = vals.get("state")
        moving = self.filtered(lambda meeting: target and meeting.state != target)
        others = {name: vals[name] for name in vals if name != "state"}
        explains = EXPLAINS.get(target)
        if target == "held" and set(moving.mapped("state")) != {"minutes_review"}:
            explains = None  # ending a meeting needs no reason, giving it back does
        (self - moving)._check_editable(others)
        moving._check_editable(others, explains=explains)
        if explains and moving == self:
            # An earlier reason does not explain this act.
            vals = {explains: False} | vals
        return super().write(vals)

    def _enter(self, state):
        for meeting in self:
            before = meeting.state
            meeting._stamp_state(state)
            # sudo: what follows from an act follows also where the actor, having
            # given the minutes back, does not see them any more
            meeting.sudo()._after_transition(before)

    @api.model
    def _is_importing(self):
        """Tell whether old meetings may be brought in as they are."""
        return self.env.su or super()._is_importing()

    def _check_editable(self, vals, explains=None):
        """Refuse to change what is no longer open to change.

        A transition may bring its reason, or its directive, in the field ``explains``.
        """
        names = {name for name in vals if not name.startswith(TALK)}
        names.discard(explains)
        for meeting in self:
            if not names.isdisjoint(EXPLAINS.values()):
                raise UserError(self._explains_message())
            if names and meeting.state in CLOSED:
                raise UserError(meeting._closed_message())
            if meeting.state != "draft" and not PLAN.isdisjoint(names):
                raise UserError(
                    self.env._(
                        "%(meeting)s was convened: its body cannot change any more.",
                        meeting=meeting.display_name,
                    )
                )

    def _explains_message(self):
        return self.env._(
            "A reason belongs to cancelling, adjourning or returning, a directive to "
            "approving."
        )

    def _check_open(self):
        """Refuse to change anything that belongs to a closed meeting."""
        for meeting in self:
            if meeting.state in CLOSED:
                raise UserError(meeting._closed_message())

    def _closed_message(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(meeting)s is %(state)s: nothing in it can change any more.",
            meeting=self.display_name,
            state=states[self.state],
        )

    # === Transitions ===

    def _check_transition(self, target):
        self._check_reason(target)
        for meeting in self:
            meeting._check_may(target)
            if target == "minutes_review" and (faults := meeting._faults()):
                raise UserError(
                    "\n".join(
                        [self.env._("Before the minutes are submitted:"), *faults]
                    )
                )

    def _check_reason(self, target):
        for meeting in self:
            returned = target == "held" and meeting.state == "minutes_review"
            explained = (meeting.reason or "").strip()
            if (returned or target in ("cancelled", "adjourned")) and not explained:
                raise UserError(
                    self.env._(
                        "Say why: the reason stays on record with %(meeting)s.",
                        meeting=meeting.display_name,
                    )
                )

    def _check_may(self, target):
        """Ask whether the user holds the office that this transition belongs to."""
        if self.env.su:
            return
        if self.state == "minutes_review":
            if not self.committee_id.user_approves:
                raise AccessError(
                    self.env._("Only the approver of this body decides on its minutes.")
                )
            if target == "approved" and self.submitted_by_id == self.env.user:
                raise AccessError(
                    self.env._("Who submitted the minutes cannot approve them as well.")
                )
            return
        if not self.user_keeps:
            raise AccessError(
                self.env._(
                    "Only the chair and the secretary run the meetings of a body."
                )
            )

    def _transition_stamp(self, target):
        """Return the values that entering ``target`` brings with it."""
        now = fields.Datetime.now()
        if target == "approved":
            stamp = {"approved_at": now, "approved_by_id": self.env.uid}
            # drawn last: the counter stays locked until the transaction ends
            return stamp | {"number": self._draw_number()}
        if target == "held" and self.state == "minutes_review":
            return {"submitted_at": False, "submitted_by_id": False}
        return {
            "convened": {"convened_at": now, "reason": False},
            "in_session": {"opened_at": now},
            "held": {"ended_at": now},
            "minutes_review": {
                "submitted_at": now,
                "submitted_by_id": self.env.uid,
                "reason": False,
            },
        }.get(target, {})

    def _draw_number(self):
        """Return the next number of the body in the year of the meeting."""
        scope = self.committee_id.code
        company = self.company_id
        number = (
            self.env["agency.counter"]
            .with_company(company)
            ._next(scope, self.start_at, "meeting")
        )
        return f"{scope}/{self.jalali_year}/{number:02d}"

    def _after_transition(self, before):
        returned = (before, self.state) == ("minutes_review", "held")
        self._log("returned" if returned else self.state)
        if self.state == "convened":
            self._prepare()
            self._put_into_calendars()
        elif self.state in ("cancelled", "adjourned"):
            self._take_out_of_calendars()
        elif self.state == "in_session":
            self._log_quorum()
        elif self.state == "approved":
            self._adopt_resolutions()

    def _log(self, kind, item=None, **vals):
        """Add to the course of the meeting, which nobody can change afterwards.

        The quorum goes with it: that of ``item``, where it is about one.
        """
        result = self._quorum(item)
        event = {
            "meeting_id": self.id,
            "company_id": self.company_id.id,
            "kind": kind,
            "present": result.present,
            "required": result.required,
        }
        if kind in ("cancelled", "adjourned", "returned"):
            event["note"] = self.reason
        self.env["reform.meeting.event"]._append([event | vals])

    def _log_quorum(self):
        self._log("quorum" if self._quorum().is_met else "no_quorum")

    def _adopt_resolutions(self):
        drafts = self.resolution_ids.filtered(
            lambda resolution: (
                resolution.state == "draft"
                and resolution.vote_event_ids[:1].result != "rejected"
            )
        )
        numbered = len(self.resolution_ids.filtered("number"))
        for place, resolution in enumerate(drafts, numbered + 1):
            resolution._adopt(f"{self.number}-{place:02d}")
