from odoo import models
from odoo.exceptions import UserError

# What a correction begins with: the answers as they were, with who gave them.
COPIED = (
    "payload",
    "option_id",
    "value_num",
    "value_text",
    "comment",
    "na_reason",
    "revision",
    "answered_by_id",
    "answered_at",
    "received_at",
)


class AuditVisit(models.Model):
    """Corrections: what was accepted stays under its seal, another takes its place."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.visit"

    def action_correct(self):
        """Ask why, and which items, before a correction begins."""
        return self.action_return() | {"name": self.env._("Correct an Accepted Visit")}

    def _correct(self, reason, codes):
        """Let the team correct an accepted visit in an assessment that supersedes it.

        Both inspectors sign again, an officer accepts and seals again; the earlier
        assessment stays readable with its number and its seal.
        """
        self.ensure_one()
        self._check_reviewer()
        if self.state != "accepted":
            raise UserError(self.env._("Only an accepted visit is corrected."))
        # sudo: the officer was checked; assessments of visits are written by nobody
        earlier_sudo = self.sudo().assessment_id
        earlier_sudo.state = "superseded"
        # The index that lets a visit have one living assessment looks at the database.
        earlier_sudo.flush_recordset(["state"])
        earlier_sudo._begin_correction(reason)
        self._return(reason, codes)


class AuditAssessment(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.assessment"

    def _begin_correction(self, reason):
        """Return a new open assessment with the answers of this one."""
        self.ensure_one()
        correction = self.create(
            {
                "kind": self.kind,
                "source": self.source,
                "unit_id": self.unit_id.id,
                "phase_id": self.phase_id.id,
                "visit_id": self.visit_id.id,
                "version_id": self.version_id.id,
                "started_at": self.started_at,
                "supersedes_id": self.id,
                "correction_reason": reason,
            }
        )
        self.env["audit.answer"].create(
            [
                {"assessment_id": correction.id, "item_id": answer.item_id.id}
                | answer._convert_to_write({name: answer[name] for name in COPIED})
                for answer in self.answer_ids
            ]
        )
        correction._rescore()
        return correction

    def _with_corrected(self):
        """Return the assessment and all that it corrects, the latest first."""
        self.ensure_one()
        chain = self
        while chain[-1:].supersedes_id:
            chain += chain[-1].supersedes_id
        return chain

    def _shown_evidence(self):
        """Return the evidence of the assessment and of what it corrects."""
        evidence = self._with_corrected().evidence_ids if self else self.evidence_ids
        return evidence.filtered(lambda photo: photo.state != "removed")
