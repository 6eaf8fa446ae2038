from collections import defaultdict
from itertools import pairwise

from odoo import fields, models
from odoo.exceptions import ValidationError

from .audit_visit_course import BUSY, PLANNABLE


class AuditVisitTeam(models.Model):
    """Who makes a visit: a whole team, present and impartial, in one place."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.visit"

    def _check_team(self):
        self.ensure_one()
        team, day = self.team_id, self._official_day(self.planned_start)
        team._check_complete_on(day)
        users = team._members_on(day).user_id
        recusal = self._recusals_of(users, day)[:1]
        if recusal:
            raise ValidationError(
                self.env._(
                    "%(person)s is recused from %(unit)s.",
                    person=recusal.user_id.name,
                    unit=self.unit_id.name,
                )
            )
        absence = self.env["audit.absence"]._find(users, day, day)[:1]
        if absence:
            raise ValidationError(
                self.env._(
                    "%(person)s is absent on that day.", person=absence.user_id.name
                )
            )

    def _recusals_of(self, users, day=None):
        self.ensure_one()
        return self.env["audit.recusal"]._find(
            users, self.unit_id, day or fields.Date.context_today(self)
        )

    def _sync_members(self):
        """Let the inspectors of visits not yet begun follow their teams."""
        self.filtered(
            lambda visit: visit.state == "planned" and visit.kind != "added_on_site"
        )._check_free()
        # sudo: rows that only planning and phones write
        members_sudo = self.env["audit.visit.member"].sudo()
        gone_sudo, missing, changes = members_sudo, [], defaultdict(members_sudo.browse)
        for visit in self.sudo():
            wanted = visit._wanted_members()
            for member in visit.member_ids:
                values = wanted.pop(member.user_id, None)
                if values is None:
                    gone_sudo |= member
                elif news := {k: v for k, v in values.items() if member[k] != v}:
                    changes[tuple(news.items())] |= member
            missing += [
                members_sudo._convert_to_write(
                    values | {"visit_id": visit, "user_id": user}
                )
                for user, values in wanted.items()
            ]
        gone_sudo.unlink()
        for news, members in changes.items():
            members.write(members._convert_to_write(dict(news)))
        members_sudo.create(missing)
        # The constraint against two places at a time looks at the database.
        self.env["audit.visit.member"].flush_model()

    def _wanted_members(self):
        """Return, by user, what the row of each inspector should say."""
        self.ensure_one()
        busy = self.state in BUSY and self.kind != "added_on_site"
        if self.state not in PLANNABLE:
            # Who was there stays, whatever becomes of the team.
            return {member.user_id: {"is_busy": busy} for member in self.member_ids}
        if not self.team_id or not self.planned_on:
            return {}
        return {
            member.user_id: {
                "body_id": member.body_id,
                "is_lead": member.is_lead,
                "starts_at": self.planned_start,
                "stops_at": self.planned_stop,
                "is_busy": busy,
            }
            for member in self.team_id._members_on(self.planned_on)
        }

    def _check_free(self):
        """Say who would be where, before the database says no in fewer words."""
        taken = [
            (user, visit)
            for visit in self
            for user in visit.team_id._members_on(visit.planned_on).user_id
        ]
        if not taken:
            return
        # sudo: where a person is counts, whatever the planner may see
        members_sudo = self.env["audit.visit.member"].sudo()
        elsewhere_sudo = members_sudo.search(
            [
                ("is_busy", "=", True),
                ("company_id", "in", self.company_id.ids),
                ("visit_id", "not in", self.ids),
                ("user_id", "in", [user.id for user, _visit in taken]),
                ("starts_at", "<", max(self.mapped("planned_stop"))),
                ("stops_at", ">", min(self.mapped("planned_start"))),
            ]
        )
        taken += [(member.user_id, member.visit_id) for member in elsewhere_sudo]
        taken.sort(key=lambda place: (place[0].id, place[1].planned_start))
        for (person, earlier), (other, later) in pairwise(taken):
            if person == other and later.planned_start < earlier.planned_stop:
                there, here = (later, earlier) if earlier in self else (earlier, later)
                raise ValidationError(
                    self.env._(
                        "%(person)s visits %(unit)s on that day, %(time)s, and cannot "
                        "be at %(here)s as well. Choose another time or team.",
                        person=person.name,
                        unit=there.unit_id.name,
                        time=there._paper_time(),
                        here=here.unit_id.name,
                    )
                )

    def _withdraw_recused(self, recusal):
        """Take a visit off the plan because an inspector may not make it."""
        for visit in self:
            visit.message_post(
                body=self.env._(
                    "%(person)s is recused from this unit: another team must go.",
                    person=recusal.user_id.name,
                )
            )
            if visit.state == "planned":
                visit.write({"state": "draft"})
