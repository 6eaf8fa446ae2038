from datetime import datetime

import pytz

from odoo import fields, models
from odoo.exceptions import MissingError, UserError, ValidationError
from odoo.fields import Command, Domain

from odoo.addons.jalali_calendar.tools import localize

from ..due import parse_due
from ..texts import day_text
from ..tools import local_digits

# What the screen may write, and how it compares with what it saw.
ITEM_FIELDS = {"notes", "name", "presenter_id", "planned_minutes"}
ROW_FIELDS = {"text", "kind", "responsible_id", "due_on", "programme_id"}
SEAT_FIELDS = {"status", "arrived_at", "left_at", "recused_item_ids"}


class ReformMinutesEdit(models.Model):
    """What the minutes screen does to a meeting, one call for one act of the secretary.

    A field is sent with the value its writer saw. If the stored value is another one
    by then, nothing is written and both texts come back: the screen shows them one
    under the other. Rights and states are checked where they always are, in `write`.
    """

    _inherit = "reform.meeting"

    vote_event_ids = fields.One2many("reform.vote.event", "meeting_id", "Votes")

    # === Opening and ending ===

    def minutes_start(self):
        """Open the meeting now; one planned for another day takes place today."""
        self.ensure_one()
        today = self.env["reform.term.mixin"]._today()
        if self.meeting_date != today and self.state in ("draft", "convened"):
            self.write({"start_at": fields.Datetime.now()})
        self.action_start()
        return self.minutes_open()

    def minutes_hold(self):
        """End the meeting."""
        self.ensure_one()
        self.action_hold()
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

    def minutes_save_item(self, item_id, changes):
        """Save fields of an item, each given as [what was seen, what is wanted]."""
        item = self._minutes_own("reform.agenda.item", item_id)
        return self._minutes_save(item, changes, ITEM_FIELDS)

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

    # === Resolutions ===

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
        vals = {name: wanted for name, (_seen, wanted) in changes.items()}
        last = max(others.mapped("sequence"), default=0)
        return vals | {"item_id": item.id, "sequence": last + 10}

    def _minutes_person(self, name):
        """Return a person of that name from outside, made now if he is new."""
        # sudo: a secretary may name somebody new, but not edit the address book
        people_sudo = self.env["res.partner"].sudo()
        domain = Domain("name", "=", name.strip()) & Domain(
            "company_id", "in", (False, self.company_id.id)
        )
        found = people_sudo.search(domain & Domain("is_company", "=", False), limit=1)
        return (
            found
            or people_sudo.create(
                {"name": name.strip(), "company_id": self.company_id.id}
            )
        ).id

    def minutes_drop_row(self, row_id):
        """Take out a draft."""
        self._minutes_own("reform.resolution", row_id).unlink()
        return True

    def minutes_due(self, text):
        """Return the date that a typed deadline means, and what to know about it."""
        self.ensure_one()
        self.check_access("read")
        if not (text or "").strip():
            return {"date": False, "text": "", "note": "", "ok": True}
        following = self.sudo().search(
            Domain("committee_id", "=", self.committee_id.id)
            & Domain("start_at", ">", self.start_at)
            & Domain("state", "in", ("draft", "convened")),
            order="start_at",
            limit=1,
        )
        try:
            day = parse_due(text, self.meeting_date, following.meeting_date)
        except (ValueError, OverflowError):
            note = self.env._("Not a date: write +30, 9/30 or the end of a month.")
            return {"date": False, "text": "", "note": note, "ok": False}
        return {
            "date": fields.Date.to_string(day),
            "text": day_text(self.env, day),
            "note": self._minutes_day_note(day),
            "ok": day >= self.meeting_date,
        }

    def _minutes_day_note(self, day):
        if day < self.meeting_date:
            return self.env._("Before the meeting")
        holiday = (
            self.env["jalali.holiday"].sudo().search([("date", "=", day)], limit=1)
        )
        if holiday:
            return self.env._("Holiday: %s", holiday.name)
        if day.weekday() == 4:
            return self.env._("A Friday")
        days = local_digits((day - self.meeting_date).days, self.env.lang)
        return self.env._("in %s days", days)

    # === People ===

    def minutes_attend(self, changes):
        """Write the attendance of some: a list of dicts with ``id``.

        A time may be given as hours and minutes on the clock of the agency, “9:14”.
        """
        self.ensure_one()
        for change in changes:
            seat = self._minutes_own("reform.attendance", change["id"])
            vals = {name: change[name] for name in SEAT_FIELDS if name in change}
            for name in ("arrived_at", "left_at"):
                if isinstance(vals.get(name), str) and len(vals[name]) < 6:
                    vals[name] = self._minutes_clock(vals[name])
            if "recused_item_ids" in vals:
                vals["recused_item_ids"] = [Command.set(vals["recused_item_ids"])]
            seat.write(vals)
        return self._minutes_room()

    def minutes_all_present(self):
        """Mark everybody as present who is not said to be away."""
        self.ensure_one()
        seats = self.attendance_ids.filtered(
            lambda seat: seat.status in ("invited", "accepted")
        )
        before = [{"id": seat.id, "status": seat.status} for seat in seats]
        seats.write({"status": "present", "left_at": False})
        return self._minutes_room() | {"before": before}

    def minutes_substitute(self, seat_id, name):
        """Seat somebody else in the place of a member."""
        seat = self._minutes_own("reform.attendance", seat_id)
        person = self._minutes_person(name)
        seat.write({"status": "substituted", "substitute_id": person, "left_at": False})
        return self._minutes_room()

    def _minutes_room(self):
        self.env.flush_all()
        meeting_sudo = self.sudo()
        return {
            "people": meeting_sudo._minutes_people(),
            "quorum": meeting_sudo._minutes_quorum(),
            "log": meeting_sudo._minutes_log(),
        }

    def _minutes_clock(self, text):
        """Return the moment of the meeting's day that a clock time means, in UTC."""
        hour, _colon, minute = text.partition(":")
        zone = pytz.timezone(self.company_id.agency_tz)
        try:
            local = datetime.combine(
                localize(self.opened_at or self.start_at, zone.zone).date(),
                datetime.min.time().replace(hour=int(hour), minute=int(minute or 0)),
            )
        except ValueError:
            raise ValidationError(
                self.env._("“%s” is not a time of the day.", text)
            ) from None
        return zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)

    # === Votes ===

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

    # === Helpers ===

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
            vals[name] = wanted
        if vals:
            record.write(vals)
        return {"conflicts": conflicts} if conflicts else {}

    def _minutes_plain(self, record, name):
        value = record[name]
        kind = record._fields[name].type
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
