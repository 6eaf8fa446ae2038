from odoo import fields, models


class ServiceDeskServiceLegal(models.Model):
    """A law or regulation a service rests on (CPSV-AP: LegalResource, Rule)."""

    _name = "service.desk.service.legal"
    _inherit = ["service.desk.line.mixin"]
    _description = "Legal Reference"

    name = fields.Char("Law or Regulation", required=True, translate=True)
    article = fields.Char(translate=True)
    url = fields.Char("Link")
