from odoo import models
from odoo.exceptions import AccessError, UserError

# Who submitted it may say so; afterwards nobody changes what was suggested.
CONTENT = {
    "name", "problem", "proposal", "benefit", "is_anonymous", "author_id",
    "attachment_ids", "company_id",
}  # fmt: skip
# What was done about it, on record once it is carried out.
FOLLOW_UP = {"responsible_id", "due_on", "result"}


class ReformSuggestionCourse(models.Model):
    """A suggestion on its way, from review to being carried out."""

    _inherit = "reform.suggestion"

    # === Guards ===

    def write(self, vals):
        if CONTENT & vals.keys():
            raise UserError(
                self.env._("What was suggested stays as it was; nobody changes it.")
            )
        if "committee_id" in vals and any(
            suggestion.state not in ("submitted", "in_review") for suggestion in self
        ):
            raise UserError(
                self.env._("The committee that has it on its agenda decides on it.")
            )
        if FOLLOW_UP & vals.keys() and any(
            suggestion.state == "done" for suggestion in self
        ):
            raise UserError(
                self.env._("It was carried out: what was done stays on record.")
            )
        return super().write(vals)

    def _check_files_open(self, files):
        """Refuse to change what was handed in with a suggestion."""
        if files & self.attachment_ids:
            raise UserError(
                self.env._("What was suggested stays as it was; nobody changes it.")
            )

    def _check_deletable(self):
        raise UserError(self.env._("Suggestions stay on record."))

    def _check_transition(self, state):
        for suggestion in self:
            if not suggestion._may_keep():
                raise AccessError(self.env._("The secretariat moves suggestions on."))
            if state == "on_agenda" and not suggestion.committee_id:
                raise UserError(self.env._("Say which committee decides on it."))
            suggestion._check_decided(state)
            if state == "rejected" and not (suggestion.answer or "").strip():
                raise UserError(
                    self.env._("Tell the author why: write the answer first.")
                )
            if state == "done" and not (suggestion.result or "").strip():
                raise UserError(self.env._("Write what was done."))
        return super()._check_transition(state)

    def _check_decided(self, state):
        """Refuse to say for the committee what none of its meetings decided."""
        if self.state != "on_agenda" or state not in ("accepted", "rejected"):
            return
        if state != self._decision()[0]:
            raise UserError(
                self.env._(
                    "The committee decides on it: it is accepted or rejected by the "
                    "minutes of a meeting once they are approved."
                )
            )

    def _transition_stamp(self, state):
        today = self.env["reform.term.mixin"]._today()
        decided = {"decided_on": today, "meeting_id": self._decision()[1].id}
        return {
            "accepted": decided,
            "rejected": decided,
            "in_review": {"decided_on": False, "meeting_id": False},
            "done": {"done_on": today},
        }.get(state, {})

    # === Buttons ===

    def action_review(self):
        """Have it reviewed."""
        return self.write({"state": "in_review"})

    def action_reject(self):
        """Reject it with the answer to its author."""
        return self.write({"state": "rejected"})

    def action_done(self):
        """Record that it was carried out."""
        return self.write({"state": "done"})
