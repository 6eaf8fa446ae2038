import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.agency_base.tools import localize_digits

from ..tools.causes import CAUSES

CODE = re.compile(r"[A-Z][A-Z0-9._-]{0,15}")


class AuditChecklistItem(models.Model):
    """One thing that is looked at, asked or tried out on a visit.

    Its ``code`` stays the same through all versions, so that years can be compared;
    an item whose meaning changes gets a new code.
    """

    _name = "audit.checklist.item"
    _description = "Checklist Item"
    _inherit = ["audit.content.mixin"]
    _order = "version_id, section_id, sequence, id"
    _rec_names_search = ["code", "name"]
    _check_company_auto = True

    # === Identity ===
    section_id = fields.Many2one(
        "audit.checklist.section",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('version_id', '=', version_id)]",
    )
    version_id = fields.Many2one(
        related="section_id.version_id", store=True, index=True
    )
    checklist_id = fields.Many2one(
        related="section_id.version_id.checklist_id", store=True
    )
    company_id = fields.Many2one(related="version_id.company_id", store=True)
    sequence = fields.Integer(default=100)
    code = fields.Char(
        required=True,
        help="Capital letters and digits, as in D2. The same in all versions.",
    )
    label = fields.Char(
        compute="_compute_label", help="The code as readers know it: D2 or ت۲."
    )
    name = fields.Text("Item", required=True, translate=True)

    # === Answer ===
    weight = fields.Float(digits=(7, 2), default=1)
    is_critical = fields.Boolean(
        "Critical", help="If it fails, the score of the whole visit is capped."
    )
    is_required = fields.Boolean("Answer Required", default=True)
    method = fields.Selection(
        [
            ("examine", "Examination"),
            ("interview", "Interview"),
            ("test", "Test"),
        ],
        required=True,
        default="examine",
    )
    response_set_id = fields.Many2one(
        "audit.response.set",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env["audit.response.set"].search([], limit=1),
    )
    photo_policy = fields.Selection(
        [
            ("none", "No photo"),
            ("optional", "Optional"),
            ("on_fail", "On failure"),
            ("always", "Always"),
        ],
        "Photo",
        required=True,
        default="optional",
    )
    comment_policy = fields.Selection(
        [
            ("none", "No comment"),
            ("optional", "Optional"),
            ("on_fail", "On failure"),
            ("always", "Always"),
        ],
        "Comment",
        required=True,
        default="optional",
    )
    na_policy = fields.Selection(
        [
            ("no", "Not allowed"),
            ("reason", "Allowed, with a reason"),
            ("free", "Allowed"),
        ],
        "Not Applicable",
        required=True,
        default="reason",
    )
    comment_phrase_ids = fields.One2many(
        "audit.checklist.phrase",
        "item_id",
        "Ready Comments",
        domain=[("kind", "=", "comment")],
        context={"default_kind": "comment"},
    )
    na_phrase_ids = fields.One2many(
        "audit.checklist.phrase",
        "item_id",
        "Reasons for Not Applicable",
        domain=[("kind", "=", "na_reason")],
        context={"default_kind": "na_reason"},
    )
    phrase_ids = fields.One2many("audit.checklist.phrase", "item_id", copy=True)

    # === When it is asked ===
    condition_ids = fields.One2many(
        "audit.checklist.condition", "item_id", "Asked If", copy=False
    )
    condition_mode = fields.Selection(
        [("all", "All of them"), ("any", "Any of them")],
        "Conditions Met",
        required=True,
        default="all",
    )
    kind_rule = fields.Selection(
        [("all", "All"), ("only", "Only these"), ("except", "All but these")],
        "Kinds of Unit",
        required=True,
        default="all",
    )
    unit_kind_ids = fields.Many2many(
        "audit.unit.kind", string="Which Kinds", ondelete="restrict"
    )
    needs_earlier_visit = fields.Boolean(
        "Only After an Earlier Visit",
        help="Asked only where the unit was visited before.",
    )

    # === Help and what follows ===
    guidance = fields.Text("Guidance for Inspectors", translate=True)
    legal_basis = fields.Char(translate=True)
    finding_grade = fields.Selection(
        [("major", "Major"), ("minor", "Minor"), ("observation", "Observation")],
        required=True,
        default="minor",
        help="Proposed for the finding when the item fails.",
    )
    finding_cause = fields.Selection(
        CAUSES, "Usual Cause", help="Proposed for the finding when the item fails."
    )
    recommendation = fields.Text(
        translate=True, help="Proposed for the finding when the item fails."
    )

    _code_uniq = models.Constraint(
        "UNIQUE (version_id, code)", "Another item of this version has this code."
    )
    _weight_is_positive = models.Constraint(
        "CHECK (weight >= 0)", "A weight cannot be below zero."
    )
    _code_history_idx = models.Index("(checklist_id, code)")

    @api.depends("label", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for item in self:
            item.display_name = f"{item.label or ''} {item.name or ''}".strip()

    @api.depends("code", "section_id.code")
    @api.depends_context("lang")
    def _compute_label(self):
        for item in self:
            section, code = item.section_id, item.code or ""
            follows = code.startswith(section.code or " ")
            label = (
                section.letter + code.removeprefix(section.code) if follows else code
            )
            item.label = localize_digits(label, self.env.lang)

    @api.constrains("code")
    def _check_code(self):
        for item in self:
            if not CODE.fullmatch(item.code):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” cannot be the code of an item: write a capital "
                        "Latin letter followed by letters and digits, as in D2.",
                        code=item.code,
                    )
                )

    @api.constrains("kind_rule", "unit_kind_ids")
    def _check_kinds(self):
        for item in self:
            if item.kind_rule != "all" and not item.unit_kind_ids:
                raise ValidationError(
                    self.env._(
                        "Say which kinds of unit %(item)s is meant for.",
                        item=item.display_name,
                    )
                )

    @api.constrains("response_set_id")
    def _check_awaited_answers(self):
        self.env["audit.checklist.condition"].search(
            [("parent_item_id", "in", self.ids)]
        )._check_options()

    def _content_versions(self):
        return self.version_id

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        section = self.env["audit.checklist.section"].browse(
            defaults.get("section_id", [])
        )
        if section and "code" in fields and not defaults.get("code"):
            defaults["code"] = section._free_code()
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tidy_code(vals) for vals in vals_list])

    def write(self, vals):
        vals = self._tidy_code(vals)
        if "code" in vals:
            self.filtered(lambda item: item.code != vals["code"])._check_code_unknown()
        return super().write(vals)

    def unlink(self):
        self._content_touched()
        self._check_not_awaited()
        self.condition_ids.unlink()
        self.phrase_ids.unlink()
        return super().unlink()

    def copy(self, default=None):
        """Copy items within their version: each under a code nobody ever used."""
        copies = self.browse()
        for item in self:
            vals = {"code": item.section_id._free_code()} | (default or {})
            copies += super(AuditChecklistItem, item).copy(vals)
        return copies

    def _check_code_unknown(self):
        """Raise UserError for items whose code figures in a published version."""
        for item in self:
            # sudo: whoever may change the draft, the code binds
            published = self.sudo().search(
                [
                    ("checklist_id", "=", item.checklist_id.id),
                    ("code", "=", item.code),
                    ("version_id.state", "!=", "draft"),
                ],
                limit=1,
            )
            if published:
                raise UserError(
                    self.env._(
                        "%(code)s is known from %(version)s: results of years are "
                        "compared by it. Make a new item if the meaning changes.",
                        code=item.code,
                        version=published.version_id.display_name,
                    )
                )

    def _check_not_awaited(self):
        waiting = (
            self.env["audit.checklist.condition"]
            .search([("parent_item_id", "in", self.ids)])
            .filtered(lambda condition: condition.item_id not in self)
        )
        if waiting:
            raise UserError(
                self.env._(
                    "%(item)s is asked depending on %(parent)s. "
                    "Remove that condition first.",
                    item=waiting[0].item_id.label,
                    parent=waiting[0].parent_item_id.label,
                )
            )
