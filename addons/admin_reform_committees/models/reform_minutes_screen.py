from datetime import datetime

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..texts import LONG_DAY, day_text, hour_text
from ..tools import local_digits
from .reform_meeting_course import CLOSED

# Where the minutes are written: everything but the decision on them.
WRITABLE = ("draft", "convened", "adjourned", "in_session", "held")
COLLEAGUES = 8
# Write dates are summed from here: a sum changes whichever row did.
EPOCH = datetime(2020, 1, 1)
SHOWN_STATES = ("convened", "in_session", "held", "minutes_review", "approved")


class ReformMinutesScreen(models.Model):
    """What the minutes screen shows of a meeting, in one answer."""

    _inherit = "reform.meeting"

    def action_minutes(self):
        """Open the minutes screen."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "admin_reform_committees.reform_minutes_screen_action"
        )
        return action | {"context": {"active_id": self.id}, "res_id": self.id}

    def minutes_open(self):
        """Return all that the screen shows, and the stamp of what it has seen."""
        self.ensure_one()
        self.check_access("read")
        stamp = self._minutes_stamp()
        # sudo: who sees a meeting sees its people, agenda, votes and course; what is
        # shown of other meetings is asked for as the user
        meeting_sudo = self.sudo()
        return {
            "stamp": stamp,
            "meeting": self._minutes_meeting(meeting_sudo),
            "items": self._minutes_items(meeting_sudo),
            "people": meeting_sudo._minutes_people(),
            "quorum": meeting_sudo._minutes_quorum(),
            "log": meeting_sudo._minutes_log(),
            "phrases": self._minutes_phrases(),
            "programmes": self._minutes_programmes(meeting_sudo),
            "others": self.env["reform.minutes.presence"]._others(self),
            "options": self._minutes_options(),
        }

    def minutes_poll(self, stamp, item_id=False, is_writing=False):
        """Note where the user is, and return what changed since ``stamp``."""
        self.ensure_one()
        self.check_access("read")
        self.env["reform.minutes.presence"]._note(self, item_id, is_writing)
        now = self._minutes_stamp()
        if now != stamp:
            return self.minutes_open()
        return {
            "stamp": now,
            "others": self.env["reform.minutes.presence"]._others(self),
        }

    def _minutes_stamp(self):
        """Return a text that differs whenever something of the minutes does."""
        self.env.flush_all()
        [(stamp,)] = self.env.execute_query(
            SQL(
                """
                SELECT concat_ws('/',
                    (SELECT extract(epoch FROM write_date)
                       FROM reform_meeting WHERE id = %(id)s),
                    (SELECT count(*) || ':' || sum(write_date - %(day)s)
                       FROM reform_agenda_item WHERE meeting_id = %(id)s),
                    (SELECT count(*) || ':' || sum(write_date - %(day)s)
                       FROM reform_resolution WHERE meeting_id = %(id)s),
                    (SELECT count(*) || ':' || sum(write_date - %(day)s)
                       FROM reform_attendance WHERE meeting_id = %(id)s),
                    (SELECT count(*) || ':' || sum(write_date - %(day)s)
                       FROM reform_vote_event WHERE meeting_id = %(id)s),
                    (SELECT count(*) FROM reform_meeting_event
                      WHERE meeting_id = %(id)s))
                """,
                id=self.id,
                day=EPOCH,
            )
        )
        return stamp

    # === Parts of the answer ===

    def _minutes_meeting(self, meeting_sudo):
        zone = meeting_sudo.company_id.agency_tz
        states = dict(self._fields["state"]._description_selection(self.env))
        may_write = meeting_sudo.state in WRITABLE and self.has_access("write")
        return {
            "id": self.id,
            "title": meeting_sudo.number or self._minutes_title(meeting_sudo),
            "body": meeting_sudo.committee_id.name,
            "day": day_text(self.env, meeting_sudo.meeting_date, LONG_DAY),
            "hours": self.env._(
                "%(begin)s to %(end)s",
                begin=hour_text(self.env, meeting_sudo.start_at, zone),
                end=hour_text(self.env, meeting_sudo.end_at, zone),
            ),
            "end": hour_text(self.env, meeting_sudo.end_at, zone),
            "ended": hour_text(self.env, meeting_sudo.ended_at, zone),
            "opened_at": fields.Datetime.to_string(meeting_sudo.opened_at),
            "ended_at": fields.Datetime.to_string(meeting_sudo.ended_at),
            "place": meeting_sudo.place or "",
            "state": meeting_sudo.state,
            "state_label": states[meeting_sudo.state],
            "states": [[name, states[name]] for name in SHOWN_STATES],
            "reason": meeting_sudo.reason or "",
            "may_write": may_write,
            "is_open": meeting_sudo.state in ("in_session", "held"),
            "is_closed": meeting_sudo.state in CLOSED,
            "planned": round((self.end_at - self.start_at).total_seconds() / 60),
            "comment_days": meeting_sudo.committee_id.comment_days,
            "confidential": meeting_sudo.confidentiality == "confidential",
            "zone": zone,
            "today": fields.Date.to_string(self.env["reform.term.mixin"]._today()),
        }

    def _minutes_title(self, meeting_sudo):
        place = self.sudo().search_count(
            Domain("committee_id", "=", meeting_sudo.committee_id.id)
            & Domain("jalali_year", "=", meeting_sudo.jalali_year)
            & Domain("start_at", "<=", meeting_sudo.start_at)
            & Domain("state", "!=", "cancelled")
        )
        return self.env._("Meeting %s", local_digits(place, self.env.lang))

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

    def _minutes_people(self):
        self.ensure_one()
        zone = self.company_id.agency_tz
        roles = dict(
            self.env["reform.attendance"]
            ._fields["role"]
            ._description_selection(self.env)
        )
        people = []
        for seat in self.attendance_ids.sorted(lambda seat: (seat.rank, seat.id)):
            role = roles[seat.role]
            if seat.partner_id == self.presided_by_id and self.on_behalf_of_id:
                role = self.env._("Presides on behalf of %s", self.on_behalf_of_id.name)
            people.append(
                {
                    "id": seat.id,
                    "partner": seat.partner_id.id,
                    "name": seat.partner_id.name,
                    "role": role,
                    "kind": seat.role,
                    "unit": seat.partner_id.function or "",
                    "voting": seat.is_voting,
                    "status": seat.status,
                    "here": seat.is_here,
                    "arrived": hour_text(self.env, seat.arrived_at, zone),
                    "left": hour_text(self.env, seat.left_at, zone),
                    "arrived_at": fields.Datetime.to_string(seat.arrived_at),
                    "left_at": fields.Datetime.to_string(seat.left_at),
                    "recused": seat.recused_item_ids.ids,
                    "substitute": seat.substitute_id.name or "",
                }
            )
        return people

    def _minutes_quorum(self):
        """Return the quorum now, of every item somebody stands aside for too."""
        self.ensure_one()
        rule = dict(self._fields["quorum_rule"]._description_selection(self.env))

        def plain(item=None):
            result = self._quorum(item)
            return {
                "required": result.required,
                "present": result.present,
                "seats": result.seats,
                "spare": result.spare,
                "met": result.is_met,
            }

        special = self.attendance_ids.recused_item_ids
        return plain() | {
            "rule": rule[self.quorum_rule],
            "items": {str(item.id): plain(item) for item in special},
        }

    def _minutes_log(self):
        zone = self.company_id.agency_tz
        kinds = dict(
            self.env["reform.meeting.event"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        return [
            {
                "id": event.id,
                "at": hour_text(self.env, event.happened_at, zone),
                "kind": event.kind,
                "text": kinds[event.kind],
                "who": event.partner_id.name or "",
                "note": event.note or "",
                "present": event.present,
            }
            for event in self.event_ids.sorted("id", reverse=True)[:40]
        ]

    def _minutes_phrases(self):
        phrases = self.env["reform.phrase"].search_fetch(
            Domain("committee_id", "in", (False, self.committee_id.id)),
            ["name", "text"],
        )
        return [{"name": p.name, "text": p.text} for p in phrases]

    def _minutes_programmes(self, meeting_sudo):
        body = meeting_sudo.committee_id
        programmes = body.programme_ids
        if not programmes:
            period = self.env["reform.programme.period"].sudo()._current()
            programmes = period.programme_ids
        return [
            {"id": programme.id, "number": programme.number, "name": programme.name}
            for programme in programmes
        ]

    def _minutes_options(self):
        def labels(model, name):
            return self.env[model]._fields[name]._description_selection(self.env)

        return {
            "kind": labels("reform.resolution", "kind"),
            "outcome": labels("reform.agenda.item", "outcome"),
            "source": labels("reform.agenda.item", "source"),
            "status": labels("reform.attendance", "status"),
        }

    @api.readonly
    def minutes_find_people(self, term):
        """Return colleagues whose name holds ``term``, for the one responsible."""
        self.ensure_one()
        self.check_access("read")
        term = (term or "").strip()
        if not term:
            return []
        # sudo: anybody of the agency may be made responsible; only names are shown
        users_sudo = self.env["res.users"].sudo()
        found = users_sudo.search_fetch(
            Domain("name", "ilike", term)
            & Domain("share", "=", False)
            & Domain("company_ids", "in", self.company_id.ids),
            ["partner_id"],
            limit=COLLEAGUES,
        )
        return [
            {
                "id": found_user.partner_id.id,
                "name": found_user.partner_id.name,
                "unit": found_user.partner_id.function or "",
            }
            for found_user in found
        ]

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
        results = dict(
            self.env["reform.vote.event"]
            ._fields["result"]
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
            "title": meeting_sudo.number or self._minutes_title(meeting_sudo),
            "day": day_text(self.env, meeting_sudo.meeting_date, LONG_DAY),
            "is_draft": meeting_sudo.state != "approved",
            "item": where.item_id.id or order[:1].id,
            "quorum": meeting_sudo._minutes_quorum(),
            "items": [
                {
                    "id": item.id,
                    "number": place,
                    "name": item.name,
                    "decided": item.outcome != "pending",
                    "notes": item.notes or "",
                    "rows": [
                        {
                            "id": row.id,
                            "text": row.text,
                            "kind": kinds[row.kind],
                            "responsible": row.responsible_id.name or "",
                            "due": day_text(self.env, row.due_on),
                            "vote": results.get(row.vote_event_ids[:1].result, ""),
                        }
                        for row in item.resolution_ids.sorted(
                            lambda row: (row.sequence, row.id)
                        )
                    ],
                }
                for place, item in enumerate(order, 1)
            ],
        }
