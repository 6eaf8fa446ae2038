import base64

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.agency_base.tools import localize_digits

KINDS = [
    ("file", "File"),
    ("meeting", "Minutes"),
    ("resolution", "Resolution"),
    ("activity", "Activity"),
]
# The field that each kind names.
TARGETS = {
    "file": "file",
    "meeting": "meeting_id",
    "resolution": "resolution_id",
    "activity": "plan_line_id",
}


class ReformAnnex(models.Model):
    """A numbered piece of evidence: a file, minutes, a resolution or an activity."""

    _name = "reform.annex"
    _description = "Annex"
    _inherit = ["agency.derived.mixin"]
    _order = "score_id, number, id"
    _check_company_auto = True

    score_id = fields.Many2one(
        "reform.indicator.score", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="score_id.company_id", store=True, precompute=True
    )
    committee_id = fields.Many2one(related="score_id.committee_id")
    number = fields.Integer(
        "Annex No.", help="Counted through the quarter of a body or office."
    )
    name = fields.Char(
        "Title",
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    kind = fields.Selection(KINDS, required=True, default="file")
    file = fields.Binary(attachment=True)
    filename = fields.Char()
    meeting_id = fields.Many2one(
        "reform.meeting",
        "Minutes",
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'approved')]",
    )
    resolution_id = fields.Many2one(
        "reform.resolution",
        ondelete="restrict",
        check_company=True,
        domain="[('state', '!=', 'draft')]",
    )
    plan_line_id = fields.Many2one(
        "reform.plan.line", "Activity", ondelete="restrict", check_company=True
    )

    _number_is_natural = models.Constraint(
        "CHECK (number > 0)", "Annexes are numbered from one."
    )

    @api.depends("kind", "filename", "meeting_id", "resolution_id", "plan_line_id")
    def _compute_name(self):
        for annex in self:
            target = TARGETS[annex.kind or "file"]
            named = annex.filename if target == "file" else annex[target].display_name
            annex.name = annex.name or named or ""

    @api.constrains("kind", "file", "meeting_id", "resolution_id", "plan_line_id")
    def _check_target(self):
        for annex in self:
            if not annex[TARGETS[annex.kind]]:
                raise ValidationError(
                    self.env._(
                        "Annex %(number)s “%(name)s” is empty: choose the file, "
                        "minutes, resolution or activity it consists of.",
                        number=localize_digits(annex.number, self.env.lang),
                        name=annex.name,
                    )
                )

    @api.constrains("file", "filename")
    def _check_file(self):
        for annex in self.filtered("file"):
            self.env["ir.attachment"]._check_upload(
                annex.filename or annex.name, annex._content()
            )

    @api.constrains("number", "score_id")
    def _check_number(self):
        for annex in self:
            same = annex._neighbours().filtered(
                lambda other, annex=annex: (
                    other.number == annex.number and other != annex
                )
            )
            if same:
                raise ValidationError(
                    self.env._(
                        "There is an annex %(number)s in this quarter already: "
                        "“%(name)s”.",
                        number=localize_digits(annex.number, self.env.lang),
                        name=same[0].name,
                    )
                )

    def _neighbours(self):
        """Return the annexes that are counted together with this one."""
        # sudo: numbers are given also past annexes that the user does not see
        score = self.score_id.sudo()
        return self.sudo().search(
            [
                ("score_id.jalali_year", "=", score.jalali_year),
                ("score_id.quarter", "=", score.quarter),
                ("score_id.committee_id", "=", score.committee_id.id),
                ("score_id.department_id", "=", score.department_id.id),
            ]
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("number"):
                vals["number"] = self._next_number(vals, vals_list)
        annexes = super().create(vals_list)
        annexes.score_id._check_open()
        return annexes

    @api.model
    def _next_number(self, vals, vals_list):
        annex = self.new({"score_id": vals.get("score_id")})
        given = [other.get("number") or 0 for other in vals_list]
        return max([*annex._neighbours().mapped("number"), *given, 0]) + 1

    def write(self, vals):
        self.score_id._check_open()
        result = super().write(vals)
        if "score_id" in vals:
            # nor to the score of somebody else, or one that was declared
            self.check_access("write")
            self.score_id._check_open()
        return result

    def unlink(self):
        self.score_id._check_open()
        return super().unlink()

    def _check_files_open(self, files):
        """Refuse to change the file of a score that was declared."""
        self.score_id._check_open()

    def _kind_label(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _reference(self):
        """Return what the annex refers to, where it is no file."""
        return "" if self.kind == "file" else self[TARGETS[self.kind]].display_name

    def _content(self):
        """Return the bytes of the file."""
        return base64.b64decode(self.with_context(bin_size=False).file or b"")
