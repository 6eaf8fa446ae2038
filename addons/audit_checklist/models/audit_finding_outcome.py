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
                ("assessment_id", "not in", assessment._with_corrected().ids),
                ("assessment_id.ended_at", "<=", assessment.ended_at),
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

    def _move_to(self, correction):
        """Let a correction of its assessment carry the finding."""
        self.ensure_one()
        answer = correction.answer_ids.filtered(
            lambda answer: answer.item_code == self.item_code
        )
        if self.state != "closed":
            self.write({"assessment_id": correction.id, "answer_id": answer.id})


class AuditAssessment(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.assessment"

    def _make_findings(self):
        for assessment in self:
            assessment._take_over_findings()
        result = super()._make_findings()
        for assessment in self:
            self.env["audit.finding"]._judge(assessment)
        return result

    def _take_over_findings(self):
        """Bring the findings of what this corrects along, where they still hold.

        A draft that does not hold any more goes; what the agency has seen stays, and
        the officer is told.
        """
        self.ensure_one()
        failed = self.answer_ids.filtered("is_failed").grouped("item_code")
        # sudo: findings follow from the answers that were just accepted
        for finding_sudo in self.sudo().supersedes_id.finding_ids:
            code = finding_sudo.item_code
            if finding_sudo.grade == "good_practice" or code in failed:
                finding_sudo._move_to(self)
            elif finding_sudo.state == "draft":
                finding_sudo.unlink()
            elif finding_sudo.state != "closed":
                finding_sudo._escalate(
                    self.env._("A correction of the visit does not find it any more.")
                )
