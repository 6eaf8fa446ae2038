from odoo import fields, models
from odoo.tools import SQL

from ..tools.results import COUNTED


class AuditRankingReport(models.Model):
    """Units of a phase by their score; equal scores share a rank, the next is skipped.

    Results of visits and those that another body reported are ranked apart. Public
    opinion stands beside the score and is compared only where enough was said.
    """

    _name = "audit.ranking.report"
    _description = "Ranking of Units"
    _auto = False
    _order = "phase_id desc, source desc, rank, unit_id"
    _rec_name = "unit_id"
    _depends = {
        "audit.assessment": ["state", "kind", "score", "has_score", "critical_count"],
        "audit.opinion": ["score", "unit_id", "given_on"],
        "audit.phase": ["date_start", "date_end", "programme_id"],
        "audit.programme": ["opinion_minimum"],
        "audit.unit": ["zone_id", "kind_id"],
    }

    rank = fields.Integer(readonly=True, aggregator=None)
    unit_id = fields.Many2one("audit.unit", readonly=True)
    assessment_id = fields.Many2one("audit.assessment", readonly=True)
    zone_id = fields.Many2one("audit.zone", readonly=True)
    kind_id = fields.Many2one("audit.unit.kind", "Kind of Unit", readonly=True)
    phase_id = fields.Many2one("audit.phase", readonly=True)
    programme_id = fields.Many2one("audit.programme", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    source = fields.Selection(
        [("visit", "Visit"), ("reported", "Reported by another body")], readonly=True
    )
    score = fields.Float(readonly=True, aggregator="avg", digits=(5, 2))
    critical_count = fields.Integer("Critical Failures", readonly=True)
    opinion_count = fields.Integer("Opinions", readonly=True)
    opinion = fields.Float(
        "Public Opinion", readonly=True, aggregator="avg", digits=(3, 1), help="1 to 5."
    )
    has_few_opinions = fields.Boolean("Too Few Opinions", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH %s
            SELECT counted.id, counted.id AS assessment_id, counted.unit_id,
                   unit.zone_id, unit.kind_id, counted.phase_id,
                   counted.programme_id, counted.company_id, counted.source,
                   counted.score, counted.critical_count,
                   RANK() OVER (PARTITION BY counted.phase_id, counted.source
                                ORDER BY ROUND(counted.score::numeric, 2) DESC) AS rank,
                   COALESCE(voice.count, 0) AS opinion_count,
                   voice.mean AS opinion,
                   COALESCE(voice.count, 0) < programme.opinion_minimum
                       AS has_few_opinions
              FROM counted
              JOIN audit_unit AS unit ON unit.id = counted.unit_id
              JOIN audit_phase AS phase ON phase.id = counted.phase_id
              JOIN audit_programme AS programme ON programme.id = phase.programme_id
              LEFT JOIN LATERAL (
                SELECT COUNT(*) AS count, AVG(opinion.score) AS mean
                  FROM audit_opinion AS opinion
                 WHERE opinion.unit_id = counted.unit_id
                   AND opinion.given_on BETWEEN phase.date_start AND phase.date_end
              ) AS voice ON TRUE
            """,
            COUNTED,
        )
