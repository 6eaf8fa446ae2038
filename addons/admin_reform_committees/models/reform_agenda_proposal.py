from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.agency_base.tools.context import without_defaults

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("accepted", "On an Agenda"),
    ("rejected", "Rejected"),
]


class ReformAgendaProposal(models.Model):
    """An item that a unit, a member or an invited expert wants on an agenda.

    Who proposed it sees what became of it. The secretary of the body screens it: it
    becomes an item of a meeting, or goes back with a reason.
    """

    _name = "reform.agenda.proposal"
    _description = "Proposal for an Agenda"
    _inherit = ["agency.state.mixin", "agency.derived.mixin"]
    _order = "submitted_at desc, id desc"
    _check_company_auto = True
    _state_transitions = {
        "draft": {"submitted"},
        "submitted": {"accepted", "rejected", "draft"},
        "accepted": set(),
        "rejected": {"submitted"},
    }
    _state_stamps = frozenset(
        {"submitted_at", "screened_at", "screened_by_id", "item_id"}
    )

    name = fields.Char("Item", required=True)
    committee_id = fields.Many2one(
        "reform.committee",
        "Body",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="committee_id.company_id", store=True, index=True, precompute=True
    )
    explanation = fields.Text("Why, and What Should Be Decided")
    proposer_id = fields.Many2one(
        "res.partner",
        "Proposed by",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user.partner_id,
    )
    department_id = fields.Many2one("hr.department", "Unit", check_company=True)
    presenter_id = fields.Many2one(
        "res.partner", "Presented by", ondelete="restrict", check_company=True
    )
    planned_minutes = fields.Integer("Minutes Needed")
    programme_id = fields.Many2one("reform.programme", ondelete="restrict")
    attachment_ids = fields.Many2many(
        "ir.attachment", "reform_agenda_proposal_file_rel", string="Files", copy=False
    )
    meeting_id = fields.Many2one(
        "reform.meeting",
        "For Meeting",
        ondelete="set null",
        check_company=True,
        domain="[('committee_id', '=', committee_id), "
        "('state', 'in', ('draft', 'convened', 'in_session'))]",
        help="If empty, the next planned meeting of the body.",
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, copy=False, default="draft", index=True
    )
    submitted_at = fields.Datetime(readonly=True, copy=False)
    screened_at = fields.Datetime(readonly=True, copy=False)
    screened_by_id = fields.Many2one(
        "res.users", "Screened by", readonly=True, copy=False, ondelete="restrict"
    )
    reason = fields.Text("Why Not", readonly=True, copy=False)
    item_id = fields.Many2one(
        "reform.agenda.item",
        "On the Agenda as",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    user_screens = fields.Boolean(related="committee_id.user_runs")
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _time_is_natural = models.Constraint(
        "CHECK (COALESCE(planned_minutes, 0) >= 0)",
        "An item cannot take less than no time.",
    )

    @api.depends("proposer_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for proposal in self:
            proposal.is_mine = proposal.proposer_id == self.env.user.partner_id

    @api.constrains("meeting_id", "committee_id")
    def _check_meeting(self):
        for proposal in self:
            meeting = proposal.meeting_id
            if meeting and meeting.committee_id != proposal.committee_id:
                raise ValidationError(
                    self.env._(
                        "%(meeting)s is no meeting of %(body)s.",
                        meeting=meeting.display_name,
                        body=proposal.committee_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any("proposer_id" in vals for vals in vals_list):
            raise AccessError(self.env._("Everybody proposes for himself."))
        if any("reason" in vals for vals in vals_list):
            raise UserError(self.env._("A reason belongs to rejecting a proposal."))
        entered = without_defaults(self, {"proposer_id", "reason"})
        proposals = super(ReformAgendaProposal, entered).create(vals_list)
        for proposal in proposals:
            proposal.attachment_ids._become_evidence_of(proposal)
        return proposals

    def write(self, vals):
        if "proposer_id" in vals and not self.env.su:
            raise AccessError(self.env._("Everybody proposes for himself."))
        if "reason" in vals and vals.get("state") != "rejected":
            raise UserError(self.env._("A reason belongs to rejecting a proposal."))
        living = {"state", "meeting_id"}
        closed = self.filtered(lambda each: each.state in ("accepted", "rejected"))
        if closed and not self.env.su and set(vals) - living:
            raise UserError(
                self.env._("This was screened: propose it again if it should change.")
            )
        result = super().write(vals)
        if "attachment_ids" in vals:
            for proposal in self:
                proposal.attachment_ids._become_evidence_of(proposal)
        return result

    def _check_transition(self, target):
        super()._check_transition(target)
        for proposal in self:
            if target == "rejected" and not (proposal.reason or "").strip():
                raise UserError(self.env._("Say why: the proposer reads it."))
        if self.env.su:
            return
        for proposal in self:
            screens = target in ("accepted", "rejected") or (
                target == "draft" and proposal.state == "submitted"
            )
            if screens and not proposal.committee_id.user_runs:
                raise AccessError(
                    self.env._("The secretary of the body screens proposals.")
                )

    def _transition_stamp(self, target):
        now = fields.Datetime.now()
        if target == "submitted":
            return {"submitted_at": now, "reason": False}
        if target in ("accepted", "rejected"):
            return {"screened_at": now, "screened_by_id": self.env.uid}
        return {}
