from odoo import fields, models


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    official_holiday_on = fields.Date(
        readonly=True,
        copy=False,
        help="The official holiday that this time off stands for. It follows the"
        " list of official holidays.",
    )

    _official_holiday_uniq = models.UniqueIndex(
        "(calendar_id, official_holiday_on) WHERE official_holiday_on IS NOT NULL",
        "A working calendar has each official holiday once.",
    )
