from odoo import api, models


class AgencyCounter(models.Model):
    _inherit = "agency.counter"

    @api.model
    def _names(self):
        return super()._names() | {
            "list": self.env._("Lists"),
            "service_desk.transmittal": self.env._("Transmittal Lists"),
        }
