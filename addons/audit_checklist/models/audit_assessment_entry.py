from odoo import api, models
from odoo.exceptions import AccessError, UserError

# What an assessment is about: entered for results of other bodies alone.
SUBJECT = {
    "kind",
    "source",
    "unit_id",
    "phase_id",
    "visit_id",
    "version_id",
    "reported_by",
    "reported_on",
    "reported_score",
    "has_reported_score",
}


class AuditAssessment(models.Model):
    """What people may enter: results of another body, and nothing else.

    Visits and declarations bring their assessments forth by themselves.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.assessment"

    @api.model_create_multi
    def create(self, vals_list):
        # Sent with the values: a default of the context says nothing here.
        if not self.env.su and any(
            vals.get("source") != "reported" for vals in vals_list
        ):
            raise AccessError(self._only_reported())
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if "answer_ids" in vals:
                raise AccessError(
                    self.env._("Scores come from the answers, not from a form.")
                )
            if SUBJECT & vals.keys():
                self._check_entered()
        result = super().write(vals)
        if not self.env.su and SUBJECT & vals.keys():
            self._check_entered()
        return result

    def _check_entered(self):
        """Raise AccessError unless these are results of another body, and open."""
        for assessment in self:
            if assessment.source != "reported" or not assessment._is_answerable():
                raise AccessError(self._only_reported())

    @api.model
    def _only_reported(self):
        return self.env._(
            "Assessments follow from visits and from invitations; only results of "
            "another body are entered."
        )

    def unlink(self):
        # sudo: the journal counts whoever deletes
        if any(assessment.sudo().op_ids for assessment in self) or any(
            assessment.state != "open" for assessment in self
        ):
            raise UserError(  # pylint: disable=no-raise-unlink
                self.env._("An assessment that was begun is kept.")
            )
        # sudo: rows without any history of their own
        self.sudo().section_score_ids.unlink()
        return super().unlink()
