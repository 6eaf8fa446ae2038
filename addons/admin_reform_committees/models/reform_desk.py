from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.agency_base.tools.marks import isolate
from odoo.addons.jalali_calendar.tools import localize

from ..texts import day_text, is_jalali, listed
from .reform_resolution_follow import WORK_STATES

# More than a person can do: beyond that the lists of resolutions serve.
SHOWN = 200


class ReformDesk(models.AbstractModel):
    """«My desk»: what the user has to approve, sign, do, verify and comment.

    One list over all bodies. Each entry is a dict of what the list shows; acting is
    done on the records themselves, which ask who may.
    """

    _name = "reform.desk"
    _description = "My Desk"

    @api.model
    def desk_open(self):
        """Return the entries of the current user, sorted by date."""
        today = self.env["reform.term.mixin"]._today()
        entries = self._desk_entries()
        for entry in entries:
            entry["group"] = self._group(entry["date"], today)
            days = (today - entry["date"]).days if entry["date"] else 0
            entry["late"] = max(days, 0)
            entry["day"] = day_text(self.env, entry["date"])
            entry["date"] = fields.Date.to_string(entry["date"]) or ""
        entries.sort(key=lambda each: (each["date"] or "9999", each["key"]))
        delegators = self.env["reform.committee"]._delegators_of(self.env.user)
        return {
            "entries": entries,
            "name": self.env.user.name,
            "post": self.env.user.partner_id.function or "",
            "deputy": listed(self.env, delegators.mapped("name")),
            "next": "" if entries else self._next_meeting(),
            "founds": self._founds(),
        }

    def _founds(self):
        """Return whether there is no body yet, and the user is who may found some."""
        bodies = self.env["reform.committee"]
        return bodies.has_access("create") and not bodies.search_count([], limit=1)

    def _next_meeting(self):
        """Return the day of the next meeting one is invited to, for an empty desk."""
        meeting = self.env["reform.meeting"]
        if meeting.has_access("read"):
            meeting = meeting.search(
                Domain("attendance_ids.partner_id", "=", self.env.user.partner_id.id)
                & Domain("state", "=", "convened")
                & Domain("start_at", ">=", fields.Datetime.now()),
                order="start_at",
                limit=1,
            )
        if not meeting:
            return ""
        day = day_text(self.env, meeting.meeting_date)
        return listed(self.env, [day, meeting.committee_id.name])

    @api.model
    def _desk_entries(self):
        """Return what the user has to do, in no order yet."""
        entries = [*self._to_approve(), *self._to_do()]
        if self.env["reform.meeting"].has_access("read"):
            entries += [
                *self._minutes_to_approve(),
                *self._to_sign(),
                *self._to_verify(),
                *self._to_grant(),
                *self._to_comment(),
            ]
        return entries

    @api.model
    def _group(self, day, today):
        if not day:
            return "later"
        if day < today:
            return "late"
        if day <= today + timedelta(days=1):
            return "now"
        return "week" if day <= today + timedelta(days=7) else "later"

    @api.model
    def _day_of(self, moment, company):
        """Return the day of a stored moment on the official clock."""
        return localize(moment, company.agency_tz).date()

    def _entry(self, kind, record, title, body, day, sub):
        return {
            "key": f"{kind}:{record.id}",
            "kind": kind,
            "id": record.id,
            "title": title,
            # sudo: who must act on something sees what body it is of
            "body": body.sudo().name or "",
            "date": day,
            "sub": " · ".join(filter(None, sub)),
        }

    def _resolution(self, kind, resolution, sub=()):
        title = resolution.approved_text or resolution.text
        return self._entry(
            kind,
            resolution,
            title,
            resolution.committee_id,
            resolution.due_on,
            # set apart: what follows may begin with a number as well
            (isolate(resolution.number), *sub),
        )

    @api.model
    def _percent(self, percent):
        sign = "٪" if is_jalali(self.env) else "%"
        return localize_digits(f"{percent}{sign}", self.env.lang)

    def _to_approve(self):
        bodies = self.env["reform.committee"]._decided_by(self.env.user)
        waiting = self.env["reform.resolution"].search(
            Domain("committee_id", "in", bodies.ids)
            & Domain("state", "=", "awaiting_approval"),
            order="due_on, id",
            limit=SHOWN,
        )
        return [
            self._resolution("approve", each, [each.consequence]) for each in waiting
        ]

    def _minutes_to_approve(self):
        meetings = self.env["reform.meeting"].search(
            Domain("state", "=", "minutes_review")
            & Domain("committee_id.user_approves", "=", True)
            & Domain("submitted_by_id", "!=", self.env.uid),
            limit=SHOWN,
        )
        return [
            self._entry(
                "minutes",
                meeting,
                self.env._("Minutes of %s", meeting.display_name),
                meeting.committee_id,
                self._day_of(meeting.submitted_at, meeting.company_id)
                + timedelta(days=meeting.committee_id.comment_days),
                [],
            )
            for meeting in meetings
        ]

    def _to_sign(self):
        signatures = self.env["reform.signature"].search(
            Domain("partner_id", "=", self.env.user.partner_id.id)
            & Domain("signed_at", "=", False)
            & Domain("minutes_id.state", "=", "submitted"),
            limit=SHOWN,
        )
        entries = []
        for signature in signatures:
            minutes = signature.minutes_id
            signed = minutes.signature_ids.filtered("signed_at")
            entries.append(
                self._entry(
                    "sign",
                    signature,
                    self.env._("Minutes of %s", minutes.meeting_id.display_name),
                    minutes.committee_id,
                    self._day_of(minutes.comment_until, minutes.company_id),
                    [
                        self.env._(
                            "%(signed)s of %(all)s have signed",
                            signed=localize_digits(len(signed), self.env.lang),
                            all=localize_digits(
                                len(minutes.signature_ids), self.env.lang
                            ),
                        )
                    ],
                )
            )
        return entries

    def _to_do(self):
        resolutions = self.env["reform.resolution"]
        mine, helped = (
            resolutions.search(
                domain & Domain("state", "in", WORK_STATES),
                order="due_on, id",
                limit=SHOWN,
            )
            for domain in (
                Domain("responsible_id", "=", self.env.user.partner_id.id),
                Domain("user_helps", "=", True),
            )
        )
        return [
            self._resolution("work", each, [self._percent(each.percent), with_whom])
            for each, with_whom in (
                *((each, "") for each in mine),
                # sudo: who helps knows whom
                *((each, each.sudo().responsible_id.name) for each in helped),
            )
        ]

    def _looked_after(self):
        """Return the domain of the resolutions that the user verifies and extends."""
        if self.env.user.has_group("admin_reform_committees.group_reform_office"):
            return Domain.TRUE
        return Domain("committee_id.user_runs", "=", True)

    def _to_verify(self):
        claimed = self.env["reform.resolution"].search(
            Domain("state", "=", "claimed_done")
            & self._looked_after()
            & Domain("claimed_by_id", "!=", self.env.uid)
            & Domain("responsible_id", "!=", self.env.user.partner_id.id),
            limit=SHOWN,
        )
        return [
            self._resolution("verify", each, [each.claimed_by_id.name])
            for each in claimed
        ]

    def _to_grant(self):
        # sudo: that more time was asked for is on the resolution, which is checked
        asked_sudo = (
            self.env["reform.extension"]
            .sudo()
            .search(
                [("state", "=", "asked"), ("asked_by_id", "!=", self.env.uid)],
                limit=SHOWN,
            )
        )
        waiting = self.env["reform.resolution"].search(
            Domain("id", "in", asked_sudo.resolution_id.ids)
            & self._looked_after()
            & Domain("responsible_id", "!=", self.env.user.partner_id.id),
            order="due_on, id",
        )
        askers = {each.resolution_id.id: each.asked_by_id.name for each in asked_sudo}
        return [self._resolution("extend", each, [askers[each.id]]) for each in waiting]

    def _to_comment(self):
        mine = self.env.user.partner_id.id
        open_minutes = self.env["reform.minutes"].search(
            Domain("state", "=", "submitted")
            & Domain("comment_until", ">=", fields.Datetime.now())
            & (
                Domain("meeting_id.attendance_ids.partner_id", "=", mine)
                | Domain("meeting_id.attendance_ids.substitute_id", "=", mine)
            ),
            limit=SHOWN,
        )
        # sudo: only whether the user has spoken already
        spoken = (
            self.env["reform.minutes.comment"]
            .sudo()
            .search(
                [("minutes_id", "in", open_minutes.ids), ("user_id", "=", self.env.uid)]
            )
            .minutes_id
        )
        return [
            self._entry(
                "comment",
                minutes,
                self.env._("Minutes of %s", minutes.meeting_id.display_name),
                minutes.committee_id,
                self._day_of(minutes.comment_until, minutes.company_id),
                [self.env._("The window for comments is open")],
            )
            for minutes in open_minutes.filtered(lambda each: each.id not in spoken.ids)
        ]
