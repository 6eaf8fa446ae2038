from odoo import models
from odoo.tools.misc import format_date, format_time

from odoo.addons.jalali_calendar.tools import localize

from .audit_team_duty import DAY_FORMAT


class AuditVisit(models.Model):
    """What papers say of a visit, and the letter that introduces its inspectors."""

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
