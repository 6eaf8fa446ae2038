from odoo import fields, models


class AuditZone(models.Model):
    """A part of the city or province whose units are visited on one way."""

    _name = "audit.zone"
    _description = "Zone"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    unit_ids = fields.One2many("audit.unit", "zone_id", "Units")

    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE active", "Another zone has this name."
    )
