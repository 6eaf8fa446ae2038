import secrets

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    agency_status_token = fields.Char(
        "Token of the Monitoring System",
        config_parameter="agency_base.status_token",
        help="What a monitoring system sends to read /agency/status.json; empty: "
        "nobody reads it.",
    )

    def action_new_status_token(self):
        """Replace the token: the old one no longer opens anything."""
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("agency_base.status_token", secrets.token_urlsafe(24))
        return {"type": "ir.actions.client", "tag": "reload"}
