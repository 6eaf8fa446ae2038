from odoo import fields, models
from odoo.exceptions import UserError


class AuditProgramme(models.Model):
    """A campaign of audits: its phases, its joint teams, the bodies that audit."""

    _name = "audit.programme"
    _description = "Audit Programme"
    _inherit = ["agency.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _state_transitions = {
        "draft": {"running", "cancelled"},
        "running": {"closed", "cancelled"},
        "closed": {"running"},
        "cancelled": set(),
    }

    # === Identity ===
    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        "Officer",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    body_ids = fields.Many2many(
        "audit.body",
        string="Bodies",
        default=lambda self: self.env["audit.body"].search([]),
        help="Each joint team has exactly one inspector of each.",
    )
    governor_partner_ids = fields.Many2many(
        "res.partner",
        "audit_programme_governor_rel",
        "programme_id",
        "partner_id",
        "Recipients of the Reports",
        help="Who gets the daily report by e-mail.",
    )
    date_start = fields.Date(required=True)
    date_end = fields.Date(required=True)
    note = fields.Html()

    # === Rules ===
    is_blind = fields.Boolean(
        "Blind Audit",
        default=True,
        help="Inspectors do not see what a unit declared before they submitted.",
    )
    publishes_inspectors = fields.Boolean(
        help="Agencies see the names of those who visited them."
    )

    # === Course ===
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("running", "Running"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        group_expand=True,
        tracking=True,
    )
    phase_ids = fields.One2many("audit.phase", "programme_id", "Phases")
    team_ids = fields.One2many("audit.team", "programme_id", "Teams")
    visit_count = fields.Integer(compute="_compute_visit_count")

    _ends_after_begin = models.Constraint(
        "CHECK (date_end >= date_start)", "A programme cannot end before it begins."
    )

    def _compute_visit_count(self):
        counts = dict(
            self.env["audit.visit"]._read_group(
                [("programme_id", "in", self.ids)], ["programme_id"], ["__count"]
            )
        )
        for programme in self:
            programme.visit_count = counts.get(programme, 0)

    def write(self, vals):
        if "body_ids" in vals and any(programme.state != "draft" for programme in self):
            raise UserError(
                self.env._("The bodies of a programme are settled before it runs.")
            )
        return super().write(vals)

    def action_run(self):
        """Begin the programme."""
        self.write({"state": "running"})

    def action_close(self):
        """End the programme once all phases are closed."""
        self.write({"state": "closed"})

    def action_cancel(self):
        """Give the programme up."""
        self.write({"state": "cancelled"})

    def action_visits(self):
        """Show the visits of the programme."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audit_checklist.audit_visit_action"
        )
        return action | {
            "domain": [("programme_id", "=", self.id)],
            "context": {"default_programme_id": self.id},
        }

    def _check_transition(self, state):
        for programme in self:
            if state == "closed" and set(programme.phase_ids.mapped("state")) - {
                "closed",
                "draft",
            }:
                raise UserError(
                    self.env._(
                        "Close the phases of %(record)s first.",
                        record=programme.display_name,
                    )
                )
