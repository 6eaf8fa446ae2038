from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    agency_tz = fields.Selection(related="company_id.agency_tz", readonly=False)
    agency_has_gateway = fields.Boolean(compute="_compute_agency_has_gateway")

    @api.depends("company_id")
    def _compute_agency_has_gateway(self):
        gateways = self.env["agency.sms.gateway"]
        for settings in self:
            settings.agency_has_gateway = bool(
                gateways._for_company(settings.company_id)
            )
