from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.jalali_calendar.tools import to_jalali

from ..texts import day_text
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
        self.env["reform.committee"].check_access("read")
        today = self.env["reform.term.mixin"]._today()
        entries = [
            *self._to_approve(),
            *self._minutes_to_approve(),
            *self._to_sign(),
            *self._to_do(),
            *self._to_verify(),
            *self._to_comment(),
        ]
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
            "deputy": ", ".join(delegators.mapped("name")),
        }

    @api.model
    def _group(self, day, today):
        if not day:
            return "later"
        if day < today:
            return "late"
        if day <= today + timedelta(days=1):
            return "now"
        return "week" if day <= today + timedelta(days=7) else "later"

    def _entry(self, kind, record, title, body, day, sub):
        return {
            "key": f"{kind}:{record.id}",
            "kind": kind,
            "id": record.id,
            "title": title,
            "body": body.name or "",
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
            (resolution.number, *sub),
        )

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
                fields.Date.to_date(meeting.submitted_at)
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
                    fields.Date.to_date(minutes.comment_until),
                    [
                        self.env._(
                            "%(signed)s of %(all)s have signed",
                            signed=len(signed),
                            all=len(minutes.signature_ids),
                        )
                    ],
                )
            )
        return entries

    def _to_do(self):
        mine = self.env["reform.resolution"].search(
            Domain("responsible_id", "=", self.env.user.partner_id.id)
            & Domain("state", "in", WORK_STATES),
            order="due_on, id",
            limit=SHOWN,
        )
        return [self._resolution("work", each, [f"{each.percent}%"]) for each in mine]

    def _to_verify(self):
        claimed = self.env["reform.resolution"].search(
            Domain("state", "=", "claimed_done")
            & Domain("committee_id.user_runs", "=", True)
            & Domain("claimed_by_id", "!=", self.env.uid)
            & Domain("responsible_id", "!=", self.env.user.partner_id.id),
            limit=SHOWN,
        )
        return [
            self._resolution("verify", each, [each.claimed_by_id.name])
            for each in claimed
        ]

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
                fields.Date.to_date(minutes.comment_until),
                [self.env._("The window for comments is open")],
            )
            for minutes in open_minutes.filtered(lambda each: each.id not in spoken.ids)
        ]

    # === The pane beside the list ===

    @api.model
    def desk_detail(self, kind, record_id):
        """Return what the pane shows of one entry."""
        if kind in ("approve", "work", "verify"):
            resolution = self.env["reform.resolution"].browse(record_id)
            resolution.check_access("read")
            return self._detail_resolution(resolution)
        if kind == "sign":
            minutes = self.env["reform.signature"].browse(record_id).minutes_id
        elif kind == "comment":
            minutes = self.env["reform.minutes"].browse(record_id)
        else:
            meeting = self.env["reform.meeting"].browse(record_id)
            meeting.check_access("read")
            minutes = meeting.minutes_ids[:1]
        minutes.check_access("read")
        return self._detail_minutes(minutes)

    def _detail_resolution(self, resolution):
        # sudo: whoever sees a resolution sees its course, not the people behind it
        resolution_sudo = resolution.sudo()
        kinds = dict(
            self.env["reform.resolution.update"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        return {
            "number": resolution.number or "",
            "text": resolution.text,
            "responsible": ", ".join(
                filter(
                    None,
                    (
                        resolution_sudo.responsible_id.name,
                        resolution_sudo.department_id.name,
                    ),
                )
            ),
            "due": day_text(self.env, resolution.due_on),
            "consequence": resolution.consequence or "",
            "directive": resolution.directive or "",
            "percent": resolution.percent,
            "received": bool(resolution.received_at),
            "state": resolution.state,
            "course": [
                {
                    "id": line.id,
                    "who": line.user_id.name or "",
                    "day": day_text(self.env, fields.Date.to_date(line.happened_at)),
                    "kind": kinds[line.kind],
                    "percent": line.percent if line.kind == "progress" else False,
                    "note": line.note or "",
                    "files": [
                        {"id": file.id, "name": file.name}
                        for file in line.attachment_ids
                    ],
                }
                for line in resolution_sudo.update_ids[:30]
            ],
        }

    def _detail_minutes(self, minutes):
        content = minutes._document()
        return {
            "meeting": minutes.meeting_id.id,
            "version": minutes.version,
            "when": content["when"],
            "chair": content["chair"],
            "quorum": content["quorum"],
            "items": content["items"],
            "resolutions": content["resolutions"],
            "comments": [
                {"id": c.id, "who": c.user_id.name or "", "text": c.text}
                for c in minutes.comment_ids
            ],
        }

    # === The council chair's board ===

    @api.model
    def board_open(self, year=False):
        """Return the bodies under the council side by side, for a Jalali year."""
        bodies = self.env["reform.committee"].search(
            Domain("kind", "in", ("committee", "working_group")), order="sequence, code"
        )
        today = self.env["reform.term.mixin"]._today()
        meetings = self.env["reform.meeting"]
        year = year or to_jalali(today)[0]
        in_year = Domain("committee_id", "in", bodies.ids) & Domain(
            "meeting_id.jalali_year", "=", year
        )
        resolutions = self.env["reform.resolution"]
        adopted = in_year & Domain(
            "state", "not in", ("draft", "superseded", "revoked")
        )
        held = dict(
            meetings._read_group(
                Domain("committee_id", "in", bodies.ids)
                & Domain("jalali_year", "=", year)
                & Domain("state", "in", ("held", "minutes_review", "approved")),
                ["committee_id"],
                ["__count"],
            )
        )
        total = self._by_body(resolutions, adopted)
        verified = self._by_body(
            resolutions, adopted & Domain("state", "=", "verified")
        )
        late_domain = (
            Domain("committee_id", "in", bodies.ids)
            & Domain("state", "in", (*WORK_STATES, "claimed_done"))
            & Domain("due_on", "<", today)
        )
        late = self._by_body(resolutions, late_domain)
        cards = [
            {
                "id": body.id,
                "name": body.name,
                "secretary": body.secretary_id.name or "",
                "held": held.get(body, 0),
                "planned": body.meetings_per_year,
                "total": total.get(body, 0),
                "verified": verified.get(body, 0),
                "late": late.get(body, 0),
                "share": round(100 * verified.get(body, 0) / total[body])
                if total.get(body)
                else 0,
            }
            for body in bodies
        ]
        overdue = resolutions.search(late_domain, order="due_on, id", limit=8)
        coming = meetings.search(
            Domain("start_at", ">=", fields.Datetime.now())
            & Domain("state", "in", ("draft", "convened")),
            order="start_at",
            limit=6,
        )
        return {
            "year": year,
            "today": day_text(self.env, today, "d MMMM"),
            "as_of": fields.Datetime.to_string(fields.Datetime.now()),
            "cards": cards,
            "overdue": [
                {
                    "id": each.id,
                    "number": each.number,
                    "text": each.text,
                    "who": each.sudo().responsible_id.name or "",
                    "days": (today - each.due_on).days,
                }
                for each in overdue
            ],
            "coming": [
                {
                    "id": meeting.id,
                    "day": day_text(self.env, meeting.meeting_date, "d MMMM"),
                    "name": meeting.committee_id.name,
                }
                for meeting in coming
            ],
        }

    def _by_body(self, model, domain):
        return dict(model._read_group(domain, ["committee_id"], ["__count"]))
