from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

# What the screen may write, and how it compares with what it saw.
ITEM_FIELDS = {"notes", "name", "presenter_id", "planned_minutes"}
ROW_FIELDS = {
    "text",
    "kind",
    "responsible_id",
    "co_responsible_ids",
    "due_on",
    "programme_id",
}


class ReformMinutesSave(models.Model):
    """How two writers do not overwrite each other.

    A field is sent with the value its writer saw. If the stored value is another one
    by then, nothing is written and both texts come back: the screen shows them one
    under the other.
    """

    _inherit = "reform.meeting"

    def minutes_save_item(self, item_id, changes):
        """Save fields of an item, each given as [what was seen, what is wanted]."""
        item = self._minutes_own("reform.agenda.item", item_id)
        return self._minutes_save(item, changes, ITEM_FIELDS)

    def minutes_save_row(self, item_id, row_id, changes, key="", person=""):
        """Save a resolution, new or not; return its row, or both texts of a conflict.

        ``person`` names somebody from outside who is made responsible.
        """
        item = self._minutes_own("reform.agenda.item", item_id)
        # the meeting is what its people follow, not every row they are writing
        quiet = {"tracking_disable": True, "mail_create_nosubscribe": True}
        resolutions = self.env["reform.resolution"].with_context(**quiet)
        others = resolutions.search_fetch(
            Domain("item_id", "=", item.id), ["client_key", "sequence"]
        )
        if not row_id and key:
            row_id = others.filtered(lambda each: each.client_key == key).id
        if person:
            changes = changes | {
                "responsible_id": [False, self._minutes_person(person)]
            }
        if row_id:
            row = self._minutes_own("reform.resolution", row_id)
            answer = self._minutes_save(row, changes, ROW_FIELDS)
        else:
            vals = self._minutes_new_row(item, others, changes)
            row = resolutions.create(vals | {"client_key": key or False})
            answer = {}
        return answer | {"row": row.sudo()._minutes_row(row.sudo().vote_event_ids[:1])}

    def _minutes_new_row(self, item, others, changes):
        self._minutes_known(changes, ROW_FIELDS)
        vals = {
            name: self._minutes_value(name, wanted)
            for name, (_seen, wanted) in changes.items()
        }
        last = max(others.mapped("sequence"), default=0)
        return vals | {"item_id": item.id, "sequence": last + 10}

    def minutes_drop_row(self, row_id):
        """Take out a draft."""
        self._minutes_own("reform.resolution", row_id).unlink()
        return True

    def _minutes_known(self, changes, allowed):
        if unknown := set(changes) - allowed:
            raise UserError(
                self.env._("The minutes screen does not write %s.", ", ".join(unknown))
            )

    def _minutes_save(self, record, changes, allowed):
        """Write what nobody else changed; return the fields somebody did."""
        self._minutes_known(changes, allowed)
        vals, conflicts = {}, {}
        for name, (seen, wanted) in changes.items():
            stored = self._minutes_plain(record, name)
            if stored == wanted:
                continue
            if stored != (seen or self._minutes_empty(stored)):
                conflicts[name] = {"theirs": stored, "by": record.write_uid.name}
                continue
            vals[name] = self._minutes_value(name, wanted)
        if vals:
            record.write(vals)
        return {"conflicts": conflicts} if conflicts else {}

    def _minutes_value(self, name, wanted):
        """Return what is written for what the screen sends: people come as “7,12”."""
        if name != "co_responsible_ids":
            return wanted
        ids = str(wanted or "").split(",")
        return [Command.set([int(each) for each in ids if each.isdecimal()])]

    def _minutes_plain(self, record, name):
        value = record[name]
        kind = record._fields[name].type
        if kind == "many2many":
            return ",".join(map(str, sorted(value.ids)))
        if kind == "many2one":
            return value.id
        if kind == "date":
            return fields.Date.to_string(value) or False
        return value or ("" if kind in ("text", "char") else value)

    def _minutes_empty(self, stored):
        return "" if isinstance(stored, str) else False


class ReformAgendaItemKeys(models.Model):
    """What lets the screen send the same act twice and have it done once."""

    _inherit = "reform.agenda.item"

    client_key = fields.Char(readonly=True, copy=False)
    note_keys = fields.Char(readonly=True, copy=False)
    vote_event_ids = fields.One2many("reform.vote.event", "item_id", "Votes")

    _client_key_uniq = models.UniqueIndex(
        "(meeting_id, client_key) WHERE client_key IS NOT NULL"
    )


class ReformResolutionKeys(models.Model):
    """As above, for a row."""

    _inherit = "reform.resolution"

    client_key = fields.Char(readonly=True, copy=False)
    vote_event_ids = fields.One2many("reform.vote.event", "resolution_id", "Votes")

    _client_key_uniq = models.UniqueIndex(
        "(item_id, client_key) WHERE client_key IS NOT NULL"
    )
