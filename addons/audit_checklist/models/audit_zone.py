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
    travel_minutes = fields.Integer(
        "Minutes Away", help="From the office to the zone, one way."
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    unit_ids = fields.One2many("audit.unit", "zone_id", "Units")

    _not_nearer_than_here = models.Constraint(
        "CHECK (travel_minutes BETWEEN 0 AND 600)",
        "The way to a zone takes between 0 and 600 minutes.",
    )
    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE active", "Another zone has this name."
    )
