from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

# Of meetings that may still take up an item; in the last of them it is a late one.
STILL_TO_COME = ("draft", "convened", "in_session")


class ReformAgendaScreening(models.Model):
    """What becomes of a proposal: an item of a meeting, or back with a reason.

    The secretary of the body screens it; no vote of a meeting is needed to be heard by
    it. What is accepted always stands on the agenda of a meeting of that body.
    """

    _inherit = "reform.agenda.proposal"

    def action_submit(self):
        """Hand it to the secretary."""
        return self.write({"state": "submitted"})

    def action_accept(self):
        """Put it on the agenda of its meeting, or of the next one that is planned."""
        return self.write({"state": "accepted"})

    def _transition_stamp(self, target):
        stamp = super()._transition_stamp(target)
        if target == "accepted":
            # accepted is what stands on an agenda, however it came to be accepted
            stamp["item_id"] = self._put_on_agenda().id
        return stamp

    def _put_on_agenda(self):
        meeting = self.meeting_id
        if meeting.state not in STILL_TO_COME:
            # none was named, or it is over: the next one takes it up
            meeting = self._next_meeting()
        if not meeting:
            raise UserError(
                self.env._("Plan a meeting of %s first.", self.committee_id.name)
            )
        item = self.env["reform.agenda.item"].create(self._item_vals(meeting))
        # the files are the proposer's: copies go with the item
        for file in self.sudo().attachment_ids:
            copy = file.copy({"res_model": item._name, "res_id": item.id})
            item.sudo().attachment_ids = [Command.link(copy.id)]
        return item

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
            "explanation": self.explanation,
            "programme_id": self.programme_id.id,
        }

    def action_reject(self):
        """Give it back, asking for the reason."""
        return self.env["reform.body.record"]._ask_reason_for(self, "rejected")
