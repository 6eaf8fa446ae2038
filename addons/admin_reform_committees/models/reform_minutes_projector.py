from odoo import models

from ..texts import LONG_DAY, day_text, listed


class ReformMinutesProjector(models.Model):
    """What of the minutes the hall may see."""

    _inherit = "reform.meeting"

    def minutes_projector(self):
        """Return what the hall may see: no names of voters, nothing confidential."""
        self.ensure_one()
        self.check_access("read")
        # sudo: as in `minutes_open`, and less is shown
        meeting_sudo = self.sudo()
        kinds = dict(
            self.env["reform.resolution"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        where = (
            self.env["reform.minutes.presence"]
            .sudo()
            .search(
                [("meeting_id", "=", self.id), ("item_id", "!=", False)],
                order="is_writing desc, seen_at desc",
                limit=1,
            )
        )
        order = meeting_sudo.item_ids.sorted(lambda item: (item.sequence, item.id))
        return {
            "body": meeting_sudo.committee_id.name,
            "title": self._minutes_title(meeting_sudo),
            "day": day_text(self.env, meeting_sudo.meeting_date, LONG_DAY),
            "is_draft": meeting_sudo.state != "approved",
            "item": where.item_id.id or order[:1].id,
            "quorum": meeting_sudo._minutes_quorum(),
            "items": [
                {
                    "id": item.id,
                    "number": place,
                    "name": self._projector_name(item),
                    "decided": item.outcome != "pending",
                    "notes": "" if item.is_confidential else item.notes or "",
                    "rows": []
                    if item.is_confidential
                    else [
                        {
                            "id": row.id,
                            "text": row.text,
                            "kind": kinds[row.kind],
                            "responsible": listed(
                                self.env,
                                (row.responsible_id | row.co_responsible_ids).mapped(
                                    "name"
                                ),
                            ),
                            "due": day_text(self.env, row.due_on),
                            "vote": self._projector_vote(row.vote_event_ids[:1]),
                            "result": row.vote_event_ids[:1].result or "",
                        }
                        for row in item.resolution_ids.sorted(
                            lambda row: (row.sequence, row.id)
                        )
                    ],
                }
                for place, item in enumerate(order, 1)
            ],
        }

    def _projector_name(self, item):
        return self.env._("Confidential") if item.is_confidential else item.name

    def _projector_vote(self, vote):
        """Return what a vote came to, in numbers: names are not for the hall."""
        if not vote:
            return ""
        results = dict(vote._fields["result"]._description_selection(self.env))
        result = results.get(vote.result, "")
        return f"{result}: {vote._content()}" if vote.result == "adopted" else result
