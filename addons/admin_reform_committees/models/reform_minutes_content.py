from odoo import fields, models

from odoo.addons.agency_base.tools import counted, localize_digits
from odoo.addons.jalali_calendar.tools import localize

from ..texts import LONG_DAY, day_text, hour_text, listed, moment_text


class ReformMinutesContent(models.Model):
    """What the minutes say on paper, in the language of the company."""

    _inherit = "reform.meeting"

    def _moment(self, value):
        return moment_text(self.env, value, self.company_id.agency_tz)

    def _official_moment(self, value):
        """Return a moment as papers write it, in the language of the context."""
        zone = self.company_id.agency_tz
        return self.env._(
            "%(day)s at %(hour)s",
            day=day_text(self.env, localize(value, zone).date()),
            hour=hour_text(self.env, value, zone),
        )

    def _minutes_content(self):
        """Return the whole text of the minutes as plain values."""
        self.ensure_one()
        lang = self.env["agency.seal"]._seal_lang(self.company_id)
        # sudo: the document is the same for whoever has it made
        meeting = self.sudo().with_context(lang=lang)
        return {
            "schema": 1,
            "lang": lang,
            "number": localize_digits(meeting.number or "", lang),
            "body": meeting.committee_id.name,
            "over": meeting.committee_id.parent_id.name or "",
            "date": day_text(meeting.env, meeting.meeting_date),
            "title": meeting._minutes_title(meeting),
            "when": meeting._content_when(),
            "chair": meeting._content_chair(),
            "quorum": meeting._content_quorum(),
            "people": meeting._content_people(),
            "items": meeting._content_items(),
            "resolutions": meeting._content_resolutions(),
            "confidential": meeting.confidentiality == "confidential",
            "signatures": [],
            "approval": False,
            "version": 1,
            "reason": "",
        }

    def _content_when(self):
        zone = self.company_id.agency_tz
        text = self.env._(
            "%(day)s, %(begin)s to %(end)s",
            day=day_text(self.env, self.meeting_date, LONG_DAY),
            begin=hour_text(self.env, self.opened_at or self.start_at, zone),
            end=hour_text(self.env, self.ended_at or self.end_at, zone),
        )
        return listed(self.env, [text, self.place])

    def _content_chair(self):
        chair = self.presided_by_id.name or ""
        if not self.on_behalf_of_id:
            return chair
        delegation = self.delegation_id
        return self.env._(
            "%(deputy)s, on behalf of %(chair)s by decree %(number)s",
            deputy=chair,
            chair=self.on_behalf_of_id.name,
            number=localize_digits(delegation.decree_no, self.env.lang),
        )

    def _content_quorum(self):
        events = self.event_ids.sorted("id").filtered(
            lambda event: event.kind in ("quorum", "no_quorum")
        )
        if events[:1].kind == "no_quorum":
            # nothing was lost before anybody had come
            events = events[1:]
        zone = self.company_id.agency_tz
        course = [
            self.env._(
                "%(hour)s quorum with %(count)s",
                hour=hour_text(self.env, event.happened_at, zone),
                count=localize_digits(event.present, self.env.lang),
            )
            if event.kind == "quorum"
            else self.env._(
                "%(hour)s quorum lost",
                hour=hour_text(self.env, event.happened_at, zone),
            )
            for event in events
        ]
        rule = self.env._(
            "Quorum %(required)s of %(seats)s voting members",
            required=localize_digits(self.quorum_required, self.env.lang),
            seats=localize_digits(self.voter_count, self.env.lang),
        )
        return listed(self.env, [rule, *course], strong=True)

    def _seats_in_order(self):
        """Return the seats as papers list them: who is here first, then by rank."""
        return self.attendance_ids.sorted(
            lambda seat: (
                seat.status not in ("present", "substituted"),
                seat.rank,
                seat.id,
            )
        )

    def _content_people(self):
        zone = self.company_id.agency_tz
        seat_fields = self.env["reform.attendance"]._fields
        roles = dict(seat_fields["role"]._description_selection(self.env))
        statuses = dict(seat_fields["status"]._description_selection(self.env))
        ended = self.ended_at
        people = []
        for seat in self._seats_in_order():
            here = seat.status in ("present", "substituted")
            role = roles[seat.role]
            if seat.partner_id == self.presided_by_id and self.on_behalf_of_id:
                role = self.env._("Chair, by delegation")
            elif not seat.is_voting:
                role = self.env._("%s, no vote", role)
            name = seat.partner_id.name
            if seat.status == "substituted":
                name = self.env._(
                    "%(substitute)s for %(member)s",
                    substitute=seat.substitute_id.name,
                    member=name,
                )
            people.append(
                {
                    "name": name,
                    "post": seat.partner_id.function or "",
                    "role": role,
                    "here": here,
                    "status": statuses[seat.status],
                    "in": hour_text(self.env, seat.arrived_at, zone) if here else "",
                    "out": hour_text(self.env, seat.left_at or ended, zone)
                    if here
                    else "",
                    "aside": [
                        localize_digits(item.name, self.env.lang)
                        for item in seat.recused_item_ids
                    ],
                }
            )
        return people

    def _content_items(self):
        outcomes = dict(
            self.env["reform.agenda.item"]
            ._fields["outcome"]
            ._description_selection(self.env)
        )
        return [
            {
                "number": localize_digits(place, self.env.lang),
                "name": localize_digits(item.name, self.env.lang),
                "notes": item.notes or "",
                "outcome": self._content_outcome(item, outcomes[item.outcome]),
                "presenter": item.presenter_id.name or "",
            }
            for place, item in enumerate(self._minutes_ordered_items(), 1)
        ]

    def _content_outcome(self, item, outcome):
        """Return what came of an item; of one that was referred, to whom until when."""
        referrals = item.referral_ids.filtered(lambda each: each.state != "withdrawn")
        if item.outcome != "referred" or not referrals:
            return outcome
        return self.env._(
            "%(outcome)s to %(body)s, report until %(day)s",
            outcome=outcome,
            body=listed(self.env, referrals.committee_id.mapped("name")),
            day=day_text(self.env, referrals[0].due_on),
        )

    def _content_resolutions(self):
        kinds = dict(
            self.env["reform.resolution"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        rows = []
        for place, item in enumerate(self._minutes_ordered_items(), 1):
            own = item.resolution_ids.sorted(lambda row: (row.sequence, row.id))
            for number, row in enumerate(own, 1):
                vote = row.vote_event_ids[:1]
                rows.append(
                    {
                        "id": row.id,
                        "number": localize_digits(
                            row.number or f"{place}-{number}", self.env.lang
                        ),
                        "text": row.text,
                        "kind": kinds[row.kind],
                        "responsible": row.responsible_id.name or "",
                        "unit": row.department_id.name
                        or row.responsible_id.function
                        or "",
                        "partners": listed(
                            self.env, row.co_responsible_ids.mapped("name")
                        ),
                        "due": day_text(self.env, row.due_on),
                        "due_on": fields.Date.to_string(row.due_on) or "",
                        "vote": vote._content() if vote else "",
                    }
                )
        return rows


class ReformVoteContent(models.Model):
    """A vote on paper."""

    _inherit = "reform.vote.event"

    def _content(self):
        lang = self.env.lang
        if self.result == "void":
            return self.env._("without a quorum")
        if self.mode == "consensus":
            one = self.env._("by consensus, 1 vote")
            many = self.env._("by consensus, %s votes")
            return counted(self.env, self.yes_count, one, many)
        text = self.env._(
            "%(yes)s in favour, %(no)s against, %(abstain)s abstain",
            yes=localize_digits(self.yes_count, lang),
            no=localize_digits(self.no_count, lang),
            abstain=localize_digits(self.abstain_count, lang),
        )
        if self.result == "rejected":
            return self.env._("rejected: %s", text)
        return text
