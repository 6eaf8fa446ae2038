from odoo import fields, models
from odoo.tools import SQL

from ..tools.results import LATEST_ITEMS

# What was returned is being changed.
DONE = ("submitted", "accepted")


class AuditAnswerReport(models.Model):
    """Every answer that counted, to be compared over phases, years and versions.

    Items are told apart by their code, which stays the same from version to version.
    """

    _name = "audit.answer.report"
    _description = "Answers Compared"
    _auto = False
    _order = "item_code, unit_id, id"
    _rec_name = "item_code"
    _depends = {
        "audit.checklist.item": ["code", "checklist_id", "section_id"],
        "audit.answer": ["outcome", "ratio", "is_failed", "item_id", "assessment_id"],
        "audit.assessment": ["state", "kind", "source", "phase_id", "ended_at"],
        "audit.visit": ["team_id"],
        "audit.unit": ["zone_id", "kind_id"],
    }

    item_code = fields.Char("Code", readonly=True)
    item_id = fields.Many2one(
        "audit.checklist.item", readonly=True, help="As its code was worded last."
    )
    section_code = fields.Char("Section", readonly=True)
    version_id = fields.Many2one("audit.checklist.version", "Checklist", readonly=True)
    assessment_id = fields.Many2one("audit.assessment", readonly=True)
    unit_id = fields.Many2one("audit.unit", readonly=True)
    zone_id = fields.Many2one("audit.zone", readonly=True)
    kind_id = fields.Many2one("audit.unit.kind", "Kind of Unit", readonly=True)
    phase_id = fields.Many2one("audit.phase", readonly=True)
    programme_id = fields.Many2one("audit.programme", readonly=True)
    team_id = fields.Many2one("audit.team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    source = fields.Selection(
        [
            ("visit", "Visit"),
            ("declared", "Declared by the unit"),
            ("reported", "Reported by another body"),
        ],
        readonly=True,
    )
    ended_at = fields.Datetime("Day", readonly=True)
    percent = fields.Float(
        readonly=True, aggregator="avg", help="What the answer is worth, 0 to 100."
    )
    failed = fields.Float(
        "Failed, Percent", readonly=True, aggregator="avg", help="0 or 100."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT answer.id, answer.item_code, COALESCE(latest.id, item.id) AS item_id,
                   section.code AS section_code, assessment.version_id,
                   answer.assessment_id, assessment.unit_id, unit.zone_id,
                   unit.kind_id, assessment.phase_id, assessment.programme_id,
                   visit.team_id, assessment.company_id, assessment.source,
                   assessment.ended_at, 100 * answer.ratio AS percent,
                   CASE WHEN answer.is_failed THEN 100 ELSE 0 END AS failed
              FROM audit_answer AS answer
              JOIN audit_assessment AS assessment
                ON assessment.id = answer.assessment_id
              JOIN audit_checklist_item AS item ON item.id = answer.item_id
              LEFT JOIN %s AS latest
                ON latest.checklist_id = item.checklist_id AND latest.code = item.code
              JOIN audit_checklist_section AS section ON section.id = item.section_id
              JOIN audit_unit AS unit ON unit.id = assessment.unit_id
              LEFT JOIN audit_visit AS visit ON visit.id = assessment.visit_id
             WHERE answer.outcome = 'scored' AND assessment.state IN %s
            """,
            LATEST_ITEMS,
            DONE,
        )
