from odoo import fields, models
from odoo.tools import SQL

from ..year_rules import QUARTERS
from .reform_period import period_sql


class ReformIndicatorRanking(models.Model):
    """What each body and office scored in a quarter, and its place among its like."""

    _name = "reform.indicator.ranking"
    _description = "Ranking by Indicators"
    _auto = False
    _rec_name = "subject"
    _order = "jalali_year desc, quarter desc, kind, place, subject"
    _depends = {
        "reform.indicator.score": [
            "company_id", "jalali_year", "quarter", "committee_id", "department_id",
            "subject", "state", "self_score", "evaluator_score", "ceiling",
        ],
    }  # fmt: skip

    kind = fields.Selection(
        [("committee", "Bodies"), ("office", "Offices")], readonly=True
    )
    subject = fields.Char("Body or Office", readonly=True)
    committee_id = fields.Many2one("reform.committee", "Body", readonly=True)
    department_id = fields.Many2one("hr.department", "Office", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    jalali_year = fields.Integer("Year", readonly=True, aggregator=None)
    quarter = fields.Selection(QUARTERS, readonly=True)
    period = fields.Char(
        readonly=True, help="Year and quarter, in the order of time, for charts."
    )
    indicator_count = fields.Integer("Indicators", readonly=True)
    evaluated_count = fields.Integer("Evaluated", readonly=True)
    ceiling = fields.Float("Ceiling (W)", readonly=True)
    self_score = fields.Float("Own Score", readonly=True)
    evaluator_score = fields.Float(readonly=True)
    percent = fields.Float(
        "Score (%)",
        readonly=True,
        aggregator="avg",
        help="Evaluator's scores in percent of the ceilings of what was evaluated.",
    )
    place = fields.Integer(
        "Rank", readonly=True, aggregator=None, help="Among those that were evaluated."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT totals.*,
                   %s AS period,
                   CASE WHEN percent IS NOT NULL THEN
                       RANK() OVER (PARTITION BY company_id, jalali_year, quarter, kind
                                    ORDER BY percent DESC NULLS LAST) END AS place
              FROM (
                SELECT MIN(score.id) AS id,
                       CASE WHEN score.committee_id IS NULL THEN 'office'
                            ELSE 'committee' END AS kind,
                       MIN(score.subject) AS subject,
                       score.committee_id,
                       score.department_id,
                       score.company_id,
                       score.jalali_year,
                       score.quarter,
                       COUNT(*) AS indicator_count,
                       COUNT(*) FILTER (WHERE score.state = 'evaluated')
                           AS evaluated_count,
                       SUM(score.ceiling) AS ceiling,
                       SUM(score.self_score) AS self_score,
                       SUM(score.evaluator_score) AS evaluator_score,
                       100 * SUM(score.evaluator_score)
                           / SUM(score.ceiling) FILTER (WHERE score.state = 'evaluated')
                           AS percent
                  FROM reform_indicator_score AS score
                 WHERE score.state IN ('declared', 'evaluated')
              GROUP BY score.committee_id, score.department_id, score.company_id,
                       score.jalali_year, score.quarter
            ) AS totals
            """,
            period_sql(self, SQL("totals")),
        )
