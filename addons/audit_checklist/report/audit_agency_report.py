from odoo import fields, models
from odoo.tools import SQL

from ..tools.results import AGENCIES, COUNTED


class AuditAgencyReport(models.Model):
    """Agencies of a phase by the score that all their visited units make together."""

    _name = "audit.agency.report"
    _description = "Ranking of Agencies"
    _auto = False
    _order = "phase_id desc, source desc, rank, agency_id"
    _rec_name = "agency_id"
    _depends = {
        "audit.assessment": ["state", "kind", "score", "has_score", "critical_count"],
        "audit.phase": ["aggregate_rule", "programme_id"],
        "audit.section.score": ["maximum", "has_score", "assessment_id"],
        "audit.unit": ["parent_path"],
    }

    rank = fields.Integer(readonly=True, aggregator=None)
    agency_id = fields.Many2one("audit.unit", readonly=True)
    phase_id = fields.Many2one("audit.phase", readonly=True)
    programme_id = fields.Many2one("audit.programme", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    source = fields.Selection(
        [("visit", "Visit"), ("reported", "Reported by another body")], readonly=True
    )
    aggregate_rule = fields.Selection(
        [("mean", "Mean of its units"), ("sum", "All points of its units together")],
        "Scored By",
        readonly=True,
    )
    unit_count = fields.Integer("Units Scored", readonly=True)
    score = fields.Float(readonly=True, aggregator="avg", digits=(5, 2))
    lowest = fields.Float("Lowest Unit", readonly=True, aggregator="min")
    highest = fields.Float("Highest Unit", readonly=True, aggregator="max")
    critical_count = fields.Integer("Critical Failures", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH %s, %s
            SELECT agencies.*,
                   RANK() OVER (PARTITION BY phase_id, source
                                ORDER BY ROUND(score::numeric, 2) DESC) AS rank
              FROM agencies
            """,
            COUNTED,
            AGENCIES,
        )

    def action_units(self):
        """Show the units behind the score of an agency."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audit_checklist.audit_ranking_report_action"
        )
        return action | {
            "domain": [
                ("unit_id", "child_of", self.agency_id.id),
                ("phase_id", "=", self.phase_id.id),
                ("source", "=", self.source),
            ],
            "context": {},
        }
