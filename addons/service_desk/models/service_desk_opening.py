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
            return ""
        begin, end = shifts[0]
        local = calendar._desk_local(now)
        if begin <= local:
            return self.env._(
                "Open now, until %(hour)s",
                hour=texts.number_text(self.env, f"{end:%-H:%M}"),
            )
        return self.env._(
            "Closed now; opens on %(day)s at %(hour)s",
            day=texts.day_text(self.env, begin.date()),
            hour=texts.number_text(self.env, f"{begin:%-H:%M}"),
        )
