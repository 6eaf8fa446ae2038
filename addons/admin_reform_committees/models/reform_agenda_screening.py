from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain


class ReformAgendaScreening(models.Model):
    """What becomes of a proposal: an item of a meeting, or back with a reason."""

    _inherit = "reform.agenda.proposal"

    def action_submit(self):
        """Hand it to the secretary."""
        return self.write({"state": "submitted"})

    def action_accept(self):
        """Put it on the agenda of its meeting, or of the next one that is planned."""
        for proposal in self:
            meeting = proposal.meeting_id or proposal._next_meeting()
            if not meeting:
                raise UserError(
                    self.env._(
                        "Plan a meeting of %s first.", proposal.committee_id.name
                    )
                )
            proposal.write({"state": "accepted"})
            item = self.env["reform.agenda.item"].create(proposal._item_vals(meeting))
            # the files are the proposer's: copies go with the item
            for file in proposal.sudo().attachment_ids:
                copy = file.copy({"res_model": item._name, "res_id": item.id})
                item.sudo().attachment_ids = [Command.link(copy.id)]
            proposal._set_stamps({"item_id": item.id})
        return True

    def _next_meeting(self):
        return self.env["reform.meeting"].search(
            Domain("committee_id", "=", self.committee_id.id)
            & Domain("state", "in", ("draft", "convened"))
            & Domain("start_at", ">", fields.Datetime.now()),
            order="start_at",
            limit=1,
        )

    def _item_vals(self, meeting):
        last = max(
            meeting.item_ids.filtered(
                lambda item: item.source in ("proposal", "ad_hoc")
            ).mapped("sequence"),
            default=90,
        )
        return {
            "meeting_id": meeting.id,
            "name": self.name,
            "source": "proposal",
            "sequence": last + 10,
            "proposer_id": self.proposer_id.id,
            "presenter_id": (self.presenter_id or self.proposer_id).id,
            "planned_minutes": self.planned_minutes,
            "programme_id": self.programme_id.id,
        }

    def action_reject(self):
        """Give it back, asking for the reason."""
        return self.env["reform.body.record"]._ask_reason_for(self, "rejected")
