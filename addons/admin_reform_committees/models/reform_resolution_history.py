from odoo import models

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.jalali_calendar.tools import localize

from ..texts import day_text, hour_text, listed
from .reform_resolution import OPEN_STATES


class ReformResolutionHistory(models.Model):
    """How a resolution came about, and every day that was ever set for it."""

    _inherit = "reform.resolution"

    def _panel_timeline(self):
        """Return the days of a resolution in their order, those that moved as well."""
        zone = self.company_id.agency_tz
        today = self.env["reform.term.mixin"]._today()
        # sudo: whoever sees a resolution sees what became of its deadlines
        extensions_sudo = self.sudo().extension_ids.sorted("id")
        granted = extensions_sudo.filtered(lambda each: each.state == "granted")
        points = [(self.meeting_date, "adopted", self.env._("Resolved"))]
        for place, extension in enumerate(granted, 1):
            label = self.env._("Deadline %s", localize_digits(place, self.env.lang))
            points.append((extension.old_due_on, "moved", label))
        stamps = (
            (self.claimed_at, "done", self.env._("Reported as done")),
            (self.verified_at, "done", self.env._("Verified")),
        )
        points += [
            (localize(moment, zone).date(), kind, label)
            for moment, kind, label in stamps
            if moment
        ]
        if self.due_on:
            is_late = self.state in OPEN_STATES and self.due_on < today
            kind = "late" if is_late else "due"
            points.append((self.due_on, kind, self.env._("Deadline")))
        return [
            {
                "day": day_text(self.env, day),
                "kind": kind,
                "label": label,
                "past": day <= today,
            }
            for day, kind, label in sorted(points, key=lambda point: point[0])
        ]

    def _panel_votes(self):
        """Return the votes on it; who voted how, to those who see the votes."""
        # sudo: how many were for it stands in the minutes that everybody concerned has
        events_sudo = self.sudo().vote_event_ids
        return [
            event_sudo._panel_vote(event_sudo.with_env(self.env).has_access("read"))
            for event_sudo in events_sudo
        ]


class ReformVotePanel(models.Model):
    """A vote as the page of a resolution shows it."""

    _inherit = "reform.vote.event"

    def _panel_vote(self, with_names):
        self.ensure_one()
        lang = self.env.lang
        option_field = self.env["reform.vote"]._fields["option"]
        options = dict(option_field._description_selection(self.env))
        by_name = self.vote_ids.grouped("option") if with_names else {}
        return {
            "id": self.id,
            "said": self._content(),
            "result": self.result or "",
            "result_text": dict(
                self._fields["result"]._description_selection(self.env)
            ).get(self.result, ""),
            "at": hour_text(self.env, self.voted_at, self.company_id.agency_tz),
            "room": self.env._(
                "Voters in the room: %(present)s, needed for a quorum: %(required)s.",
                present=localize_digits(self.present, lang),
                required=localize_digits(self.required, lang),
            ),
            "names": [
                {
                    "option": options[option],
                    "who": listed(
                        self.env,
                        by_name[option].attendance_id.partner_id.mapped("name"),
                    ),
                }
                for option in options
                if option in by_name
            ],
        }
