from odoo import api, models


class AgencyCounter(models.Model):
    _inherit = "agency.counter"

    @api.model
    def _names(self):
        return super()._names() | {
            "meeting": self.env._("Meetings"),
            "letter": self.env._("Letters"),
            "dossier": self.env._("Dossiers"),
            "suggestion": self.env._("Suggestions"),
            "shortcoming": self.env._("Shortcomings"),
            "S": self.env._("Suggestion System"),
        }
