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
        for visit in self:
            # sudo: rows that only planning and phones write
            members_sudo = visit.sudo().member_ids
            busy = visit.state in BUSY and visit.kind != "added_on_site"
            if visit.state not in PLANNABLE:
                members_sudo.filtered(lambda m, busy=busy: m.is_busy != busy).write(
                    {"is_busy": busy}
                )
                continue
            wanted = {}
            if visit.team_id and visit.planned_on:
                for member in visit.team_id._members_on(visit.planned_on):
                    wanted[member.user_id.id] = {
                        "body_id": member.body_id.id,
                        "is_lead": member.is_lead,
                        "starts_at": visit.planned_start,
                        "stops_at": visit.planned_stop,
                        "is_busy": busy,
                    }
            members_sudo.filtered(
                lambda m, wanted=wanted: m.user_id.id not in wanted
            ).unlink()
            known = {member.user_id.id: member for member in visit.sudo().member_ids}
            for user_id, values in wanted.items():
                if user_id in known:
                    known[user_id].write(values)
                else:
                    members_sudo.create(
                        values | {"visit_id": visit.id, "user_id": user_id}
                    )
        # The constraint against two places at a time looks at the database.
        self.env["audit.visit.member"].flush_model()

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
