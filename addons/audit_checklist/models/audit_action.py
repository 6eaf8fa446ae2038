from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

LIVING = ("open", "claimed")
ENDED = ("verified", "cancelled")


class AuditAction(models.Model):
    """What an agency does about a finding: by whom, until when, with which proof.

    The agency reports it done and shows proof; somebody else verifies it or sends it
    back. Whether it helped is seen at the next visit (`audit.finding.outcome`).
    """

    _name = "audit.action"
    _description = "Corrective Action"
    _inherit = [
        "agency.derived.mixin",
        "agency.state.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_due, id"
    _rec_names_search = ["name", "unit_id.name"]
    _check_company_auto = True
    _state_transitions = {
        "open": {"claimed", "cancelled"},
        "claimed": {"open", "verified", "cancelled"},
        "verified": set(),
        "cancelled": set(),
    }
    _state_stamps = frozenset(
        {
            "date_first_due",
            "claimed_at",
            "claimed_by_id",
            "verified_at",
            "verified_by_id",
            "returned_at",
            "return_count",
            "reminded_on",
            "reminder_count",
        }
    )

    # === What ===
    name = fields.Char("Action", required=True, tracking=True)
    finding_id = fields.Many2one(
        "audit.finding",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    unit_id = fields.Many2one(related="finding_id.unit_id", store=True, index=True)
    programme_id = fields.Many2one(related="finding_id.programme_id", store=True)
    item_code = fields.Char(related="finding_id.item_code", store=True)
    item_label = fields.Char(related="finding_id.item_label")
    company_id = fields.Many2one(
        related="finding_id.company_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("correction", "Correction"),
            ("corrective", "Corrective action"),
            ("preventive", "Preventive action"),
        ],
        required=True,
        default="corrective",
        help="A correction mends the fault, a corrective action its cause; a "
        "preventive one keeps it from coming up elsewhere.",
    )
    description = fields.Text()

    # === Who and until when ===
    owner = fields.Char(
        "Responsible", required=True, tracking=True, help="Who does it at the agency."
    )
    date_due = fields.Date("Deadline", required=True, index=True, tracking=True)
    date_first_due = fields.Date("First Promised", readonly=True, copy=False)
    due_reason = fields.Text("Why Moved", help="Why the deadline was moved.")

    # === Course ===
    state = fields.Selection(
        [
            ("open", "To Do"),
            ("claimed", "Reported Done"),
            ("verified", "Verified"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
        group_expand=True,
        tracking=True,
    )
    proof_ids = fields.One2many("audit.action.proof", "action_id", "Proofs")
    claim_note = fields.Text("What Was Done")
    claimed_at = fields.Datetime("Reported At", readonly=True, copy=False)
    claimed_by_id = fields.Many2one(
        "res.users", "Reported By", readonly=True, copy=False, ondelete="restrict"
    )
    verify_note = fields.Text("What Was Seen", help="By whoever verified it.")
    verified_at = fields.Datetime(readonly=True, copy=False)
    verified_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    return_reason = fields.Text(
        "Why Sent Back", copy=False, help="The agency reads it."
    )
    returned_at = fields.Datetime(readonly=True, copy=False)
    return_count = fields.Integer("Times Sent Back", readonly=True, copy=False)
    cancel_reason = fields.Text("Why Cancelled", copy=False)
    outcome = fields.Selection(related="finding_id.outcome")

    # === Deadlines ===
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    days_left = fields.Integer(compute="_compute_is_overdue")
    reminded_on = fields.Date(readonly=True, copy=False)
    reminder_count = fields.Integer("Reminders", readonly=True, copy=False)

    _verifier_is_another = models.Constraint(
        "CHECK (verified_by_id IS NULL OR verified_by_id != claimed_by_id)",
        "Who reported it done does not verify it.",
    )
    _cancelled_is_explained = models.Constraint(
        "CHECK (state != 'cancelled' OR COALESCE(cancel_reason, '') != '')",
        "Say why the action is cancelled.",
    )
    _due_idx = models.Index("(date_due) WHERE state = 'open'")

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for action in self:
            due = action.date_due
            action.days_left = (due - today).days if due else 0
            action.is_overdue = action.state == "open" and bool(due) and due < today

    def _search_is_overdue(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("state", "=", "open") & Domain("date_due", "<", today)

    @api.model
    def _creation_stamps(self, vals_list):
        return [{"date_first_due": vals.get("date_due")} for vals in vals_list]

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        for action in actions:
            if action.finding_id.state not in ("issued", "contested", "accepted"):
                raise UserError(
                    self.env._(
                        "Actions follow from findings that are issued and not closed."
                    )
                )
        return actions

    def write(self, vals):
        names = {n for n in vals if not n.startswith(("message_", "activity_"))}
        if names and any(action.state in ENDED for action in self):
            raise UserError(self.env._("An action that has ended is not changed."))
        if "finding_id" in vals:
            raise UserError(self.env._("An action stays with its finding."))
        if "date_due" in vals:
            self._check_moved(vals)
        return super().write(vals)

    def _check_moved(self, vals):
        due = fields.Date.to_date(vals["date_due"])
        for action in self:
            reason = vals.get("due_reason", action.due_reason) or ""
            if due != action.date_first_due and not reason.strip():
                raise UserError(self.env._("Say why the deadline moves."))

    # === Course ===
    def _check_transition(self, state):
        if state == "claimed":
            for action in self:
                if not action.proof_ids:
                    raise UserError(
                        self.env._(
                            "Add the proof of “%(action)s” first.", action=action.name
                        )
                    )
        if state == "verified" or (
            state in ("open", "cancelled") and "claimed" in self.mapped("state")
        ):
            self._check_verifier()
        if state == "open":
            for action in self:
                if not (action.return_reason or "").strip():
                    raise UserError(
                        self.env._("Say why it is sent back: the agency reads it.")
                    )

    def _transition_stamp(self, state):
        now = fields.Datetime.now()
        stamps = {
            "claimed": {
                "claimed_at": now,
                "claimed_by_id": self.env.uid,
                "return_reason": False,
            },
            "verified": {"verified_at": now, "verified_by_id": self.env.uid},
            "open": {"returned_at": now, "return_count": self.return_count + 1},
        }
        return stamps.get(state, {})

    def action_claim(self):
        """Report actions done; their proof is there."""
        self.write({"state": "claimed"})

    def action_verify(self):
        """Confirm that actions were carried out."""
        self.write({"state": "verified"})
        for action in self:
            told = action.finding_id._for_agency()
            told._tell_agency(
                told.env._("An action was verified"),
                told.env._("%(action)s is verified.", action=action.name),
            )

    def action_return(self):
        """Send actions back to the agency; the reason is entered before."""
        self.write({"state": "open"})
        for action in self:
            told = action.finding_id._for_agency()
            told._tell_agency(
                told.env._("An action was sent back"),
                f"{action.name}: {action.return_reason}",
            )

    def action_cancel(self):
        """Give actions up; the reason is entered before."""
        self.write({"state": "cancelled"})
