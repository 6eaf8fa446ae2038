from odoo import fields, models
from odoo.exceptions import MissingError, UserError
from odoo.fields import Domain


class ReformMinutesEdit(models.Model):
    """What the minutes screen does to a meeting, one call for one act of the secretary.

    Rights and states are checked where they always are, in `write`.
    """

    _inherit = "reform.meeting"

    def _minutes_own(self, model, record_id):
        """Return a record of this meeting; anything else is refused."""
        self.ensure_one()
        record = self.env[model].browse(record_id)
        try:
            is_own = record.meeting_id == self
        except MissingError:
            is_own = False
        if not is_own:
            raise UserError(
                self.env._("This was removed meanwhile; what you wrote is still here.")
            )
        return record

    # === Opening and ending ===

    def minutes_start(self):
        """Open the meeting now; one planned for another day takes place today."""
        self.ensure_one()
        today = self.env["reform.term.mixin"]._today()
        if self.meeting_date != today and self.state in ("draft", "convened"):
            self.write({"start_at": fields.Datetime.now()})
        self.action_start()
        return self.minutes_open()

    def minutes_submit(self):
        """End the meeting if it still runs, and hand its minutes in."""
        self.ensure_one()
        if self.state == "in_session":
            self.action_hold()
        self.action_submit_minutes()
        return self.minutes_open()

    # === Agenda ===

    def minutes_add_item(self, name, key=""):
        """Add an item at the end; the same ``key`` again is the same item."""
        self.ensure_one()
        items = self.env["reform.agenda.item"]
        known = key and items.search(
            Domain("meeting_id", "=", self.id) & Domain("client_key", "=", key)
        )
        if known:
            return known.id
        session = self.state in ("in_session", "held")
        last = max(self.item_ids.mapped("sequence"), default=0)
        return items.create(
            {
                "meeting_id": self.id,
                "name": name.strip(),
                "source": "ad_hoc" if session else "proposal",
                "sequence": last + 10,
                "client_key": key or False,
            }
        ).id

    def minutes_append_note(self, item_id, text, key=""):
        """Add a paragraph to the notes of an item, whoever else writes them."""
        item = self._minutes_own("reform.agenda.item", item_id)
        if key and key in (item.note_keys or "").split():
            return item.notes
        notes = "\n".join(filter(None, (item.notes, text.strip())))
        keys = " ".join([*(item.note_keys or "").split()[-20:], key])
        item.write({"notes": notes, "note_keys": keys.strip()})
        return notes

    def minutes_outcome(self, item_id, outcome):
        """Say what came of an item."""
        item = self._minutes_own("reform.agenda.item", item_id)
        item.write({"outcome": outcome})
        return True
