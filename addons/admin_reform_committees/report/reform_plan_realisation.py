from odoo import fields, models
from odoo.tools import SQL

from ..year_rules import QUARTERS, quarter_of


class ReformPlanRealisation(models.Model):
    """What was due and what was done, cumulative, per body and quarter, in percent."""

    _name = "reform.plan.realisation"
    _description = "Realisation of Programmes"
    _auto = False
    _rec_name = "committee_id"
    _order = "jalali_year desc, committee_id, quarter"
    _depends = {
        "reform.plan": [
            "committee_id", "company_id", "jalali_year", "state", "threshold",
        ],
        "reform.plan.line": [
            "plan_id", "weight", "planned_1", "planned_2", "planned_3", "planned_4",
        ],
        "reform.plan.progress": ["line_id", "quarter", "percent"],
    }  # fmt: skip

    plan_id = fields.Many2one("reform.plan", "Programme", readonly=True)
    committee_id = fields.Many2one("reform.committee", "Body", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    jalali_year = fields.Integer("Year", readonly=True, aggregator=None)
    quarter = fields.Selection(QUARTERS, readonly=True)
    planned = fields.Float("Planned (%)", readonly=True, aggregator="avg")
    realised = fields.Float("Realised (%)", readonly=True, aggregator="avg")
    realisation = fields.Float(
        "Realisation (%)",
        readonly=True,
        aggregator="avg",
        help="Percent of what was due until the end of the quarter that is done.",
    )
    threshold = fields.Integer("Threshold (%)", readonly=True, aggregator="avg")
    is_behind = fields.Boolean("Below the Threshold", readonly=True)

    @property
    def _table_query(self):
        year, quarter = quarter_of(self.env["reform.term.mixin"]._today())
        return SQL(
            """
            SELECT course.*,
                   CASE WHEN planned > 0 AND realised IS NOT NULL
                        THEN LEAST(100 * realised / planned, 100) END AS realisation,
                   COALESCE(100 * realised < threshold * planned, FALSE) AS is_behind
              FROM (
            SELECT plan.id * 4 + quarters.quarter AS id,
                   plan.id AS plan_id,
                   plan.committee_id,
                   plan.company_id,
                   plan.jalali_year,
                   plan.threshold,
                   quarters.quarter::text AS quarter,
                   SUM(share.weight * CASE quarters.quarter
                           WHEN 1 THEN line.planned_1 WHEN 2 THEN line.planned_2
                           WHEN 3 THEN line.planned_3 ELSE line.planned_4 END)
                       / SUM(share.weight) AS planned,
                   CASE WHEN (plan.jalali_year, quarters.quarter) <= (%(year)s, %(now)s)
                        THEN SUM(share.weight * COALESCE(done.percent, 0))
                             / SUM(share.weight) END AS realised
              FROM reform_plan AS plan
              JOIN reform_plan_line AS line ON line.plan_id = plan.id
              JOIN (SELECT plan_id, SUM(weight) AS total FROM reform_plan_line
                     GROUP BY plan_id) AS whole ON whole.plan_id = plan.id
        CROSS JOIN LATERAL (SELECT CASE WHEN whole.total > 0 THEN line.weight
                                        ELSE 1 END AS weight) AS share
        CROSS JOIN generate_series(1, 4) AS quarters (quarter)
         LEFT JOIN LATERAL (SELECT progress.percent
                              FROM reform_plan_progress AS progress
                             WHERE progress.line_id = line.id
                               AND progress.quarter::int <= quarters.quarter
                          ORDER BY progress.quarter DESC, progress.id DESC
                             LIMIT 1) AS done ON TRUE
             WHERE plan.state IN ('approved', 'closed')
          GROUP BY plan.id, quarters.quarter
            ) AS course
            """,
            year=year,
            now=quarter,
        )
