from datetime import timedelta

from odoo import models

from .. import clock, texts

# Nowruz closes desks for two weeks.
LOOK_AHEAD_DAYS = 30


class ServiceDesk(models.Model):
    """Whether a desk is open now, and when it opens next."""

    _inherit = "service.desk"

    def _is_open(self):
        """Tell whether the desk is open at this moment, holidays known."""
        now = clock.now()
        return bool(self._get_calendar()._desk_shifts(now, now + timedelta(minutes=1)))

    def _open_text(self):
        """Say whether the desk is open now, holidays known, or when it opens next."""
        self.ensure_one()
        calendar = self._get_calendar()
        now = clock.now()
        shifts = calendar._desk_shifts(now, now + timedelta(days=LOOK_AHEAD_DAYS))
        if not shifts:
            return texts.join(
                self.env, (self.env._("Closed now"), self._closed_because(calendar))
            )
        begin, end = shifts[0]
        local = calendar._desk_local(now)
        if begin <= local:
            return self.env._(
                "Open now, until %(hour)s",
                hour=texts.number_text(self.env, f"{end:%-H:%M}"),
            )
        opens = {
            "day": texts.day_text(self.env, begin.date()),
            "hour": texts.number_text(self.env, f"{begin:%-H:%M}"),
        }
        reason = self._closed_because(calendar)
        if reason:
            return self.env._(
                "Closed now, %(reason)s; opens on %(day)s at %(hour)s",
                reason=reason,
                **opens,
            )
        return self.env._("Closed now; opens on %(day)s at %(hour)s", **opens)

    def _closed_because(self, calendar):
        """Return the name of the holiday it is now: no other word tells a visitor."""
        now = clock.now()
        # sudo: holidays hang on the door
        leaves_sudo = self.env["resource.calendar.leaves"].sudo()
        return leaves_sudo.search(
            [
                ("calendar_id", "in", [False, calendar.id]),
                ("company_id", "in", [False, self.company_id.id]),
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                ("date_from", "<=", now),
                ("date_to", ">", now),
            ],
            limit=1,
        ).name
