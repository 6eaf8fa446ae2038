from odoo import fields, models
from odoo.tools import SQL

from ..tools.results import LATEST_ITEMS

# One declaration and one visit of ours of a unit in a phase: the last of each.
PAIRS = SQL(
    """
    declared AS (
        SELECT DISTINCT ON (phase_id, unit_id) id, phase_id, unit_id
          FROM audit_assessment
         WHERE kind = 'self_declaration' AND state IN ('submitted', 'accepted')
           AND phase_id IS NOT NULL
         ORDER BY phase_id, unit_id, id DESC
    ), seen AS (
        SELECT DISTINCT ON (phase_id, unit_id) id, phase_id, unit_id
          FROM audit_assessment
         WHERE source = 'visit' AND state IN ('submitted', 'accepted')
         ORDER BY phase_id, unit_id, id DESC
    ), compared AS (
        SELECT own.id, declared.phase_id, declared.unit_id, own.item_code,
               COALESCE(latest.id, item.id) AS item_id, own.ratio AS own_ratio,
               answer.ratio AS seen_ratio, item.weight
          FROM declared
          JOIN seen ON seen.phase_id = declared.phase_id
                   AND seen.unit_id = declared.unit_id
          JOIN audit_answer AS own ON own.assessment_id = declared.id
                                  AND own.outcome = 'scored'
          JOIN audit_answer AS answer ON answer.assessment_id = seen.id
                                     AND answer.outcome = 'scored'
                                     AND answer.item_code = own.item_code
          JOIN audit_checklist_item AS item ON item.id = answer.item_id
          LEFT JOIN %s AS latest
            ON latest.checklist_id = item.checklist_id AND latest.code = item.code
    )
    """,
    LATEST_ITEMS,
)
DEPENDS = {
    "audit.answer": ["outcome", "ratio", "item_id", "assessment_id"],
    "audit.assessment": ["state", "kind", "source", "phase_id", "unit_id"],
    "audit.checklist.item": ["weight", "code", "checklist_id"],
    "audit.unit": ["zone_id"],
}


class AuditGapReport(models.Model):
    """What a unit declared of itself beside what the visit saw, item by item.

    Where either side does not apply there is no gap, and no row.
    """

    _name = "audit.gap.report"
    _description = "Declared and Seen"
    _auto = False
    _order = "gap desc, id"
    _rec_name = "item_code"
    _depends = DEPENDS

    item_code = fields.Char("Code", readonly=True)
    item_id = fields.Many2one("audit.checklist.item", readonly=True)
    unit_id = fields.Many2one("audit.unit", readonly=True)
    zone_id = fields.Many2one("audit.zone", readonly=True)
    phase_id = fields.Many2one("audit.phase", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    declared = fields.Float("Declared, Percent", readonly=True, aggregator="avg")
    seen = fields.Float("Seen, Percent", readonly=True, aggregator="avg")
    gap = fields.Float(readonly=True, aggregator="avg", help="Declared less seen.")

    @property
    def _table_query(self):
        return SQL(
            """
            WITH %s
            SELECT compared.id, compared.item_code, compared.item_id,
                   compared.unit_id, unit.zone_id, compared.phase_id,
                   unit.company_id, 100 * compared.own_ratio AS declared,
                   100 * compared.seen_ratio AS seen,
                   100 * (compared.own_ratio - compared.seen_ratio) AS gap
              FROM compared JOIN audit_unit AS unit ON unit.id = compared.unit_id
            """,
            PAIRS,
        )


class AuditCredibilityReport(models.Model):
    """How far the declaration of a unit can be believed.

    Of the weight of what it declared at least half good, the share that the visit found
    at least half good too.
    """

    _name = "audit.credibility.report"
    _description = "Credibility of Declarations"
    _auto = False
    _order = "credibility, unit_id"
    _rec_name = "unit_id"
    _depends = DEPENDS

    unit_id = fields.Many2one("audit.unit", readonly=True)
    zone_id = fields.Many2one("audit.zone", readonly=True)
    phase_id = fields.Many2one("audit.phase", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    item_count = fields.Integer("Items Compared", readonly=True)
    declared_good = fields.Integer(readonly=True)
    confirmed = fields.Integer(readonly=True)
    credibility = fields.Float("Credibility, Percent", readonly=True, aggregator="avg")
    gap = fields.Float("Mean Gap", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return SQL(
            """
            WITH %s
            SELECT MIN(compared.id) AS id, compared.unit_id, unit.zone_id,
                   compared.phase_id, unit.company_id, COUNT(*) AS item_count,
                   COUNT(*) FILTER (WHERE own_ratio >= 0.5) AS declared_good,
                   COUNT(*) FILTER (WHERE own_ratio >= 0.5 AND seen_ratio >= 0.5)
                       AS confirmed,
                   100 * COALESCE(SUM(weight) FILTER (WHERE own_ratio >= 0.5
                                                        AND seen_ratio >= 0.5), 0)
                       / NULLIF(SUM(weight) FILTER (WHERE own_ratio >= 0.5), 0)
                       AS credibility,
                   100 * AVG(own_ratio - seen_ratio) AS gap
              FROM compared JOIN audit_unit AS unit ON unit.id = compared.unit_id
             GROUP BY compared.phase_id, compared.unit_id, unit.zone_id,
                      unit.company_id
            """,
            PAIRS,
        )
