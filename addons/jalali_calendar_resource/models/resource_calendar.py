from collections import defaultdict
from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

#: What a day off takes from its holiday.
FOLLOWING = ("name", "date_from", "date_to")


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    has_official_holidays = fields.Boolean(
        string="Official Holidays of Iran",
        help="Nobody works by this calendar on the official holidays, Nowruz included."
        " The days off follow the list of official holidays by themselves.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        calendars = super().create(vals_list)
        calendars.filtered("has_official_holidays")._sync_official_holidays()
        return calendars

    def write(self, vals):
        result = super().write(vals)
        if {"has_official_holidays", "tz", "company_id"} & vals.keys():
            self._sync_official_holidays()
        return result

    def _sync_official_holidays(self, dates=None):
        """Make the days off agree with the official holidays, all or some dates.

        Doing it twice changes nothing. Only days off that were made here are touched.
        """
        of_dates = Domain("date", "in", dates) if dates else Domain.TRUE
        names = defaultdict(list)
        for holiday in self.env["jalali.holiday"].sudo().search(of_dates):
            names[holiday.date].append(holiday.name)
        # Whoever edits a calendar or the list of holidays need not manage time off.
        leaves_sudo = self.env["resource.calendar.leaves"].sudo()
        made_here = Domain("calendar_id", "in", self.ids) & (
            Domain("official_holiday_on", "in", dates)
            if dates
            else Domain("official_holiday_on", "!=", False)
        )
        existing = leaves_sudo.search(made_here).grouped("calendar_id")
        vals_list = []
        for calendar in self:
            leaves = existing.get(calendar, leaves_sudo)
            vals_list += calendar._update_official_holidays(leaves, names)
        leaves_sudo.create(vals_list)

    def _update_official_holidays(self, leaves, names):
        """Update or remove the days off of one calendar; return those to create."""
        wanted = {}
        if self.has_official_holidays:
            wanted = {
                date: self._prepare_official_holiday(date, names[date])
                for date in names
            }
        obsolete = leaves.filtered(
            lambda leave: leave.official_holiday_on not in wanted
        )
        obsolete.unlink()
        for leave in leaves - obsolete:
            vals = wanted.pop(leave.official_holiday_on)
            if any(
                leave[name] != vals[name] for name in ("name", "date_from", "date_to")
            ):
                leave.write(vals)
        return list(wanted.values())

    def _prepare_official_holiday(self, date, names):
        """Return the values of a day off: a whole day in the calendar's zone."""
        zone = pytz.timezone(self.tz or "UTC")
        first, last = (
            zone.localize(datetime.combine(date, clock))
            .astimezone(pytz.utc)
            .replace(tzinfo=None, microsecond=0)
            for clock in (time.min, time.max)
        )
        return {
            "name": "، ".join(names),
            "calendar_id": self.id,
            "company_id": self.company_id.id or self.env.company.id,
            "resource_id": False,
            "date_from": first,
            "date_to": last,
            "time_type": "leave",
            "official_holiday_on": date,
        }
