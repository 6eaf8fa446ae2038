from odoo import fields, models

from odoo.addons.base.models.res_partner import _tz_get


class ResCompany(models.Model):
    _inherit = "res.company"

    agency_tz = fields.Selection(
        _tz_get,
        "Official Time Zone",
        required=True,
        default="Asia/Tehran",
        help="Decides on which day, and in which Jalali year, an official act falls.",
    )
