from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.jalali_calendar.tools import sql_start_of

from .. import clock
from ..models.service_desk_month import FEWEST_ANSWERS


class ServiceDeskRatingReport(models.Model):
    """Ratings summed up by clerk and month: the only ones a clerk sees of his own.

    A month with fewer than five answers is not shown: it would tell on single people.
    Nor is the running month: who looks after each client would learn his mark from the
    difference.
    """

    _name = "service.desk.rating.report"
    _description = "Ratings, Summed Up"
    _auto = False
    _order = "month desc, id desc"
    _depends = {"service.desk.feedback": ["score", "rated_at", "user_id", "desk_id"]}

    company_id = fields.Many2one("res.company", readonly=True)
    desk_id = fields.Many2one("service.desk", readonly=True)
    user_id = fields.Many2one("res.users", "Clerk", readonly=True)
    month = fields.Date("Month From", readonly=True)
    answers = fields.Integer(readonly=True)
    score = fields.Float(
        "Satisfaction (of 5)", readonly=True, aggregator="avg", digits=(3, 1)
    )

    @property
    def _table_query(self):
        day, today = (
            SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE company.agency_tz)::date", moment)
            for moment in (
                SQL("feedback.rated_at"),
                SQL("%s::timestamp", clock.now()),
            )
        )
        return SQL(
            """
            SELECT min(feedback.id) AS id, feedback.company_id, feedback.desk_id,
                   feedback.user_id, %(month)s AS month, count(*) AS answers,
                   avg(feedback.score) AS score
              FROM service_desk_feedback AS feedback
              JOIN res_company AS company ON company.id = feedback.company_id
             WHERE feedback.rated_at IS NOT NULL AND feedback.user_id IS NOT NULL
               AND %(month)s < %(this_month)s
          GROUP BY feedback.company_id, feedback.desk_id, feedback.user_id, 5
            HAVING count(*) >= %(fewest)s
            """,
            month=sql_start_of(day, "month"),
            this_month=sql_start_of(today, "month"),
            fewest=FEWEST_ANSWERS,
        )
