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
            "decided_on", "done_on", "mean_score", "meeting_id", "due_on", "reward",
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
    rejected = fields.Integer(readonly=True, help="By a committee.")
    set_aside = fields.Integer(
        readonly=True, help="By the secretariat, before a review."
    )
    done = fields.Integer("Carried Out", readonly=True)
    overdue = fields.Integer(
        readonly=True, help="Accepted, past the deadline and not carried out."
    )
    rewarded = fields.Integer(readonly=True)
    accepted_share = fields.Float(
        "Accepted (%)",
        readonly=True,
        aggregator="avg",
        help="Of those a committee decided on.",
    )
    done_share = fields.Float(
        "Carried Out (%)", readonly=True, aggregator="avg", help="Of those accepted."
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
                   (suggestion.state = 'rejected'
                    AND suggestion.meeting_id IS NOT NULL)::int AS rejected,
                   (suggestion.state = 'rejected'
                    AND suggestion.meeting_id IS NULL)::int AS set_aside,
                   (suggestion.state = 'done')::int AS done,
                   (suggestion.state = 'accepted'
                    AND COALESCE(suggestion.due_on < %(today)s, FALSE))::int
                       AS overdue,
                   (suggestion.state IN %(accepted)s
                    AND COALESCE(suggestion.reward, '') != '')::int AS rewarded,
                   CASE WHEN suggestion.state IN %(accepted)s THEN 100.0
                        WHEN suggestion.state = 'rejected'
                         AND suggestion.meeting_id IS NOT NULL THEN 0.0
                         END AS accepted_share,
                   CASE suggestion.state WHEN 'done' THEN 100.0
                                         WHEN 'accepted' THEN 0.0 END AS done_share,
                   CASE WHEN suggestion.is_anonymous THEN 100.0
                        ELSE 0.0 END AS anonymous_share,
                   suggestion.decided_on - suggestion.submitted_on AS decision_days,
                   suggestion.done_on - suggestion.decided_on AS done_days,
                   NULLIF(suggestion.mean_score, 0) AS mean_score
              FROM reform_suggestion AS suggestion
            """,
            period=period_sql(self, SQL("suggestion")),
            today=self.env["reform.term.mixin"]._today(),
            waiting=WAITING,
            accepted=ACCEPTED,
        )
