"""What is printed before a visit: duty sheets of teams, letters to the units."""

from odoo import fields, models
from odoo.tools.misc import format_date, format_time

from odoo.addons.jalali_calendar.tools import localize

DAY_FORMAT = "EEEE d MMMM yyyy"
UPCOMING = ("planned", "in_progress")


class AuditTeam(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.team"

    def _duty_values(self):
        """Return what the duty sheet says: the visits to come, day by day."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        visits = self.env["audit.visit"].search(
            [
                ("team_id", "=", self.id),
                ("state", "in", UPCOMING),
                ("planned_on", ">=", today),
            ],
            order="planned_start, id",
        )
        members = self._members_on(visits[:1].planned_on or today)
        return {
            "title": self.env._("Duty Sheet"),
            "subtitle": f"{self.programme_id.name} · {self.name}",
            "members": members.sorted(lambda member: not member.is_lead),
            "days": [
                {
                    "name": format_date(self.env, day, date_format=DAY_FORMAT),
                    "visits": [visit._paper_row() for visit in on_day],
                }
                for day, on_day in visits.grouped("planned_on").items()
            ],
            "signatures": [
                {
                    "name": self.programme_id.user_id.name,
                    "role": self.env._("Programme officer"),
                }
            ],
        }


class AuditVisit(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.visit"

    def _paper_row(self):
        """Return the visit as one row of a duty sheet."""
        self.ensure_one()
        # sudo: who goes there reads where that is, also on paper
        unit_sudo = self.sudo().unit_id
        return {
            "time": self._paper_time(),
            "unit": unit_sudo.name,
            "place": " · ".join(
                filter(None, [unit_sudo.address, unit_sudo.zone_id.name])
            ),
            "contact": " · ".join(
                filter(
                    None,
                    [
                        unit_sudo.representative_name,
                        unit_sudo.representative_phone or unit_sudo.phone,
                    ],
                )
            ),
            "note": self.note or "",
        }

    def _paper_time(self):
        """Return from when to when, by the official clock."""
        zone = self.company_id.agency_tz
        return "–".join(
            format_time(self.env, localize(moment, zone).time(), time_format="HH:mm")
            for moment in (self.planned_start, self.planned_stop)
            if moment
        )

    def _letter_values(self):
        """Return what the letter that introduces the inspectors says."""
        self.ensure_one()
        unit, programme = self.unit_id, self.programme_id.name
        day = (
            format_date(self.env, self.planned_on, date_format=DAY_FORMAT)
            if self.planned_on
            else ""
        )
        return {
            "title": self.env._("Introduction of inspectors"),
            "to": self.env._("To the head of %(unit)s", unit=unit.name),
            "text": self.env._(
                "Under the programme “%(programme)s” the joint team named below visits "
                "the service desk of that unit on %(day)s, %(time)s.",
                programme=programme,
                day=day,
                time=self._paper_time(),
            ),
            "request": self.env._(
                "Please ask the desk’s representative, %(name)s, to be present and to "
                "have the desk’s records at hand.",
                name=unit.representative_name,
            )
            if unit.representative_name
            else self.env._(
                "Please name a representative of the desk who is present and has the "
                "desk’s records at hand."
            ),
            "members": self.member_ids,
            "signatures": [
                {
                    "name": self.programme_id.user_id.name,
                    "role": self.env._("Programme officer"),
                }
            ],
        }
