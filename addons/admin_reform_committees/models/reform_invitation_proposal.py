from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.agency_base.tools import normalize_persian

MAX_TITLE, MAX_TEXT, MAX_MINUTES = 200, 4000, 240
# For one meeting, by one person: enough to speak up, too few to flood a secretary.
MAX_PROPOSALS = 5


class ReformInvitationProposal(models.Model):
    """Items proposed by the link of an invitation, without an account."""

    _inherit = "reform.attendance"

    def _propose(self, title, explanation="", minutes=""):
        """Hand a proposal for this meeting to the secretary, who screens it."""
        self.ensure_one()
        if not self._may_answer():
            raise UserError(self.env._("This invitation is not open any more."))
        name = normalize_persian(title)[:MAX_TITLE].strip()
        if not name:
            raise UserError(self.env._("Write what should be on the agenda."))
        # sudo: who holds the link proposes in the name of who was invited
        proposals_sudo = self.env["reform.agenda.proposal"].sudo()
        if len(self._proposals()) >= MAX_PROPOSALS:
            raise UserError(
                self.env._("You proposed enough items for this meeting already.")
            )
        proposal_sudo = proposals_sudo.create(
            {
                "name": name,
                "committee_id": self.meeting_id.committee_id.id,
                "meeting_id": self.meeting_id.id,
                "proposer_id": self.partner_id.id,
                "explanation": normalize_persian(explanation)[:MAX_TEXT].strip(),
                "planned_minutes": self._minutes_number(minutes),
            }
        )
        proposal_sudo.action_submit()
        return proposal_sudo

    def _minutes_number(self, text):
        """Return minutes as they were typed; nothing that is no number of minutes."""
        digits = normalize_persian(text).strip()
        number = int(digits) if digits.isdecimal() else 0
        return number if 0 < number <= MAX_MINUTES else 0

    def _proposals(self):
        """Return what this person proposed for this meeting, newest first."""
        self.ensure_one()
        # sudo: his own proposals, of this meeting alone
        return (
            self.env["reform.agenda.proposal"]
            .sudo()
            .search(
                Domain("meeting_id", "=", self.meeting_id.id)
                & Domain("proposer_id", "=", self.partner_id.id)
                & Domain("state", "!=", "draft")
            )
        )
