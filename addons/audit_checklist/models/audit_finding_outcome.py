from odoo import api, models

from .audit_finding_follow import LIVING

# These name what is to be mended.
FAULTS = ("major", "minor", "observation", "opportunity")


class AuditFinding(models.Model):
    """What came of a finding: the next visit that asks the same item sees it."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.finding"

    @api.model
    def _judge(self, assessment):
        """Write down what an accepted assessment shows of earlier findings there."""
        answers = {
            answer.item_code: answer
            for answer in assessment.answer_ids
            if answer.outcome == "scored"
        }
        # sudo: what a visit saw counts, whoever accepted it
        earlier_sudo = self.sudo().search(
            [
                ("unit_id", "=", assessment.unit_id.id),
                ("assessment_id", "!=", assessment.id),
                ("item_code", "in", list(answers)),
                ("state", "in", LIVING),
                ("grade", "in", FAULTS),
            ]
        )
        for finding_sudo in earlier_sudo:
            failed = answers[finding_sudo.item_code].is_failed
            finding_sudo._set_stamps(
                {
                    "outcome": "ineffective" if failed else "effective",
                    "outcome_assessment_id": assessment.id,
                }
            )
        return earlier_sudo


class AuditAssessment(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.assessment"

    def _make_findings(self):
        result = super()._make_findings()
        for assessment in self:
            self.env["audit.finding"]._judge(assessment)
        return result
