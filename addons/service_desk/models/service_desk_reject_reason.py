from odoo import fields, models


class ServiceDeskRejectReason(models.Model):
    """Why requests are rejected, so that the reasons can be counted."""

    _name = "service.desk.reject.reason"
    _description = "Reason of Rejection"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("(name)", "This reason exists already.")
