from odoo import fields, models

from odoo.addons.jalali_calendar.tools import jalali_year


class AuditAssessment(models.Model):
    """What follows from acceptance: the number under the seal, and the findings."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.assessment"

    def _seal_prepare(self):
        """Draw the numbers of the register of assessments, last of all."""
        for assessment in self:
            company = assessment.company_id
            counter = self.env["agency.counter"].with_company(company)
            now = fields.Datetime.now()
            # sudo: nobody but this method draws from the register
            value = counter.sudo()._next("audit", now, "assessment")
            year = jalali_year(now, company.agency_tz)
            assessment.number = f"A/{year}/{value:03d}"

    def _make_findings(self):
        """Draft a finding for each failed item of accepted assessments."""
        finding = self.env["audit.finding"]
        for assessment in self:
            known = assessment._with_corrected().finding_ids.item_id
            failed = assessment.answer_ids.filtered(
                lambda answer, known=known: (
                    answer.is_failed and answer.item_id not in known
                )
            )
            # sudo: findings follow from the answers; the officer edits them then
            finding.sudo().create(
                [assessment._prepare_finding(answer) for answer in failed]
            )

    def _prepare_finding(self, answer):
        """Return the values of a finding on a failed answer."""
        self.ensure_one()
        item = answer.item_id
        repeated = self.env["audit.finding"].search(
            [
                ("unit_id", "=", self.unit_id.id),
                ("item_code", "=", item.code),
                ("assessment_id", "not in", self._with_corrected().ids),
                ("grade", "!=", "good_practice"),
                ("is_withdrawn", "=", False),
            ],
            limit=1,
        )
        return {
            "name": item.name[:200],
            "assessment_id": self.id,
            "answer_id": answer.id,
            "item_id": item.id,
            "grade": item.finding_grade,
            "cause_kind": item.finding_cause,
            "criterion": "\n".join(filter(None, [item.name, item.legal_basis])),
            "condition": answer.comment,
            "recommendation": item.recommendation,
            "repeat_of_id": repeated.id,
        }
