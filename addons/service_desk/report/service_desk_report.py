from odoo import api, fields, models
from odoo.tools import SQL

MEDIAN = "days_median:avg"


class ServiceDeskReport(models.Model):
    """Every registered request with what is measured of it, for pivot and graph."""

    _name = "service.desk.report"
    _description = "Performance of the Desk"
    _auto = False
    _order = "date_registered desc, id desc"
    _depends = {
        "service.desk.request": [
            "state",
            "date_registered",
            "date_ready",
            "promise_kept",
            "visit_count",
            "department_id",
            "user_id",
        ],
        "service.desk.referral": ["state", "kind", "request_id"],
        "service.desk.feedback": ["score", "rated_at", "request_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    service_id = fields.Many2one("service.desk.service", readonly=True)
    desk_id = fields.Many2one("service.desk", readonly=True)
    department_id = fields.Many2one("hr.department", "Unit", readonly=True)
    user_id = fields.Many2one("res.users", "Clerk", readonly=True)
    channel = fields.Selection(
        selection=lambda self: self._words_of("channel"),
        readonly=True,
    )
    state = fields.Selection(
        selection=lambda self: self._words_of("state"),
        readonly=True,
    )
    date_registered = fields.Datetime("Registered On", readonly=True)
    date_ready = fields.Datetime("Ready On", readonly=True)
    on_time = fields.Float(
        "On Time (%)", aggregator="avg", readonly=True, help="Of what was finished."
    )
    broken = fields.Integer("Broken Promises", readonly=True)
    days_median = fields.Float(
        "Median Days",
        aggregator="avg",
        readonly=True,
        help="Calendar days from registration until it was ready: half took longer.",
    )
    visits = fields.Float("Visits per Request", aggregator="avg", readonly=True)
    score = fields.Float("Satisfaction (of 5)", aggregator="avg", readonly=True)
    answers = fields.Integer("Ratings", readonly=True)
    sent = fields.Integer("People Sent Inside", readonly=True)
    correct = fields.Float(
        "Right the First Time (%)",
        aggregator="avg",
        readonly=True,
        help="Of what was finished or rejected: "
        "neither returned by a unit nor objected to.",
    )

    @api.model
    def _words_of(self, name):
        """Return a choice of requests as the reader calls it."""
        field = self.env["service.desk.request"]._fields[name]
        return field._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT request.id, request.company_id, request.service_id,
                   request.desk_id, request.department_id, request.user_id,
                   request.channel, request.state, request.date_registered,
                   request.date_ready,
                   CASE request.promise_kept
                        WHEN 'kept' THEN 100.0 WHEN 'broken' THEN 0.0 END AS on_time,
                   (request.promise_kept = 'broken')::int AS broken,
                   EXTRACT(EPOCH FROM request.date_ready - request.date_registered)
                       / 86400 AS days_median,
                   request.visit_count::float AS visits,
                   NULLIF(feedback.score, 0)::float AS score,
                   (feedback.rated_at IS NOT NULL)::int AS answers,
                   COALESCE(referral.sent, 0) AS sent,
                   CASE WHEN request.date_ready IS NULL
                         AND request.state != 'rejected' THEN NULL
                        WHEN COALESCE(referral.returned, 0) > 0
                          OR appeal.appeal_of_id IS NOT NULL THEN 0.0
                        ELSE 100.0 END AS correct
              FROM service_desk_request AS request
         LEFT JOIN service_desk_feedback AS feedback
                ON feedback.request_id = request.id
         LEFT JOIN (SELECT request_id,
                           count(*) FILTER (WHERE kind = 'person') AS sent,
                           count(*) FILTER (WHERE state = 'returned') AS returned
                      FROM service_desk_referral
                  GROUP BY request_id) AS referral
                ON referral.request_id = request.id
         LEFT JOIN (SELECT DISTINCT appeal_of_id FROM service_desk_request
                     WHERE appeal_of_id IS NOT NULL) AS appeal
                ON appeal.appeal_of_id = request.id
             WHERE request.date_registered IS NOT NULL
            """
        )

    def _read_group_select(self, aggregate_spec, query):
        """Take the median where views ask for an average of days."""
        if aggregate_spec == MEDIAN:
            column = self._field_to_sql(self._table, "days_median", query)
            return SQL("percentile_cont(0.5) WITHIN GROUP (ORDER BY %s)", column)
        return super()._read_group_select(aggregate_spec, query)
