from odoo import fields, models
from odoo.tools import SQL

from ..models.reform_suggestion import STATES
from ..year_rules import QUARTERS
from .reform_period import period_sql

WAITING = ("submitted", "in_review", "on_agenda")
ACCEPTED = ("accepted", "done")


class ReformSuggestionReport(models.Model):
    """What came of each suggestion, for counting: no text is in it and no author."""

    _name = "reform.suggestion.report"
    _description = "Statistics of Suggestions"
    _auto = False
    _rec_name = "period"
    _order = "jalali_year desc, quarter desc, id desc"
    _depends = {
        "reform.suggestion": [
            "company_id", "committee_id", "department_id", "programme_id",
            "jalali_year", "quarter", "state", "is_anonymous", "submitted_on",
            "decided_on", "done_on", "mean_score",
        ],
    }  # fmt: skip

    company_id = fields.Many2one("res.company", readonly=True)
    committee_id = fields.Many2one("reform.committee", "Decided by", readonly=True)
    department_id = fields.Many2one("hr.department", "Unit", readonly=True)
    programme_id = fields.Many2one("reform.programme", readonly=True)
    jalali_year = fields.Integer("Year", readonly=True, aggregator=None)
    quarter = fields.Selection(QUARTERS, readonly=True)
    period = fields.Char(
        readonly=True, help="Year and quarter, in the order of time, for charts."
    )
    state = fields.Selection(STATES, readonly=True)
    is_anonymous = fields.Boolean("Anonymous", readonly=True)
    received = fields.Integer(readonly=True)
    waiting = fields.Integer("Not Decided", readonly=True)
    accepted = fields.Integer(readonly=True, help="Also those carried out since.")
    rejected = fields.Integer(readonly=True)
    done = fields.Integer("Carried Out", readonly=True)
    accepted_share = fields.Float(
        "Accepted (%)", readonly=True, aggregator="avg", help="Of those decided."
    )
    anonymous_share = fields.Float("Anonymous (%)", readonly=True, aggregator="avg")
    decision_days = fields.Integer(
        "Days until the Decision", readonly=True, aggregator="avg"
    )
    done_days = fields.Integer(
        "Days from Decision to Done", readonly=True, aggregator="avg"
    )
    mean_score = fields.Float(
        "Reviewers' Score (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT suggestion.id,
                   suggestion.company_id,
                   suggestion.committee_id,
                   suggestion.department_id,
                   suggestion.programme_id,
                   suggestion.jalali_year,
                   suggestion.quarter,
                   suggestion.state,
                   suggestion.is_anonymous,
                   %(period)s AS period,
                   1 AS received,
                   (suggestion.state IN %(waiting)s)::int AS waiting,
                   (suggestion.state IN %(accepted)s)::int AS accepted,
                   (suggestion.state = 'rejected')::int AS rejected,
                   (suggestion.state = 'done')::int AS done,
                   CASE WHEN suggestion.state IN %(accepted)s THEN 100.0
                        WHEN suggestion.state = 'rejected' THEN 0.0
                         END AS accepted_share,
                   CASE WHEN suggestion.is_anonymous THEN 100.0
                        ELSE 0.0 END AS anonymous_share,
                   suggestion.decided_on - suggestion.submitted_on AS decision_days,
                   suggestion.done_on - suggestion.decided_on AS done_days,
                   NULLIF(suggestion.mean_score, 0) AS mean_score
              FROM reform_suggestion AS suggestion
            """,
            period=period_sql(self, SQL("suggestion")),
            waiting=WAITING,
            accepted=ACCEPTED,
        )
