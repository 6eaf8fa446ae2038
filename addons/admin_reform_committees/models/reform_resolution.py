from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.agency_base.tools import localize_digits

STATES = [
    ("draft", "Draft"),
    ("adopted", "Adopted"),
    ("awaiting_approval", "Awaiting Approval"),
    ("returned", "Returned"),
    ("communicated", "Communicated"),
    ("in_progress", "In Progress"),
    ("claimed_done", "Reported as Done"),
    ("verified", "Verified"),
    ("superseded", "Superseded"),
    ("revoked", "Revoked"),
]
OPEN_STATES = (
    "adopted",
    "awaiting_approval",
    "returned",
    "communicated",
    "in_progress",
    "claimed_done",
)


class ReformResolution(models.Model):
    """What a meeting resolved: a text, who is responsible, and until when.

    A draft is written with its agenda item; approving the minutes adopts and numbers
    it. From then on its text, responsible person and deadline are history.
    """

    _name = "reform.resolution"
    _description = "Resolution"
    _inherit = [
        "agency.state.mixin",
        "agency.derived.mixin",
        "reform.number.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "meeting_date desc, meeting_id.id, sequence, id"  # as its index
    _rec_names_search = ["number", "text"]
    _check_company_auto = True
    _state_transitions = {
        "draft": {"adopted"},
        "adopted": {"awaiting_approval", "communicated", "superseded", "revoked"},
        "awaiting_approval": {"communicated", "returned"},
        "returned": {"awaiting_approval", "superseded", "revoked"},
        "communicated": {"in_progress", "claimed_done", "superseded", "revoked"},
        "in_progress": {"claimed_done", "superseded", "revoked"},
        "claimed_done": {"verified", "in_progress"},
        "verified": set(),
        "superseded": set(),
        "revoked": set(),
    }
    _fills_in_itself = True
    _state_stamps = frozenset(
        {
            "number",
            "adopted_at",
            "answer",
            "approved_at",
            "approved_by_id",
            "approved_for_id",
            "approved_text",
            "claimed_at",
            "claimed_by_id",
            "closed_reason",
            "communicated_at",
            "directive",
            "excerpt_id",
            "first_due_on",
            "percent",
            "received_at",
            "received_by_id",
            "reminded_on",
            "reported_on",
            "return_reason",
            "superseded_by_id",
            "verified_at",
            "verified_by_id",
        }
    )

    # === Identity ===
    number = fields.Char(readonly=True, copy=False)
    item_id = fields.Many2one(
        "reform.agenda.item", required=True, index=True, ondelete="restrict"
    )
    meeting_id = fields.Many2one(related="item_id.meeting_id", store=True, index=True)
    committee_id = fields.Many2one(
        related="meeting_id.committee_id", store=True, string="Body"
    )
    company_id = fields.Many2one(
        related="meeting_id.company_id", store=True, index=True
    )
    meeting_date = fields.Date(related="meeting_id.meeting_date", store=True)
    sequence = fields.Integer(default=10)
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        group_expand=True,
    )

    # === What was resolved ===
    text = fields.Text(required=True)
    kind = fields.Selection(
        [
            ("decision", "Decision"),
            ("recommendation", "Recommendation"),
            ("referral_up", "Referred Upward"),
        ],
        required=True,
        default="decision",
    )
    responsible_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('is_company', '=', False)]",
    )
    department_id = fields.Many2one(
        "hr.department", "Unit", ondelete="set null", check_company=True
    )
    due_on = fields.Date("Deadline")
    programme_id = fields.Many2one("reform.programme", ondelete="restrict")
    adopted_at = fields.Datetime(readonly=True, copy=False)
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    _adopted_is_numbered = models.Constraint(
        "CHECK ((state = 'draft') = (number IS NULL))",
        "Resolutions are numbered when, and only when, they are adopted.",
    )
    _adopted_is_assigned = models.Constraint(
        "CHECK (state = 'draft' OR kind != 'decision' "
        "OR (responsible_id IS NOT NULL AND due_on IS NOT NULL))",
        "A decision needs somebody responsible and a deadline.",
    )
    _deadline_follows = models.Constraint(
        "CHECK (due_on >= meeting_date)",
        "A deadline cannot lie before the meeting.",
    )
    _number_uniq = models.UniqueIndex(
        "(company_id, number) WHERE number IS NOT NULL",
        "Two resolutions cannot have the same number.",
    )
    _open_idx = models.Index(
        "(committee_id, due_on) WHERE state IN ('adopted', 'awaiting_approval', "
        "'returned', 'communicated', 'in_progress', 'claimed_done')"
    )
    _due_idx = models.Index("(due_on)")  # the months of the calendar
    _register_idx = models.Index("(meeting_date DESC, meeting_id, sequence, id)")

    @api.depends("state", "due_on")
    def _compute_is_overdue(self):
        today = self.env["reform.term.mixin"]._today()
        for resolution in self:
            resolution.is_overdue = (
                resolution.state in OPEN_STATES
                and bool(resolution.due_on)
                and resolution.due_on < today
            )

    def _search_is_overdue(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        today = self.env["reform.term.mixin"]._today()
        return Domain("state", "in", OPEN_STATES) & Domain("due_on", "<", today)

    @api.depends("number", "text")
    @api.depends_context("lang", "formatted_display_name")
    def _compute_display_name(self):
        # Lists to choose from ask for it: a number alone says nothing there.
        is_offered = self.env.context.get("formatted_display_name")
        for resolution in self:
            begun = " ".join((resolution.text or "").split())[:60]
            name = resolution.number or begun
            if is_offered and resolution.number:
                name = f"{name}\n{begun}"
            resolution.display_name = localize_digits(name, self.env.lang)

    @api.constrains("responsible_id", "due_on", "item_id")
    def _check_deadline(self):
        for resolution in self:
            day = resolution.meeting_date
            if resolution.due_on and day and resolution.due_on < day:
                raise ValidationError(
                    self.env._(
                        "The deadline of “%(text)s” lies before the meeting.",
                        text=resolution.display_name,
                    )
                )

    def _is_assigned(self):
        """Tell whether somebody must do it until some day, as far as its kind asks."""
        return self.kind != "decision" or bool(self.responsible_id and self.due_on)

    # === Guards ===

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_derived(vals_list)
        vals_list = self._with_owner("item_id", vals_list)
        items = self.env["reform.agenda.item"].browse(
            vals["item_id"] for vals in vals_list if vals.get("item_id")
        )
        if not self._is_importing():
            items.meeting_id._check_open()
        by_id = {item.id: item for item in items}
        for vals in vals_list:
            if item := by_id.get(vals.get("item_id")):
                # what follows from the item, at once instead of by an update
                vals.update(
                    meeting_id=item.meeting_id.id,
                    committee_id=item.meeting_id.committee_id.id,
                    company_id=item.meeting_id.company_id.id,
                    meeting_date=item.meeting_id.meeting_date,
                )
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_stamps(vals)
        if "state" in vals:
            raise AccessError(
                self.env._(
                    "A resolution moves on by what is done with it, not by hand."
                )
            )
        names = {
            name for name in vals if not name.startswith(("message_", "activity_"))
        }
        if names:
            for resolution in self:
                if resolution.state != "draft":
                    raise UserError(
                        self.env._(
                            "%(number)s was adopted: what the meeting resolved cannot "
                            "change any more.",
                            number=resolution.display_name,
                        )
                    )
            self.meeting_id._check_open()
            self._check_stays(vals.get("item_id"))
        return super().write(vals)

    def _check_stays(self, item_id):
        item = self.env["reform.agenda.item"].browse(item_id or [])
        if item and self.meeting_id - item.meeting_id:
            raise UserError(
                self.env._("A resolution stays with the meeting it was written in.")
            )

    def unlink(self):
        self.meeting_id._check_open()
        return super().unlink()

    @api.model
    def _is_importing(self):
        return self.env["reform.meeting"]._is_importing()

    def _move(self, target, **stamp):
        """Let a resolution become ``target``, with the values that brings."""
        self._check_table(target)
        return self._set_stamps({"state": target} | stamp)

    def _adopt(self, number):
        """Adopt a draft with the minutes it stands in."""
        return self._move("adopted", number=number, adopted_at=fields.Datetime.now())
