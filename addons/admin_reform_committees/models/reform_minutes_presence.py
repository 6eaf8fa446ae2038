from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# Who is silent for so long does not hold his item any more.
SILENCE = timedelta(seconds=20)


class ReformMinutesPresence(models.Model):
    """Who has the minutes of a meeting open, and which item he is writing.

    Written with one statement whenever a screen asks for news; of no lasting worth.
    """

    _name = "reform.minutes.presence"
    _description = "Presence at the Minutes Screen"
    _log_access = False

    meeting_id = fields.Many2one("reform.meeting", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    item_id = fields.Many2one("reform.agenda.item", ondelete="cascade")
    is_writing = fields.Boolean()
    seen_at = fields.Datetime(required=True)

    _person_uniq = models.UniqueIndex("(meeting_id, user_id)")

    @api.model
    def _note(self, meeting, item_id, is_writing):
        """Note that the user looks at ``meeting``, and writes in an item or not."""
        # PostgreSQL rather than the ORM: two screens of one user may note at once
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO reform_minutes_presence
                            (meeting_id, company_id, user_id, item_id, is_writing,
                            seen_at)
                     VALUES (%s, %s, %s, (SELECT id FROM reform_agenda_item
                                           WHERE id = %s AND meeting_id = %s), %s, %s)
                ON CONFLICT (meeting_id, user_id)
                  DO UPDATE SET item_id = EXCLUDED.item_id,
                            is_writing = EXCLUDED.is_writing,
                            seen_at = EXCLUDED.seen_at
                """,
                meeting.id,
                meeting.company_id.id,
                self.env.uid,
                item_id or None,  # an item removed meanwhile is none
                meeting.id,
                bool(is_writing),
                fields.Datetime.now(),
            ),
            log_exceptions=False,
        )

    @api.model
    def _others(self, meeting):
        """Return who else has the minutes open, as dicts for the screen."""
        since = fields.Datetime.now() - SILENCE
        # sudo: whoever sees the meeting sees who else has it open
        rows = self.sudo().search_fetch(
            [
                ("meeting_id", "=", meeting.id),
                ("seen_at", ">=", since),
                ("user_id", "!=", self.env.uid),
            ],
            ["user_id", "item_id", "is_writing"],
        )
        return [
            {
                "id": row.user_id.id,
                "name": row.user_id.name,
                "item": row.item_id.id,
                "writes": row.is_writing,
            }
            for row in rows
        ]

    @api.autovacuum
    def _gc_gone(self):
        """Forget who left."""
        limit = fields.Datetime.now() - timedelta(days=1)
        self.search([("seen_at", "<", limit)]).unlink()
