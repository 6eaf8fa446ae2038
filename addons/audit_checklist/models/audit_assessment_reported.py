from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.scoring import grade_of


class AuditAssessment(models.Model):
    """Results that another body reported, or that are older than the programme.

    Entered by one officer, accepted and sealed by another; shown, ranked and counted
    apart from what our own visits found. Often only the total is known; where the items
    are (``wizard/audit_result_import.py``), the score comes from them.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.assessment"

    reported_score = fields.Float(
        "Score Reported", digits=(5, 2), copy=False, help="0 to 100."
    )
    has_reported_score = fields.Boolean(
        "Only the Total Is Known",
        copy=False,
        help="The score is entered; it does not come from answers.",
    )

    _reported_once = models.UniqueIndex(
        "(phase_id, unit_id, reported_by)"
        " WHERE source = 'reported' AND state != 'superseded'",
        "This body has reported a result of this unit in this phase already.",
    )
    _reported_score_in_range = models.Constraint(
        "CHECK (reported_score IS NULL OR reported_score BETWEEN 0 AND 100)",
        "A score lies between 0 and 100.",
    )

    @api.onchange("phase_id")
    def _onchange_phase_id(self):
        if self.source == "reported" and self.phase_id.version_id:
            self.version_id = self.phase_id.version_id

    def action_submit_reported(self):
        """Hand entered results to another officer, who accepts them."""
        self.write({"state": "submitted"})

    def action_accept_reported(self):
        """Accept results of other bodies: they are sealed and stay as they are."""
        self._hold()
        for assessment in self:
            if assessment.source != "reported":
                raise UserError(self.env._("This is no result of another body."))
            assessment.write({"state": "accepted"})
            # sudo: the transition was checked; stamp and seal follow from it
            assessment.sudo().accepted_by_id = self.env.uid
            assessment.sudo()._seal()

    def action_return_reported(self):
        """Send results back to be entered anew."""
        self.write({"state": "returned"})

    def _check_transition(self, state):
        result = super()._check_transition(state)
        reported = self.filtered(lambda a: a.source == "reported")
        if reported and not self.env.su:
            reported._check_reported(state)
        return result

    def _check_reported(self, state):
        user = self.env.user
        if not user.has_group("audit_checklist.group_programme_officer"):
            raise AccessError(
                self.env._("A programme officer enters results of other bodies.")
            )
        for assessment in self:
            if state == "submitted":
                if not (assessment.has_reported_score or assessment.answer_ids):
                    raise UserError(self.env._("Enter the score that was reported."))
            elif assessment.create_uid == user:
                raise AccessError(
                    self.env._("Who entered a result does not accept it.")
                )

    def _enter(self, state):
        # sudo: results follow from what was entered, whoever submits it
        entered_sudo = self.filtered(
            lambda a: a.source == "reported" and state == "submitted"
        ).sudo()
        entered_sudo.filtered(lambda a: not a.has_reported_score)._rescore()
        result = super()._enter(state)
        for assessment_sudo in entered_sudo:
            assessment_sudo._take_reported()
        return result

    def _take_reported(self):
        """Write down the result of what was entered."""
        self.ensure_one()
        now = fields.Datetime.now()
        day = self.reported_on
        values = {
            "submitted_at": now,
            "ended_at": datetime.combine(day, time(8)) if day else now,
            "content_hash": self._answers_digest(),
        }
        if self.has_reported_score:
            bands = self.version_id.grade_scale_id._content_bands()
            values |= {
                "score": self.reported_score,
                "score_uncapped": self.reported_score,
                "has_score": True,
                "is_provisional": False,
                "grade": grade_of(self.reported_score, bands),
            }
        self.write(values)
