from odoo import fields, models
from odoo.tools import SQL


class AuditInspectorReport(models.Model):
    """How strictly each inspector scores, against the mean of the same phase.

    Units differ, so a distance of a few points says nothing; one that lasts over many
    visits does.
    """

    _name = "audit.inspector.report"
    _description = "Spread between Inspectors"
    _auto = False
    _order = "phase_id desc, user_id, id"
    _rec_name = "user_id"
    _depends = {
        "audit.assessment": ["state", "score", "has_score"],
        "audit.visit.member": ["user_id", "body_id", "is_lead", "visit_id"],
    }

    user_id = fields.Many2one("res.users", "Inspector", readonly=True)
    body_id = fields.Many2one("audit.body", readonly=True)
    is_lead = fields.Boolean("Lead", readonly=True)
    team_id = fields.Many2one("audit.team", readonly=True)
    unit_id = fields.Many2one("audit.unit", readonly=True)
    phase_id = fields.Many2one("audit.phase", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    score = fields.Float(readonly=True, aggregator="avg", digits=(5, 2))
    distance = fields.Float(
        "Off the Mean",
        readonly=True,
        aggregator="avg",
        digits=(5, 2),
        help="Points above or below the mean of the phase.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT member.id, member.user_id, member.body_id, member.is_lead,
                   visit.team_id, visit.unit_id, visit.phase_id, visit.company_id,
                   assessment.score,
                   assessment.score - AVG(assessment.score)
                       OVER (PARTITION BY visit.phase_id) AS distance
              FROM audit_visit_member AS member
              JOIN audit_visit AS visit ON visit.id = member.visit_id
              JOIN audit_assessment AS assessment
                ON assessment.visit_id = visit.id AND assessment.has_score
               AND assessment.state IN ('submitted', 'accepted')
            """
        )
