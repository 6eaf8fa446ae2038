from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

OPEN_STATES = ("open", "closing")


class AuditPhase(models.Model):
    """A part of a programme: which units, within which days, by which checklist.

    The version of the checklist is fixed when the phase opens: all units of a phase
    answer the same questions.
    """

    _name = "audit.phase"
    _description = "Audit Phase"
    _inherit = ["agency.derived.mixin", "agency.state.mixin", "mail.thread"]
    _order = "programme_id, sequence, id"
    _check_company_auto = True
    # ``closing`` still takes what phones bring late (``audit_phase_end.py``).
    _state_transitions = {
        "draft": {"open"},
        "open": {"closing"},
        "closing": {"open", "closed"},
        "closed": {"closing"},
    }

    # === Identity ===
    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    programme_id = fields.Many2one(
        "audit.programme",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="programme_id.company_id", store=True, index=True
    )
    date_start = fields.Date(required=True)
    date_end = fields.Date(required=True)

    # === What is audited ===
    version_id = fields.Many2one(
        "audit.checklist.version",
        "Checklist",
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'published')]",
        help="Fixed when the phase opens.",
    )
    unit_ids = fields.Many2many(
        "audit.unit",
        "audit_phase_unit_rel",
        "phase_id",
        "unit_id",
        "Units",
        check_company=True,
    )
    unit_count = fields.Integer(compute="_compute_counts")
    source = fields.Selection(
        [("visit", "Visits of our teams"), ("reported", "Reported by another body")],
        required=True,
        default="visit",
        help="Results that another body reports are shown and counted apart.",
    )
    aggregate_rule = fields.Selection(
        [("mean", "Mean of its units"), ("sum", "All points of its units together")],
        "Score of an Agency",
        required=True,
        default="mean",
        help="Of its visited units each counts alike, or by the points that could be "
        "earned there.",
    )

    # === Course ===
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("open", "Open"),
            ("closing", "Closing"),
            ("closed", "Closed"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        group_expand=True,
        tracking=True,
    )
    visit_ids = fields.One2many("audit.visit", "phase_id", "Visits")
    visit_count = fields.Integer("Visits Planned", compute="_compute_counts")
    done_count = fields.Integer("Visits Done", compute="_compute_counts")
    extra_count = fields.Integer(
        "Extra Visits",
        compute="_compute_counts",
        help="Made at units that were found on the spot.",
    )

    _ends_after_begin = models.Constraint(
        "CHECK (date_end >= date_start)", "A phase cannot end before it begins."
    )
    _open_has_version = models.Constraint(
        "CHECK (state = 'draft' OR source = 'reported' OR version_id IS NOT NULL)",
        "A phase needs a checklist before it opens.",
    )

    @api.depends("name", "programme_id.name")
    def _compute_display_name(self):
        for phase in self:
            names = filter(None, [phase.programme_id.name, phase.name])
            phase.display_name = " · ".join(names)

    @api.depends("unit_ids")
    def _compute_counts(self):
        planned, done, extra = {}, {}, {}
        made = ("submitted", "returned", "accepted", "closed")
        for phase, kind, state, count in self.env["audit.visit"]._read_group(
            [("phase_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["phase_id", "kind", "state"],
            ["__count"],
        ):
            is_extra = kind == "added_on_site"
            if not is_extra:
                planned[phase] = planned.get(phase, 0) + count
            if state in made:
                into = extra if is_extra else done
                into[phase] = into.get(phase, 0) + count
        for phase in self:
            phase.unit_count = len(phase.unit_ids)
            phase.visit_count = planned.get(phase, 0)
            phase.done_count = done.get(phase, 0)
            phase.extra_count = extra.get(phase, 0)

    @api.constrains("date_start", "date_end", "programme_id")
    def _check_window(self):
        for phase in self:
            programme = phase.programme_id
            if (
                phase.date_start < programme.date_start
                or phase.date_end > programme.date_end
            ):
                raise ValidationError(
                    self.env._(
                        "%(phase)s lies outside the days of its programme.",
                        phase=phase.display_name,
                    )
                )

    def write(self, vals):
        frozen = {"version_id", "programme_id", "source"} & vals.keys()
        if frozen and any(phase.state != "draft" for phase in self):
            raise UserError(
                self.env._("The checklist of a phase is fixed since it was opened.")
            )
        return super().write(vals)

    def action_open(self):
        """Fix the checklist and let visits be planned."""
        self.write({"state": "open"})

    def action_closing(self):
        """Plan no more visits; still take what phones bring."""
        self.write({"state": "closing"})

    def action_close(self):
        """End the phase."""
        self.write({"state": "closed"})

    def action_visits(self):
        """Show the visits of the phase."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audit_checklist.audit_visit_action"
        )
        return action | {
            "domain": [("phase_id", "=", self.id)],
            "context": {"default_phase_id": self.id},
        }

    def _check_transition(self, state):
        for phase in self:
            if state == "open":
                phase._check_can_open()
            if state == "closed":
                phase._check_can_close()
            if state == "closing" and phase.state == "closed":
                phase._check_can_reopen()

    def _check_can_open(self):
        self.ensure_one()
        if self.programme_id.state != "running":
            raise UserError(
                self.env._(
                    "Start %(programme)s before its phases.",
                    programme=self.programme_id.name,
                )
            )
        if self.source == "visit" and self.version_id.state == "draft":
            raise UserError(
                self.env._(
                    "%(version)s is not published yet.",
                    version=self.version_id.display_name,
                )
            )
        if self.source == "visit" and not self.unit_ids:
            raise UserError(
                self.env._(
                    "%(phase)s has no units yet. Choose those that are to be visited "
                    "before you open it.",
                    phase=self.name,
                )
            )
