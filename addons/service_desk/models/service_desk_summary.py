from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.jalali_calendar.tools import month_bounds, to_jalali

from .. import clock

# Below this a satisfaction would tell on single people.
FEWEST_ANSWERS = 5
OPEN = "('incomplete', 'registered', 'referred', 'ready')"


class ServiceDeskSummary(models.Model):
    """Counted work of each desk and unit, one row a day, as of the hour it was counted.

    A cron counts today's rows anew; those of earlier days stay as they were, so that
    the board can tell more or fewer than yesterday. What is read of a million requests
    is this table.
    """

    _name = "service.desk.summary"
    _description = "Summary of Work"
    _order = "day desc, desk_id, department_id"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    counted_at = fields.Datetime("As Of", required=True, readonly=True)
    desk_id = fields.Many2one(
        "service.desk", required=True, readonly=True, ondelete="cascade"
    )
    department_id = fields.Many2one(
        "hr.department", "Unit", readonly=True, ondelete="cascade"
    )
    open_count = fields.Integer("Open", readonly=True)
    overdue_count = fields.Integer("Overdue", readonly=True)
    overdue_days = fields.Integer(
        "Longest Overdue (Days)", readonly=True, aggregator="max"
    )
    today_count = fields.Integer("Promised for Today", readonly=True)
    today_ready_count = fields.Integer("Of Them Ready", readonly=True)
    incomplete_count = fields.Integer("Incomplete", readonly=True)
    returned_count = fields.Integer("Returned by a Unit", readonly=True)

    _day_uniq = models.UniqueIndex("(day, desk_id, COALESCE(department_id, 0))")
    _company_idx = models.Index("(company_id, day)")

    @api.model
    def _cron_count(self):
        """Count the work of every company that has a desk."""
        groups = self.env["service.desk"]._read_group([], ["company_id"])
        for (company,) in groups:
            self._count(company)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _today(self, company):
        zone = pytz.timezone(company.agency_tz or "Asia/Tehran")
        return pytz.utc.localize(clock.now()).astimezone(zone).date()

    @api.model
    def _count(self, company):
        """Count today's rows of ``company`` in one statement each way."""
        self.env["service.desk.request"].flush_model()
        self.env["service.desk.referral"].flush_model()
        today = self._today(company)
        self.env.cr.execute(
            SQL(
                "DELETE FROM service_desk_summary WHERE company_id = %s AND day = %s",
                company.id,
                today,
            )
        )
        self.env.cr.execute(self._count_sql(company, today))
        self.invalidate_model()

    @api.model
    def _count_sql(self, company, today):
        return SQL(
            """
            INSERT INTO service_desk_summary
                   (company_id, day, counted_at, desk_id, department_id, open_count,
                    overdue_count, overdue_days, today_count, today_ready_count,
                    incomplete_count, returned_count)
            SELECT %(company)s, %(today)s, %(now)s, request.desk_id,
                   request.department_id,
                   count(*),
                   count(*) FILTER (WHERE %(overdue)s),
                   COALESCE(CEIL(EXTRACT(EPOCH FROM %(now)s - MIN(date_deadline)
                       FILTER (WHERE %(overdue)s)) / 86400), 0)::int,
                   count(*) FILTER (WHERE date_promised = %(today)s),
                   count(*) FILTER (
                       WHERE date_promised = %(today)s AND state = 'ready'),
                   count(*) FILTER (WHERE state = 'incomplete'),
                   count(*) FILTER (WHERE state = 'registered' AND EXISTS (
                       SELECT FROM service_desk_referral AS referral
                        WHERE referral.request_id = request.id
                          AND referral.state = 'returned'))
              FROM service_desk_request AS request
             WHERE request.company_id = %(company)s
               AND request.state IN ('incomplete', 'registered', 'referred', 'ready')
          GROUP BY request.desk_id, request.department_id
            """,
            company=company.id,
            today=today,
            now=clock.now(),
            overdue=SQL(
                "state IN ('registered', 'referred') AND date_deadline < %s",
                clock.now(),
            ),
        )

    # === A month ===

    @api.model
    def _month_figures(self, company, day, desk=None):
        """Return the figures of the Jalali month around ``day``, by what was finished.

        Measured are the requests made ready in the month; satisfaction is withheld
        below `FEWEST_ANSWERS` answers.
        """
        year, month, _day = to_jalali(day)
        first, last = month_bounds(year, month)
        zone = pytz.timezone(company.agency_tz or "Asia/Tehran")
        begin, end = (
            zone.localize(fields.Datetime.to_datetime(edge))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for edge in (first, last + timedelta(days=1))
        )
        for model in ("service.desk.request", "service.desk.referral"):
            self.env[model].flush_model()
        self.env["service.desk.feedback"].flush_model()
        figures = self.env.execute_query_dict(
            self._month_sql(company, begin, end, desk)
        )[0]
        if figures["answers"] < FEWEST_ANSWERS:
            figures["score"] = None
        measured = figures["kept"] + figures["broken"]
        share = round(100 * figures["kept"] / measured) if measured else None
        return figures | {"first": first, "last": last, "on_time": share}

    @api.model
    def _month_sql(self, company, begin, end, desk):
        of_desk = SQL("AND desk_id = %s", desk.id) if desk else SQL("")
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
                   (SELECT count(*) FROM service_desk_referral
                     WHERE company_id = %(company)s AND kind = 'person'
                       AND date_sent >= %(begin)s AND date_sent < %(end)s) AS sent,
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
        )
