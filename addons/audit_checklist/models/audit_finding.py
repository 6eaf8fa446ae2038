from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import localize_digits

from ..tools.causes import CAUSES


class AuditFinding(models.Model):
    """What an audit found wrong, or worth imitating, and what is to be done.

    Made as a draft from each failed item of a visit; the agency sees it once issued.
    """

    _name = "audit.finding"
    _description = "Finding"
    _inherit = [
        "agency.derived.mixin",
        "agency.state.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["name", "item_code", "unit_id.name"]
    _check_company_auto = True
    _state_transitions = {
        "draft": {"issued"},
        "issued": {"accepted", "contested", "closed"},
        "contested": {"issued", "accepted", "closed"},
        "accepted": {"closed"},
        "closed": set(),
    }
    _state_stamps = {"issued_at", "closed_at"}

    # === Where it comes from ===
    name = fields.Char(required=True, help="In a few words.")
    assessment_id = fields.Many2one(
        "audit.assessment", required=True, index=True, ondelete="restrict"
    )
    answer_id = fields.Many2one("audit.answer", index=True, ondelete="restrict")
    item_id = fields.Many2one(
        "audit.checklist.item", required=True, index=True, ondelete="restrict"
    )
    item_code = fields.Char(related="item_id.code", store=True)
    item_label = fields.Char("Label of the Item", compute="_compute_item_label")
    unit_id = fields.Many2one(related="assessment_id.unit_id", store=True, index=True)
    visit_id = fields.Many2one(related="assessment_id.visit_id", store=True, index=True)
    phase_id = fields.Many2one(related="assessment_id.phase_id", store=True, index=True)
    programme_id = fields.Many2one(related="assessment_id.programme_id", store=True)
    company_id = fields.Many2one(
        related="assessment_id.company_id", store=True, index=True
    )

    # === What was found ===
    grade = fields.Selection(
        [
            ("major", "Major"),
            ("minor", "Minor"),
            ("observation", "Observation"),
            ("opportunity", "Opportunity for improvement"),
            ("good_practice", "Good practice"),
        ],
        required=True,
        default="minor",
        index=True,
        tracking=True,
    )
    criterion = fields.Text(help="What is asked for, with its legal basis.")
    condition = fields.Text(help="What was found.")
    cause_kind = fields.Selection(
        CAUSES,
        "Kind of Cause",
        index="btree_not_null",
        tracking=True,
        help="By which recurring causes are counted.",
    )
    cause = fields.Text("Cause in Words")
    effect = fields.Text()
    recommendation = fields.Text()
    repeat_of_id = fields.Many2one(
        "audit.finding",
        "Repeats",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        help="The same item failed here before.",
    )
    is_repeated = fields.Boolean("Repeated", compute="_compute_is_repeated", store=True)
    date_due = fields.Date("Due", index=True)

    # === Course ===
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("issued", "Issued"),
            ("contested", "Contested"),
            ("accepted", "Accepted"),
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
    issued_at = fields.Datetime(readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)

    _item_uniq = models.UniqueIndex(
        "(assessment_id, item_id)", "There is a finding on this item already."
    )

    @api.depends("item_id.label")
    @api.depends_context("lang")
    def _compute_item_label(self):
        for finding in self:
            finding.item_label = localize_digits(
                finding.item_id.label or "", self.env.lang
            )

    @api.depends("repeat_of_id")
    def _compute_is_repeated(self):
        for finding in self:
            finding.is_repeated = bool(finding.repeat_of_id)

    def action_issue(self):
        """Let the agency see the findings."""
        self.write({"state": "issued"})

    def action_good_practice(self):
        """Mark what others should imitate."""
        self.write({"grade": "good_practice"})

    def _check_transition(self, state):
        for finding in self:
            if state == "issued" and finding.assessment_id.state != "accepted":
                raise UserError(
                    self.env._("Findings are issued once the visit is accepted.")
                )

    def _transition_stamp(self, state):
        now = fields.Datetime.now()
        stamps = {"issued": {"issued_at": now}, "closed": {"closed_at": now}}
        return stamps.get(state, {})

    def _prepare_referral(self):
        """Return what another system needs to put the finding on an agenda."""
        self.ensure_one()
        return {
            "title": f"{self.unit_id.name}: {self.name}",
            "description": "\n".join(
                filter(None, [self.criterion, self.condition, self.recommendation])
            ),
            "deadline": self.date_due,
            "res_model": self._name,
            "res_id": self.id,
        }
