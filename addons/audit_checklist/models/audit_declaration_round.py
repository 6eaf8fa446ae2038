from odoo import api, fields, models
from odoo.exceptions import UserError


class AuditDeclarationRound(models.Model):
    """One call to agencies to declare what they found at their own desks.

    Inviting makes an open assessment for each unit, answered in the portal
    (``audit_declaration.py``). The round may belong to a phase whose visits it is
    compared with, or stand alone.
    """

    _name = "audit.declaration.round"
    _description = "Round of Declarations"
    _inherit = ["agency.state.mixin", "mail.thread"]
    _order = "date_due desc, id desc"
    _check_company_auto = True
    _state_transitions = {
        "draft": {"running"},
        "running": {"closed"},
        "closed": {"running"},
    }

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    phase_id = fields.Many2one(
        "audit.phase",
        index=True,
        ondelete="restrict",
        check_company=True,
        help="Whose visits the declarations are compared with.",
    )
    version_id = fields.Many2one(
        "audit.checklist.version",
        "Checklist",
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'published')]",
        compute="_compute_version_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    unit_ids = fields.Many2many(
        "audit.unit",
        "audit_declaration_round_unit_rel",
        "round_id",
        "unit_id",
        "Units",
        check_company=True,
        compute="_compute_unit_ids",
        store=True,
        readonly=False,
    )
    date_due = fields.Date("Deadline", required=True)
    user_id = fields.Many2one(
        "res.users",
        "Officer",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    invitation = fields.Text(help="What the invitation says besides the deadline.")
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    declaration_ids = fields.One2many("audit.assessment", "round_id", "Declarations")
    invited_count = fields.Integer("Invited", compute="_compute_counts")
    submitted_count = fields.Integer("Submitted", compute="_compute_counts")
    missing_count = fields.Integer("Not Answered", compute="_compute_counts")
    mean_score = fields.Float(compute="_compute_counts", digits=(5, 1))

    @api.depends("phase_id")
    def _compute_version_id(self):
        for call in self:
            call.version_id = call.phase_id.version_id or call.version_id

    @api.depends("phase_id")
    def _compute_unit_ids(self):
        for call in self:
            call.unit_ids = call.phase_id.unit_ids or call.unit_ids

    @api.depends("declaration_ids.state")
    def _compute_counts(self):
        counts = {}
        for call, state, count in self.env["audit.assessment"]._read_group(
            [("round_id", "in", self.ids)], ["round_id", "state"], ["__count"]
        ):
            counts.setdefault(call, {})[state] = count
        means = dict(
            self.env["audit.assessment"]._read_group(
                [
                    ("round_id", "in", self.ids),
                    ("state", "in", ("submitted", "accepted")),
                    ("has_score", "=", True),
                ],
                ["round_id"],
                ["score:avg"],
            )
        )
        for call in self:
            states = counts.get(call, {})
            done = states.get("submitted", 0) + states.get("accepted", 0)
            call.invited_count = sum(states.values())
            call.submitted_count = done
            call.missing_count = call.invited_count - done
            call.mean_score = means.get(call) or 0

    def write(self, vals):
        if {"version_id", "phase_id"} & vals.keys() and any(
            call.state != "draft" for call in self
        ):
            raise UserError(
                self.env._("The checklist of a round is fixed since it began.")
            )
        return super().write(vals)

    def _check_transition(self, state):
        for call in self:
            if state == "running" and (
                not call.version_id or call.version_id.state == "draft"
            ):
                raise UserError(self.env._("A round needs a published checklist."))
            if state == "running" and not call.unit_ids:
                raise UserError(self.env._("Choose the units that are invited."))

    def action_invite(self):
        """Begin the round: open the declarations and invite the units."""
        self.write({"state": "running"})
        self._invite()

    def action_invite_more(self):
        """Invite units that were added since."""
        for call in self:
            if call.state != "running":
                raise UserError(self.env._("This round is not running."))
        self._invite()

    def action_close(self):
        """End the round: nothing is submitted any more."""
        self.write({"state": "closed"})

    def action_reopen(self):
        """Take declarations again."""
        self.write({"state": "running"})

    def _invite(self):
        for call in self:
            known = call.declaration_ids.unit_id
            # sudo: declarations are opened by inviting, never by hand
            declarations_sudo = self.env["audit.assessment"].sudo()
            made = declarations_sudo.create(
                [
                    {
                        "kind": "self_declaration",
                        "source": "declared",
                        "unit_id": unit.id,
                        "phase_id": call.phase_id.id,
                        "version_id": call.version_id.id,
                        "round_id": call.id,
                    }
                    for unit in call.unit_ids - known
                ]
            )
            for declaration in made:
                told = declaration._for_declarant()
                told._tell_declarant(
                    call.name,
                    call.invitation
                    or told.env._("Please declare the state of your service desk."),
                )

    def action_declarations(self):
        """Show the declarations of the round."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audit_checklist.audit_declaration_action"
        )
        return action | {"domain": [("round_id", "=", self.id)], "context": {}}

    def action_missing(self):
        """Show who has not answered."""
        action = self.action_declarations()
        return action | {
            "domain": [
                ("round_id", "=", self.id),
                ("state", "in", ("open", "returned")),
            ]
        }

    def action_gaps(self):
        """Show what was declared beside what was seen."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audit_checklist.audit_gap_report_action"
        )
        return action | {"domain": [("phase_id", "=", self.phase_id.id)]}
