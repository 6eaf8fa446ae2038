import pytz

from odoo import api, fields, models
from odoo.tools import SQL

from .. import clock

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
    def _today(self, company, moment=None):
        """Return the day it is, or was at ``moment``, where ``company`` is."""
        zone = pytz.timezone(company.agency_tz or "Asia/Tehran")
        return pytz.utc.localize(moment or clock.now()).astimezone(zone).date()

    @api.model
    def _count(self, company):
        """Count today's rows of ``company`` and its month anew."""
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
        self.env["service.desk.month"]._count(company, today)

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
            -- Whoever counted at the same time makes this one be tried again.
       ON CONFLICT DO NOTHING
            """,
            company=company.id,
            today=today,
            now=clock.now(),
            overdue=SQL(
                "state IN ('registered', 'referred') AND date_deadline < %s",
                clock.now(),
            ),
        )
