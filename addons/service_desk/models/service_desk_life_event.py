from odoo import fields, models


class ServiceDeskLifeEvent(models.Model):
    """An event of life or business that makes people need services."""

    _name = "service.desk.life.event"
    _description = "Life Event"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_business = fields.Boolean(
        "Business Event", help="Concerns a business rather than a person."
    )

    _name_uniq = models.UniqueIndex("(name)", "This life event exists already.")
