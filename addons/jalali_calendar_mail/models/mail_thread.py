import re
from datetime import date, datetime

from odoo import models
from odoo.tools import format_date, format_datetime

from odoo.addons.jalali_calendar.tools import replace_dates

ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
#: As the chatter writes a moment for the browser, in UTC.
ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ")


class MailThread(models.AbstractModel):
    """Write Jalali dates where mails take dates as ready texts."""

    _inherit = "mail.thread"

    def _notify_by_email_render_layout(
        self, message, recipients_group, msg_vals=False, render_values=None
    ):
        lang = self.env["res.lang"]._get_data(
            code=(render_values or {}).get("lang") or self.env.lang
        )
        if render_values and lang.calendar == "jalali":
            reader = self.with_context(lang=lang.code)
            render_values = {
                **render_values,
                "subtitles": [
                    replace_dates(subtitle, lang.date_format)
                    if isinstance(subtitle, str)
                    else subtitle
                    for subtitle in render_values.get("subtitles") or []
                ],
                "tracking_values": [
                    (name, *(reader._format_tracked_date(value) for value in values))
                    for name, *values in render_values.get("tracking_values") or []
                ],
            }
        return super()._notify_by_email_render_layout(
            message, recipients_group, msg_vals=msg_vals, render_values=render_values
        )

    def _format_tracked_date(self, value):
        """Return the value of a tracked date as text; other values as they are."""
        if not isinstance(value, str):
            return value
        if ISO_DATE.fullmatch(value):
            return format_date(self.env, date.fromisoformat(value))
        if ISO_MOMENT.fullmatch(value):
            moment = datetime.fromisoformat(value[:-1])
            text = format_datetime(self.env, moment)
            return text if self.env.user.tz else f"{text} (UTC)"
        return value
