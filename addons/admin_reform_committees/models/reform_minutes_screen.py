from datetime import datetime

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.agency_base.tools import localize_digits

from ..texts import LONG_DAY, day_text, hour_text, listed
from .reform_meeting_course import CLOSED

# Where the minutes are written: everything but the decision on them.
WRITABLE = ("draft", "convened", "adjourned", "in_session", "held")
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
        return action | {"context": {"active_id": self.id}}

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
            "bodies": self._minutes_bodies(meeting_sudo),
            "review": self._minutes_review_state(),
            "requests": self._minutes_requests(),
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
                    (SELECT count(*) || ':' || sum(write_date - %(day)s)
                       FROM reform_minutes_request WHERE meeting_id = %(id)s),
                    (SELECT count(*) FROM reform_meeting_event
                      WHERE meeting_id = %(id)s))
                """,
                id=self.id,
                day=EPOCH,
            )
        )
        return stamp

    def _minutes_meeting(self, meeting_sudo):
        zone = meeting_sudo.company_id.agency_tz
        states = dict(self._fields["state"]._description_selection(self.env))
        may_write = meeting_sudo.state in WRITABLE and self.has_access("write")
        return {
            "id": self.id,
            "title": self._minutes_title(meeting_sudo),
            "body": meeting_sudo.committee_id.name,
            "day": day_text(self.env, meeting_sudo.meeting_date, LONG_DAY),
            "where": self._minutes_where(meeting_sudo),
            "opened_at": fields.Datetime.to_string(meeting_sudo.opened_at),
            "ended_at": fields.Datetime.to_string(meeting_sudo.ended_at),
            "state": meeting_sudo.state,
            "state_label": states[meeting_sudo.state],
            "states": [[name, states[name]] for name in SHOWN_STATES],
            "reason": meeting_sudo.reason or "",
            "is_amending": meeting_sudo.is_amending,
            "may_write": may_write,
            "may_ask": not may_write and self._minutes_may_ask(),
            "sent_at": hour_text(self.env, meeting_sudo.submitted_at, zone),
            "is_open": meeting_sudo.state in ("in_session", "held"),
            "is_closed": meeting_sudo.state in CLOSED,
            "planned": round((self.end_at - self.start_at).total_seconds() / 60),
            "comment_days": meeting_sudo.committee_id.comment_days,
            "confidential": meeting_sudo.confidentiality == "confidential",
            "zone": zone,
            "today": fields.Date.to_string(self.env["reform.term.mixin"]._today()),
        }

    def _minutes_where(self, meeting_sudo):
        """Return the line under the title: from when to when, and where."""
        zone = meeting_sudo.company_id.agency_tz
        if meeting_sudo.ended_at:
            hours = self.env._(
                "ended at %s", hour_text(self.env, meeting_sudo.ended_at, zone)
            )
        else:
            hours = self.env._(
                "%(begin)s to %(end)s",
                begin=hour_text(self.env, meeting_sudo.start_at, zone),
                end=hour_text(self.env, meeting_sudo.end_at, zone),
            )
        return listed(self.env, [hours, meeting_sudo.place])

    def _minutes_title(self, meeting_sudo):
        """Return its number, or which meeting of the year it is while it has none."""
        if meeting_sudo.number:
            return localize_digits(meeting_sudo.number, self.env.lang)
        place = self.sudo().search_count(
            Domain("committee_id", "=", meeting_sudo.committee_id.id)
            & Domain("jalali_year", "=", meeting_sudo.jalali_year)
            & Domain("start_at", "<=", meeting_sudo.start_at)
            & Domain("state", "!=", "cancelled")
        )
        return self.env._("Meeting %s", localize_digits(place, self.env.lang))

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

    def _minutes_bodies(self, meeting_sudo):
        """Return the bodies an item may be referred to: those under this one first."""
        body = meeting_sudo.committee_id
        near = body.child_ids | body.parent_id.child_ids - body
        return [{"id": other.id, "name": other.name} for other in near]

    def _minutes_options(self):
        def labels(model, name):
            return self.env[model]._fields[name]._description_selection(self.env)

        return {
            "kind": labels("reform.resolution", "kind"),
            "outcome": labels("reform.agenda.item", "outcome"),
            "source": labels("reform.agenda.item", "source"),
            "status": labels("reform.attendance", "status"),
        }
