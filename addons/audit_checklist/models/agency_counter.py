from odoo import api, models


class AgencyCounter(models.Model):
    _inherit = "agency.counter"

    @api.model
    def _names(self):
        return super()._names() | {
            "assessment": self.env._("Assessments"),
            "audit": self.env._("Field Audits"),
        }
