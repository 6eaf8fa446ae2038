from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

PAYLOAD_KEYS = {"option", "number", "numbers", "text", "reason", "comments", "note"}


class AuditAnswer(models.Model):
    """The answer of a unit's assessment to one item: its present state.

    How it came to be stands in the journal. ``payload`` is what phone, portal and
    score read; the columns beside it are taken from it.
    """

    _name = "audit.answer"
    _description = "Answer to an Item"
    _inherit = ["agency.derived.mixin", "agency.seal.part"]
    _order = "assessment_id, item_id"
    _seal_parent = "assessment_id"
    _seal_fields = (
        "item_id",
        "item_code",
        "option_id",
        "value_num",
        "outcome",
        "ratio",
        "is_failed",
        "revision",
        "answered_by_id",
        "answered_at",
        "received_at",
    )
    # Words may name somebody.
    _seal_personal_fields = ("value_text", "comment", "na_reason")

    assessment_id = fields.Many2one(
        "audit.assessment", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="assessment_id.company_id", store=True, index=True
    )
    item_id = fields.Many2one(
        "audit.checklist.item", required=True, index=True, ondelete="restrict"
    )
    item_code = fields.Char(
        related="item_id.code", store=True, help="By which years are compared."
    )
    payload = fields.Json(help="The answer as the phone or the portal gave it.")
    option_id = fields.Many2one(
        "audit.response.option", "Chosen Answer", ondelete="restrict", readonly=True
    )
    value_num = fields.Float("Number", readonly=True)
    value_text = fields.Text("Words", readonly=True)
    comment = fields.Text(readonly=True)
    na_reason = fields.Char("Why Not Applicable", readonly=True)
    outcome = fields.Selection(
        [
            ("open", "Open"),
            ("scored", "Scored"),
            ("na", "Not applicable"),
            ("unscored", "Not scored"),
            ("irrelevant", "Not asked"),
        ],
        readonly=True,
        default="open",
    )
    ratio = fields.Float("Worth", readonly=True, aggregator="avg")
    is_failed = fields.Boolean("Failed", readonly=True)
    revision = fields.Integer(readonly=True)
    has_conflict = fields.Boolean("Conflict", readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    answered_at = fields.Datetime("Answered", readonly=True, help="By the device.")
    received_at = fields.Datetime("Arrived", readonly=True, help="At the server.")
    evidence_ids = fields.One2many("audit.evidence", "answer_id")

    _item_uniq = models.Constraint(
        "UNIQUE (assessment_id, item_id)", "An item is answered once."
    )
    _failed_idx = models.Index("(item_code, company_id) WHERE is_failed")

    @api.depends("item_id.label", "option_id.name")
    def _compute_display_name(self):
        for answer in self:
            answer.display_name = " ".join(
                filter(None, [answer.item_id.label, answer.option_id.name])
            )

    @api.constrains("assessment_id", "item_id")
    def _check_version(self):
        for answer in self:
            if answer.item_id.version_id != answer.assessment_id.version_id:
                raise ValidationError(
                    self.env._(
                        "%(item)s belongs to another version of the checklist.",
                        item=answer.item_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(
            [self._with_columns(vals, vals["item_id"]) for vals in vals_list]
        )
        answers._check_open()
        return answers

    def write(self, vals):
        self._check_open()
        if {"assessment_id", "item_id"} & vals.keys():
            raise UserError(self.env._("An answer stays with its item."))
        if "payload" not in vals or "option_id" in vals:
            return super().write(vals)
        for answer in self:
            super(AuditAnswer, answer).write(
                self._with_columns(vals, answer.item_id.id)
            )
        return True

    def unlink(self):
        self._check_open()
        return super().unlink()

    def _check_open(self):
        """Raise UserError for answers of assessments that are submitted."""
        for assessment in self.assessment_id:
            if not assessment._is_answerable():
                raise UserError(
                    self.env._(
                        "%(assessment)s is submitted: its answers are locked.",
                        assessment=assessment.display_name,
                    )
                )
            if assessment.source != "reported" and not self.env.su:
                raise UserError(
                    self.env._(
                        "Answers come from the field page or from the portal: they "
                        "are recorded, not entered."
                    )
                )

    @api.model
    def _with_columns(self, vals, item_id):
        """Return values with the columns that are taken from the payload."""
        if "payload" not in vals or "option_id" in vals:
            return vals
        payload = vals["payload"] or {}
        item = self.env["audit.checklist.item"].browse(item_id)
        options = item.response_set_id.option_ids
        option = options.filtered(lambda o: o.code == payload.get("option"))[:1]
        return vals | self._columns(payload, option.id, option.is_na)

    @api.model
    def _columns(self, payload, option_id, is_na):
        """Return what stands beside the payload, to be searched and shown."""
        comments = [*payload.get("comments", []), payload.get("note", "")]
        return {
            "option_id": option_id or False,
            "value_num": payload.get("number") or 0,
            "value_text": payload.get("text"),
            "comment": "\n".join(filter(None, comments)),
            "na_reason": payload.get("reason") if is_na else False,
        }
