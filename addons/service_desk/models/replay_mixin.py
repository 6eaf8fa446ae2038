from datetime import timedelta, timezone

from odoo import models

from .. import clock

LOOK_BACK_DAYS = 120


class ServiceDeskReplayMixin(models.AbstractModel):
    """Steps that were taken on an earlier working day, by whoever took them.

    For old records and for the demo story; not reachable by RPC.
    """

    _name = "service.desk.replay.mixin"
    _description = "Steps of an Earlier Day"

    def _replay(self, days_ago, minutes, user_id, method, *args):
        """Call ``method`` as it was called some working days ago.

        ``minutes`` count from the opening of that day; 0 days ago is the last day
        the company worked, today included.
        """
        company = self.company_id[:1] or self.env.company
        now = clock.now()
        shifts = company.resource_calendar_id._desk_shifts(
            now - timedelta(days=LOOK_BACK_DAYS), now
        )
        days = sorted({begin.date() for begin, _end in shifts}, reverse=True)
        opening = next(begin for begin, _e in shifts if begin.date() == days[days_ago])
        moment = opening.astimezone(timezone.utc).replace(tzinfo=None)
        with clock.at(min(moment + timedelta(minutes=minutes), now)):
            return getattr(self.with_user(user_id), method)(*args)
