import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import letter_of

CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}")


class AuditChecklistSection(models.Model):
    """A part of a checklist with a weight of its own."""

    _name = "audit.checklist.section"
    _description = "Checklist Section"
    _inherit = ["audit.content.mixin"]
    _order = "version_id, sequence, id"

    version_id = fields.Many2one(
        "audit.checklist.version", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="version_id.company_id", store=True)
    sequence = fields.Integer(default=100)
    code = fields.Char(
        required=True, help="Stays the same through all versions, as in A1: A."
    )
    letter = fields.Char(
        compute="_compute_letter",
        help="How the section is counted for readers: A, B or الف, ب.",
    )
    name = fields.Char("Section", required=True, translate=True)
    weight = fields.Float(
        digits=(7, 2), default=10, help="Its part in the score of the whole."
    )
    item_ids = fields.One2many("audit.checklist.item", "section_id", "Items", copy=True)
    item_weight = fields.Float(
        "Weights of Items",
        compute="_compute_item_weight",
        help="What of its items counts in a score.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE (version_id, code)", "Another section of this version has this code."
    )
    _weight_is_positive = models.Constraint(
        "CHECK (weight >= 0)", "A weight cannot be below zero."
    )

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_letter(self):
        for section in self:
            section.letter = letter_of(section.code or "", self.env.lang)

    @api.depends("letter", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for section in self:
            section.display_name = f"{section.letter}. {section.name or ''}"

    @api.depends("item_ids.weight", "item_ids.response_set_id")
    def _compute_item_weight(self):
        for section in self:
            section.item_weight = sum(
                item.weight
                for item in section.item_ids
                if item.response_set_id.kind != "text"
            )

    @api.constrains("code")
    def _check_code(self):
        for section in self:
            if not CODE.fullmatch(section.code):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” cannot be the code of a section: write a capital "
                        "Latin letter, as in A.",
                        code=section.code,
                    )
                )

    def _content_versions(self):
        return self.version_id

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tidy_code(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._tidy_code(vals))

    def unlink(self):
        self._content_touched()
        self.item_ids.unlink()
        return super().unlink()

    def _free_code(self):
        """Return the next code of an item here that no version ever used."""
        self.ensure_one()
        checklist = self.version_id.checklist_id
        # sudo: codes of all versions are taken, also of those the user cannot see
        items = self.env["audit.checklist.item"].sudo()
        taken = set(items.search([("checklist_id", "=", checklist.id)]).mapped("code"))
        number = 1
        while f"{self.code}{number}" in taken:
            number += 1
        return f"{self.code}{number}"
