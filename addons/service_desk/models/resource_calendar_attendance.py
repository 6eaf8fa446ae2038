from odoo import models


class ResourceCalendarAttendance(models.Model):
    """The hours of a week, which public pages know."""

    _name = "resource.calendar.attendance"
    _inherit = ["agency.known.mixin", "resource.calendar.attendance"]
    _forgetting_fields = (
        "calendar_id",
        "day_period",
        "dayofweek",
        "display_type",
        "hour_from",
        "hour_to",
    )
