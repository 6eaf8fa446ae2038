from odoo import fields, models

from .reform_committee import KINDS


class ReformCommitteeSet(models.Model):
    """A ready-made set of bodies: one on top, the others under it."""

    _name = "reform.committee.set"
    _description = "Ready-made Set of Bodies"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    line_ids = fields.One2many("reform.committee.set.line", "set_id", "Bodies")


class ReformCommitteeSetLine(models.Model):
    """One body of a ready-made set."""

    _name = "reform.committee.set.line"
    _description = "Body of a Ready-made Set"
    _order = "set_id, sequence, id"

    set_id = fields.Many2one(
        "reform.committee.set", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="committee")
    secretary_post = fields.Char("Secretary by Office", translate=True)
    programme_ids = fields.Many2many("reform.programme", string="Programmes")
