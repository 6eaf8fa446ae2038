from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.agency_base.tools import localize_digits

from ..year_rules import QUARTERS

DONE = 100


class ReformPlanProgress(models.Model):
    """How far a line of a programme had come, reported once and for all."""

    _name = "reform.plan.progress"
    _description = "Progress of a Programme"
    _inherit = ["agency.event.mixin"]

    line_id = fields.Many2one(
        "reform.plan.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    quarter = fields.Selection(
        QUARTERS, required=True, readonly=True, help="What was done until its end."
    )
    percent = fields.Integer("Done (%)", required=True, readonly=True)
    note = fields.Text(readonly=True)
    evidence_ids = fields.Many2many("ir.attachment", readonly=True)

    _percent_is_percent = models.Constraint(
        "CHECK (percent BETWEEN 0 AND 100)", "Between 0 and 100 percent can be done."
    )


class ReformPlanLineProgress(models.Model):
    """Reporting on a line of a programme."""

    _inherit = "reform.plan.line"

    def _report(self, quarter, percent, note=None, evidence=None):
        """Add a report on a line and return it; refuse what cannot be."""
        self.ensure_one()
        evidence = evidence or self.env["ir.attachment"]
        self._check_report(quarter, percent, note, evidence)
        evidence._check_given_to(self)
        evidence._become_evidence_of(self)
        return self.env["reform.plan.progress"]._append(
            [
                {
                    "line_id": self.id,
                    "company_id": self.company_id.id,
                    "quarter": quarter,
                    "percent": percent,
                    "note": note,
                    "evidence_ids": [fields.Command.set(evidence.ids)],
                }
            ]
        )

    def _check_report(self, quarter, percent, note, evidence):
        if not (self.env.su or self.user_reports):
            raise AccessError(
                self.env._(
                    "Whoever is responsible for “%(line)s”, or runs the body, reports "
                    "on it, once the programme is approved.",
                    line=self.name,
                )
            )
        if self.plan_id.state != "approved":
            raise UserError(
                self.env._("%s is not in force.", self.plan_id.display_name)
            )
        if int(quarter) > self.plan_id._quarters_reached():
            raise UserError(self.env._("That quarter has not begun."))
        self.plan_id._check_not_reported(quarter)
        before = self._percent_at(int(quarter))
        if percent < before and not (note or "").strip():
            raise UserError(
                self.env._(
                    "%(before)s percent were reported before: say why it is less now.",
                    before=localize_digits(before, self.env.lang),
                )
            )
        known = self.progress_ids.evidence_ids
        if percent == DONE and not (evidence or known):
            raise UserError(
                self.env._("“%s” is done when there is evidence of it.", self.name)
            )
