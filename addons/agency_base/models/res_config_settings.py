from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    agency_tz = fields.Selection(related="company_id.agency_tz", readonly=False)
