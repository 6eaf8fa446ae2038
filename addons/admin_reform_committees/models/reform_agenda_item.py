from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

AUTOMATIC = (
    "last_minutes",
    "open_resolutions",
    "carry_over",
    "standing",
    "referred",
    "report_back",
)
# Minutes planned for what comes by itself, until somebody plans them: an agenda says
# when each item begins.
MINUTES = {
    "last_minutes": 5,
    "carry_over": 10,
    "referred": 10,
    "report_back": 10,
    "from_below": 10,
    "suggestion": 10,
    "open_resolutions": 15,
    "standing": 10,
}
# What ties an item to where it comes from: what it becomes is answered there.
ORIGINS = {"minutes_of_id", "carried_from_id", "referral_id", "resolution_id"}


class ReformAgendaItem(models.Model):
    """One item of the agenda of a meeting, and what came of it."""

    _name = "reform.agenda.item"
    _description = "Agenda Item"
    _inherit = ["agency.derived.mixin"]
    _order = "meeting_id, sequence, id"
    _check_company_auto = True
    _recorded_fields = frozenset(ORIGINS)

    # === Identity ===
    meeting_id = fields.Many2one(
        "reform.meeting", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True)
    sequence = fields.Integer(default=100)
    number = fields.Integer(compute="_compute_number", help="Its place on the agenda.")
    name = fields.Char("Item", required=True)
    # Other addons add where items come from.
    source = fields.Selection(
        [
            ("last_minutes", "Last minutes"),
            ("carry_over", "Carried over"),
            ("proposal", "Proposal"),
            ("open_resolutions", "Open resolutions"),
            ("standing", "Standing item"),
            ("ad_hoc", "Raised in the meeting"),
        ],
        required=True,
        default="proposal",
    )
    is_late = fields.Boolean(
        "Late", readonly=True, help="Added after the members were invited."
    )

    # === What it is about ===
    proposer_id = fields.Many2one("res.partner", ondelete="restrict")
    presenter_id = fields.Many2one("res.partner", ondelete="restrict")
    planned_minutes = fields.Integer("Minutes Planned")
    explanation = fields.Text(
        "Why, and What Should Be Decided", help="What those invited read beforehand."
    )
    is_confidential = fields.Boolean(
        "Confidential",
        help="Shown neither in the hall nor on the page of those without an account.",
    )
    programme_id = fields.Many2one("reform.programme", ondelete="restrict")
    minutes_of_id = fields.Many2one(
        "reform.meeting", "Minutes of", readonly=True, ondelete="restrict"
    )
    review_resolution_ids = fields.Many2many(
        "reform.resolution", string="Resolutions under Review"
    )
    carried_from_id = fields.Many2one(
        "reform.agenda.item", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    carried_to_ids = fields.One2many("reform.agenda.item", "carried_from_id")

    # === What came of it ===
    notes = fields.Text()
    outcome = fields.Selection(
        [
            ("pending", "Pending"),
            ("noted", "Noted"),
            ("discussed", "Discussed"),
            ("approved", "Approved"),
            ("approved_amended", "Approved with Changes"),
            ("rejected", "Rejected"),
            ("tabled", "Tabled"),
            ("postponed", "Postponed"),
            ("referred", "Referred"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="pending",
    )
    resolution_ids = fields.One2many("reform.resolution", "item_id", "Resolutions")

    _time_is_natural = models.Constraint(
        "CHECK (COALESCE(planned_minutes, 0) >= 0)",
        "An item cannot take less than no time.",
    )
    _carried_once = models.UniqueIndex(
        "(carried_from_id) WHERE carried_from_id IS NOT NULL",
        "An item is carried over to one meeting.",
    )

    @api.depends("meeting_id.item_ids.sequence")
    def _compute_number(self):
        for item in self:
            order = item.meeting_id.item_ids.sorted(
                lambda each: (each.sequence, each.id or 0)
            )
            item.number = next(
                (place for place, each in enumerate(order, 1) if each == item), 0
            )

    @api.constrains("outcome")
    def _check_outcome(self):
        for item in self:
            if item.outcome != "pending" and item.meeting_id.state in (
                "draft",
                "convened",
            ):
                raise ValidationError(
                    self.env._(
                        "“%(item)s” can be decided once the meeting is open.",
                        item=item.name,
                    )
                )

    @api.constrains("review_resolution_ids", "meeting_id")
    def _check_review(self):
        for item in self:
            body = item.meeting_id.committee_id
            if item.review_resolution_ids.committee_id - body:
                raise ValidationError(
                    self.env._(
                        "A body reviews its own resolutions, not those of another."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._with_owner("meeting_id", vals_list)
        meetings = self.env["reform.meeting"].browse(
            {vals["meeting_id"] for vals in vals_list if vals.get("meeting_id")}
        )
        if not meetings._is_importing():
            meetings._check_open()
        state = {meeting.id: meeting.state for meeting in meetings}
        for vals in vals_list:
            # whoever enters an item by hand cannot call it one that came by itself
            automatic = self.env.su and vals.get("source") in AUTOMATIC
            drafting = state.get(vals.get("meeting_id"), "draft") == "draft"
            vals["is_late"] = not drafting and not automatic
            if not vals.get("planned_minutes") and vals.get("source") in MINUTES:
                vals["planned_minutes"] = MINUTES[vals["source"]]
        return super().create(vals_list)

    def write(self, vals):
        self.meeting_id._check_open()
        if "is_late" in vals or "meeting_id" in vals:
            raise UserError(
                self.env._("An item stays with its meeting, early or late as it came.")
            )
        return super().write(vals)

    # pylint: disable=no-raise-unlink
    def unlink(self):
        for item in self:
            item.meeting_id._check_open()
            if item.meeting_id.state not in ("draft", "convened"):
                raise UserError(
                    self.env._(
                        "“%(item)s” was before the meeting: mark it as withdrawn "
                        "instead.",
                        item=item.name,
                    )
                )
        return super().unlink()
