from odoo import models

from ..texts import day_text


class ReformMinutesItems(models.Model):
    """The agenda as the minutes screen shows it: notes, resolutions, votes."""

    _inherit = "reform.meeting"

    def _minutes_items(self, meeting_sudo):
        items = meeting_sudo.item_ids
        items.fetch()
        votes = meeting_sudo.vote_event_ids
        by_row = {vote.resolution_id.id: vote for vote in votes if vote.resolution_id}
        by_item = {vote.item_id.id: vote for vote in votes if not vote.resolution_id}
        rows = meeting_sudo.resolution_ids.grouped("item_id")
        recused = {}
        for seat in meeting_sudo.attendance_ids:
            for item in seat.recused_item_ids:
                recused.setdefault(item.id, []).append(seat.id)
        none = self.env["reform.resolution"]
        return [
            {
                "id": item.id,
                "number": place,
                "name": item.name,
                "source": item.source,
                "late": item.is_late,
                "explanation": item.explanation or "",
                "confidential": item.is_confidential,
                "presenter": item.presenter_id.name or "",
                "planned": item.planned_minutes,
                "notes": item.notes or "",
                "outcome": item.outcome,
                "last": self._minutes_last(item),
                "rows": [
                    row._minutes_row(by_row.get(row.id))
                    for row in rows.get(item, none).sorted(lambda r: (r.sequence, r.id))
                ],
                "vote": by_item[item.id]._minutes_vote() if item.id in by_item else 0,
                "recused": recused.get(item.id, []),
                "review": self._minutes_review(item),
                "referral": self._minutes_referral(item),
                "report": item.report or "",
                "files": self._minutes_files(item),
            }
            for place, item in enumerate(
                items.sorted(lambda item: (item.sequence, item.id)), 1
            )
        ]

    def _minutes_last(self, item):
        """Return what the item “approve the last minutes” is about."""
        last = item.minutes_of_id
        if not last:
            return False
        return {
            "id": last.id,
            "name": last.display_name,
            "day": day_text(self.env, last.meeting_date),
            "count": len(last.resolution_ids),
        }

    def _minutes_review(self, item):
        """Return the resolutions under review that the user may see."""
        own = item.review_resolution_ids.with_user(self.env.user)._filtered_access(
            "read"
        )
        return [
            row.sudo()._minutes_row(None)
            for row in own.sorted(lambda row: (row.due_on or row.meeting_date, row.id))
        ]

    def _minutes_referral(self, item):
        referral = item.referral_ids.filtered(lambda each: each.state != "withdrawn")
        if not referral:
            return False
        return {
            "body": referral[0].committee_id.id,
            "name": referral[0].committee_id.name,
            "due_text": day_text(self.env, referral[0].due_on),
        }

    def _minutes_files(self, item):
        return [
            {"id": file.id, "name": file.name, "url": f"/web/content/{file.id}"}
            for file in item.attachment_ids
        ]
