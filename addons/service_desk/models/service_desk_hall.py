import secrets
from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import SQL

from .. import clock

# The wait that is told is that of the last hour.
LOOK_BACK = timedelta(hours=1)


class ServiceDesk(models.Model):
    """The queue of a desk, and what its displays show."""

    _inherit = "service.desk"

    hall_token = fields.Char(
        copy=False, readonly=True, groups="service_desk.group_administrator"
    )
    kiosk_token = fields.Char(
        copy=False, readonly=True, groups="service_desk.group_administrator"
    )
    has_queue = fields.Boolean(
        "Queue Numbers", help="Clients draw a number and are called to the counters."
    )
    hall_url = fields.Char("Hall Display", compute="_compute_hall_urls")
    kiosk_url = fields.Char("Kiosk", compute="_compute_hall_urls")

    _hall_token_uniq = models.UniqueIndex("(hall_token) WHERE hall_token IS NOT NULL")
    _kiosk_token_uniq = models.UniqueIndex(
        "(kiosk_token) WHERE kiosk_token IS NOT NULL"
    )

    @api.depends("hall_token", "kiosk_token")
    @api.depends_context("uid")
    def _compute_hall_urls(self):
        base = self.get_base_url()
        may = self.env.user.has_group("service_desk.group_administrator")
        for desk in self:
            # sudo: the right was asked for above
            hall, kiosk = desk.sudo().hall_token, desk.sudo().kiosk_token
            desk.hall_url = may and hall and f"{base}/desk/hall/{hall}"
            desk.kiosk_url = may and kiosk and f"{base}/desk/kiosk/{kiosk}"

    def action_renew_hall(self):
        """Give the displays of the hall new addresses; the old ones show nothing."""
        self.check_access("write")
        for desk in self:
            desk.write(
                {
                    "has_queue": True,
                    "hall_token": secrets.token_urlsafe(16),
                    "kiosk_token": secrets.token_urlsafe(16),
                }
            )

    def _hall_day(self):
        """Return the day it is where the desk is."""
        zone = pytz.timezone(self.company_id.agency_tz or "Asia/Tehran")
        return pytz.utc.localize(clock.now()).astimezone(zone).date()

    def _hall_channel(self):
        return f"service_desk.hall {self.sudo().hall_token}"

    def _hall_tell(self):
        """Have the displays of the hall look again."""
        for desk in self.filtered(lambda desk: desk.sudo().hall_token):
            self.env["bus.bus"]._sendone(
                desk._hall_channel(), "service_desk.hall", {"changed": True}
            )

    def _queue_length(self):
        """Return how many people wait at each of the desks now."""
        # sudo: whoever stands in the hall can count them
        return {
            desk: count
            for desk, count in self.env["service.desk.ticket"]
            .sudo()
            ._read_group(
                [
                    ("desk_id", "in", self.ids),
                    ("day", "in", [desk._hall_day() for desk in self]),
                    ("state", "=", "waiting"),
                ],
                ["desk_id"],
                ["__count"],
            )
        }

    def _hall_state(self):
        """Return what the display shows: one row of numbers, nobody's name."""
        self.ensure_one()
        self.env["service.desk.ticket"].flush_model()
        row = self.env.execute_query_dict(self._hall_sql())[0]
        return {
            "called": row["called"] or [],
            "next": row["next"] or [],
            "waiting": row["waiting"],
            "minutes": round(row["minutes"]) if row["minutes"] is not None else None,
        }

    def _hall_sql(self):
        return SQL(
            """
            SELECT (SELECT json_agg(called) FROM (
                       SELECT ticket.number, counter.number AS counter,
                              EXTRACT(EPOCH FROM ticket.called_at)::int AS at
                         FROM service_desk_ticket AS ticket
                         JOIN service_desk_counter AS counter
                           ON counter.id = ticket.counter_id
                        WHERE ticket.desk_id = %(desk)s
                          AND ticket.called_at IS NOT NULL
                          AND ticket.day = %(day)s
                          AND ticket.state IN ('called', 'done', 'no_show')
                     ORDER BY ticket.called_at DESC LIMIT 5) AS called) AS called,
                   (SELECT json_agg(next.number) FROM (
                       SELECT number FROM service_desk_ticket
                        WHERE desk_id = %(desk)s AND day = %(day)s
                          AND state = 'waiting'
                     ORDER BY is_priority DESC, number LIMIT 4) AS next) AS next,
                   (SELECT count(*) FROM service_desk_ticket
                        WHERE desk_id = %(desk)s AND day = %(day)s
                          AND state = 'waiting') AS waiting,
                   (SELECT EXTRACT(EPOCH FROM avg(called_at - drawn_at)) / 60
                      FROM service_desk_ticket
                     WHERE desk_id = %(desk)s AND day = %(day)s
                       AND called_at > %(since)s) AS minutes
            """,
            desk=self.id,
            day=self._hall_day(),
            since=clock.now() - LOOK_BACK,
        )
