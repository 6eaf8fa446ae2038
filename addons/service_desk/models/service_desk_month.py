from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.jalali_calendar.tools import month_bounds, to_jalali

from .. import clock

# Below this a satisfaction would tell on single people.
FEWEST_ANSWERS = 5
FIGURES = (
    "registered",
    "finished",
    "kept",
    "broken",
    "median_days",
    "visits",
    "returned",
    "rejected",
    "sent",
    "told",
    "score",
    "answers",
)


class ServiceDeskMonth(models.Model):
    """Counted figures of a Jalali month: one row of all desks, and one of each.

    The cron that counts the work of the day counts the running month anew; a month
    that is over is counted once more and then stays. The board reads two rows of this
    table, however many requests there are.
    """

    _name = "service.desk.month"
    _description = "Figures of a Month"
    _order = "first desc, desk_id"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    desk_id = fields.Many2one(
        "service.desk", readonly=True, ondelete="cascade", help="Empty: all desks."
    )
    first = fields.Date("Month From", required=True, readonly=True)
    counted_at = fields.Datetime("As Of", required=True, readonly=True)
    registered = fields.Integer(readonly=True)
    finished = fields.Integer("Made Ready", readonly=True)
    kept = fields.Integer("Promises Kept", readonly=True)
    broken = fields.Integer("Broken Promises", readonly=True)
    median_days = fields.Float(readonly=True)
    visits = fields.Float("Visits per Request", readonly=True, aggregator="avg")
    returned = fields.Integer("Returned by a Unit", readonly=True)
    rejected = fields.Integer(readonly=True)
    sent = fields.Integer("People Sent Inside", readonly=True)
    told = fields.Integer("Sent Inside, by Their Words", readonly=True)
    score = fields.Float("Satisfaction (of 5)", readonly=True, aggregator="avg")
    answers = fields.Integer("Ratings", readonly=True)

    _month_uniq = models.UniqueIndex("(company_id, first, COALESCE(desk_id, 0))")

    @api.model
    def _of(self, company, day, desk=None):
        """Return the counted row of the month around ``day``, if there is one."""
        first, _last = self._bounds(day)
        return self.search(
            [
                ("company_id", "=", company.id),
                ("desk_id", "=", desk.id if desk else False),
                ("first", "=", first),
            ]
        )

    def _on_time(self):
        """Return the share of kept promises in percent, None without any."""
        measured = self.kept + self.broken
        return round(100 * self.kept / measured) if measured else None

    @api.model
    def _count(self, company, today):
        """Count the month of ``today``, and the one before until it was whole."""
        desks = self.env["service.desk"].with_context(active_test=False)
        desks = desks.search([("company_id", "=", company.id)])
        self.env["service.desk.feedback"].flush_model()
        first, _last = self._bounds(today)
        for day in (first - timedelta(days=1), today):
            first, _last = self._bounds(day)
            _begin, end = self._moments(company, day)
            whole = [
                ("company_id", "=", company.id),
                ("first", "=", first),
                ("counted_at", ">=", end),
            ]
            # A row for each desk, those that were opened since too, and one for all.
            if self.search_count(whole) <= len(desks):
                self._count_month(company, day, first, desks)
        self.invalidate_model()

    @api.model
    def _count_month(self, company, day, first, desks):
        self.env.cr.execute(
            SQL(
                "DELETE FROM service_desk_month WHERE company_id = %s AND first = %s",
                company.id,
                first,
            )
        )
        for desk in (None, *desks):
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO service_desk_month
                           (company_id, desk_id, first, counted_at, %s)
                    SELECT %s, %s, %s, %s, figures.* FROM (%s) AS figures
                        -- Who counted at the same time makes this one be tried again.
                        ON CONFLICT DO NOTHING
                    """,
                    SQL(", ").join(map(SQL.identifier, FIGURES)),
                    company.id,
                    desk.id if desk else None,
                    first,
                    clock.now(),
                    self._figures_sql(company, *self._moments(company, day), desk),
                )
            )

    # === Figures of any month, as they are now ===

    @api.model
    def _bounds(self, day):
        """Return the first and the last day of the Jalali month around ``day``."""
        year, month, _day = to_jalali(day)
        return month_bounds(year, month)

    @api.model
    def _moments(self, company, day):
        """Return when the month around ``day`` begins and ends, in UTC."""
        first, last = self._bounds(day)
        zone = pytz.timezone(company.agency_tz or "Asia/Tehran")
        return tuple(
            zone.localize(fields.Datetime.to_datetime(edge))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for edge in (first, last + timedelta(days=1))
        )

    @api.model
    def _figures(self, company, day, desk=None):
        """Return the figures of the Jalali month around ``day``, by what was finished.

        Measured are the requests made ready in the month; satisfaction is withheld
        below `FEWEST_ANSWERS` answers.
        """
        for model in ("request", "referral", "feedback", "visit"):
            self.env[f"service.desk.{model}"].flush_model()
        begin, end = self._moments(company, day)
        figures = self.env.execute_query_dict(
            self._figures_sql(company, begin, end, desk)
        )[0]
        if figures["answers"] < FEWEST_ANSWERS:
            figures["score"] = None
        measured = figures["kept"] + figures["broken"]
        share = round(100 * figures["kept"] / measured) if measured else None
        first, last = self._bounds(day)
        return figures | {"first": first, "last": last, "on_time": share}

    @api.model
    def _figures_sql(self, company, begin, end, desk):
        of_desk = SQL("AND desk_id = %s", desk.id) if desk else SQL("")
        sent_by_desk = (
            SQL(
                """AND %s IN ((SELECT desk_id FROM service_desk_request AS request
                                WHERE request.id = referral.request_id),
                              (SELECT desk_id FROM service_desk_visit AS visit
                                WHERE visit.id = referral.visit_id))""",
                desk.id,
            )
            if desk
            else SQL("")
        )
        return SQL(
            """
            WITH finished AS (
                SELECT id, promise_kept, visit_count,
                       EXTRACT(EPOCH FROM date_ready - date_registered) / 86400 AS days
                  FROM service_desk_request
                 WHERE company_id = %(company)s AND date_ready >= %(begin)s
                   AND date_ready < %(end)s %(of_desk)s
            )
            SELECT (SELECT count(*) FROM service_desk_request
                     WHERE company_id = %(company)s AND date_registered >= %(begin)s
                       AND date_registered < %(end)s %(of_desk)s) AS registered,
                   (SELECT count(*) FROM finished) AS finished,
                   (SELECT count(*) FROM finished
                     WHERE promise_kept = 'kept') AS kept,
                   (SELECT count(*) FROM finished
                     WHERE promise_kept = 'broken') AS broken,
                   (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY days)
                      FROM finished) AS median_days,
                   (SELECT avg(visit_count) FROM finished) AS visits,
                   (SELECT count(*) FROM finished WHERE EXISTS (
                        SELECT FROM service_desk_referral AS referral
                         WHERE referral.request_id = finished.id
                           AND referral.state = 'returned')) AS returned,
                   (SELECT count(*) FROM service_desk_request
                     WHERE company_id = %(company)s AND state = 'rejected'
                       AND date_closed >= %(begin)s
                       AND date_closed < %(end)s %(of_desk)s) AS rejected,
                   (SELECT count(*) FROM service_desk_referral AS referral
                     WHERE company_id = %(company)s AND kind = 'person'
                       AND date_sent >= %(begin)s
                       AND date_sent < %(end)s %(sent_by_desk)s) AS sent,
                   (SELECT count(*) FROM service_desk_feedback
                     WHERE company_id = %(company)s AND sent_inside = 'yes'
                       AND sent_at >= %(begin)s
                       AND sent_at < %(end)s %(of_desk)s) AS told,
                   (SELECT avg(score) FROM service_desk_feedback
                     WHERE company_id = %(company)s AND rated_at >= %(begin)s
                       AND rated_at < %(end)s %(of_desk)s) AS score,
                   (SELECT count(*) FROM service_desk_feedback
                     WHERE company_id = %(company)s AND rated_at >= %(begin)s
                       AND rated_at < %(end)s %(of_desk)s) AS answers
            """,
            company=company.id,
            begin=begin,
            end=end,
            of_desk=of_desk,
            sent_by_desk=sent_by_desk,
        )
