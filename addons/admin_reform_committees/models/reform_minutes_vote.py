from odoo import fields, models
from odoo.fields import Command, Domain


class ReformMinutesVote(models.Model):
    """Votes as the minutes screen records them, and takes them back."""

    _inherit = "reform.meeting"

    vote_event_ids = fields.One2many("reform.vote.event", "meeting_id", "Votes")

    def minutes_vote(self, item_id, row_id=False, vote=None):
        """Record a vote on an item or a resolution, or take it back (no ``vote``)."""
        item = self._minutes_own("reform.agenda.item", item_id)
        row = self._minutes_own("reform.resolution", row_id) if row_id else None
        events = self.env["reform.vote.event"]
        event = events.search(
            Domain("item_id", "=", item.id)
            & Domain("resolution_id", "=", row.id if row else False)
        )
        if not vote:
            event.unlink()
            return False
        vals = {
            "mode": vote["mode"],
            "yes_count": vote.get("yes", 0),
            "no_count": vote.get("no", 0),
            "abstain_count": vote.get("abstain", 0),
        }
        if vote["mode"] == "name":
            ballots = [
                Command.create({"attendance_id": int(seat_id), "option": option})
                for seat_id, option in vote.get("votes", {}).items()
            ]
            vals["vote_ids"] = [Command.clear(), *ballots]
        if event:
            event.write(vals)
        else:
            event = events.create(
                vals | {"item_id": item.id, "resolution_id": row and row.id}
            )
        self._minutes_decide(item, event)
        return event.sudo()._minutes_vote()

    def _minutes_decide(self, item, event):
        """Let the vote say what came of an item that nobody decided on yet."""
        if item.outcome == "pending" and event.result == "adopted":
            item.outcome = "approved"
        elif (
            item.outcome == "pending"
            and event.result == "rejected"
            and not event.resolution_id
        ):
            item.outcome = "rejected"
