from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    desk_is_public = fields.Boolean(related="company_id.desk_is_public", readonly=False)
    desk_appeal_days = fields.Integer(
        related="company_id.desk_appeal_days", readonly=False
    )
    desk_remind_days = fields.Integer(
        related="company_id.desk_remind_days", readonly=False
    )
