from datetime import timedelta

from odoo import models

from odoo.addons.agency_base.tools import localize_digits

from ..texts import LONG_DAY, day_text, hour_text, listed

# Whoever is known not to come, or was not there.
AWAY = ("declined", "excused", "absent")
# Empty lines of an attendance sheet, for those who come unannounced.
GUEST_LINES = 3


class ReformMeetingPapers(models.Model):
    """What the invitation and the agenda say, in the language of the company."""

    _inherit = "reform.meeting"

    def _invitation_content(self):
        """Return the whole text of both papers as plain values."""
        self.ensure_one()
        self.check_access("read")
        lang = self.env["agency.seal"]._seal_lang(self.company_id)
        # sudo: the paper is the same for whoever has it made
        meeting = self.sudo().with_context(lang=lang)
        when = meeting._planned_when()
        return {
            "number": localize_digits(meeting.letter_number or "", lang),
            "letter_date": day_text(meeting.env, meeting.letter_date),
            "body": meeting.committee_id.name,
            "over": meeting.committee_id.parent_id.name or "",
            "title": meeting._minutes_title(meeting),
            "address": meeting.env._("To the members of %s", meeting.committee_id.name),
            "opening": meeting.env._(
                "You are invited to %(title)s of %(body)s, held as follows:",
                title=meeting._minutes_title(meeting),
                body=meeting.committee_id.name,
            ),
            "when": when,
            "where": listed(meeting.env, [when, meeting.place]),
            "place": meeting.place or "",
            "url": meeting.url or "",
            "note": meeting.invitation_note or "",
            "chair": meeting._content_chair(),
            "people": meeting._content_people(),
            "items": meeting._agenda_content(),
            "review": meeting._review_content(),
            "signatures": [
                {
                    "name": meeting.secretary_id.name or "",
                    "role": meeting.env._("Secretary"),
                    "note": "",
                }
            ],
        }

    def _attendance_content(self):
        """Return what the sheet says on which those who came sign."""
        content = self._invitation_content()
        # sudo: as the invitation, the same for whoever has it made
        seats = self.sudo()._seats_in_order()
        for seat, person in zip(seats, content["people"], strict=True):
            person["away"] = seat.status in AWAY
        return content | {"guests": GUEST_LINES}

    def _planned_when(self):
        """Return day and hours as they were planned, in the language of the context."""
        zone = self.company_id.agency_tz
        return self.env._(
            "%(day)s, %(begin)s to %(end)s",
            day=day_text(self.env, self.meeting_date, LONG_DAY),
            begin=hour_text(self.env, self.start_at, zone),
            end=hour_text(self.env, self.end_at, zone),
        )

    def _agenda_content(self):
        """Return the items with the hour each begins, as far as lengths are planned."""
        zone, begins = self.company_id.agency_tz, self.start_at
        lines = []
        for place, item in enumerate(self._minutes_ordered_items(), 1):
            lines.append(
                {
                    "number": localize_digits(place, self.env.lang),
                    "name": localize_digits(item.name, self.env.lang),
                    "late": item.is_late,
                    "presenter": item.presenter_id.name or "",
                    "begins": hour_text(self.env, begins, zone) if begins else "",
                    "minutes": localize_digits(
                        item.planned_minutes or "", self.env.lang
                    ),
                    "files": listed(self.env, item.attachment_ids.mapped("name")),
                }
            )
            # after an item of unknown length nobody knows when the next one begins
            known = begins and item.planned_minutes
            begins = known and begins + timedelta(minutes=item.planned_minutes)
        return lines

    def _review_content(self):
        today = self.env["reform.term.mixin"]._today()
        return [
            {
                "number": localize_digits(row.number or "", self.env.lang),
                "text": row.text,
                "responsible": row.responsible_id.name or "",
                "due": day_text(self.env, row.due_on),
                "late": bool(row.due_on) and row.due_on < today,
            }
            for row in self.item_ids.review_resolution_ids.sorted(
                lambda row: (row.due_on or row.meeting_date, row.id)
            )
        ]
