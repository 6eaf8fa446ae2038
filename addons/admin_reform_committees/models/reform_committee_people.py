from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from ..texts import listed
from .reform_resolution import OPEN_STATES

RUNNING_ROLES = ("chair", "vice", "secretary")


class ReformCommitteePeople(models.Model):
    """Who sits in a body, who presides over it, and what the current user is in it.

    The record rules of everything that belongs to a body ask the ``user_…`` fields.
    They are searched, not stored: an office ends by a date, without anybody writing.
    """

    _inherit = "reform.committee"

    meeting_ids = fields.One2many("reform.meeting", "committee_id", "Meetings")
    meeting_count = fields.Integer(compute="_compute_counts")
    open_resolution_count = fields.Integer(
        "Open Resolutions", compute="_compute_counts"
    )
    membership_ids = fields.One2many("reform.membership", "committee_id", "Members")
    delegation_ids = fields.One2many("reform.delegation", "committee_id")
    chair_id = fields.Many2one("res.partner", compute="_compute_officers")
    secretary_id = fields.Many2one("res.partner", compute="_compute_officers")
    member_count = fields.Integer("Members in Office", compute="_compute_officers")
    voting_count = fields.Integer("Voting Members", compute="_compute_officers")
    delegation_id = fields.Many2one(
        "reform.delegation", "Chair Delegated", compute="_compute_officers"
    )
    idle_officers = fields.Char("Officers without a Role", compute="_compute_idle")

    user_is_member = fields.Boolean(
        "I Am a Member",
        compute="_compute_user_is_member",
        search="_search_user_is_member",
    )
    user_runs = fields.Boolean(
        "I Run It",
        compute="_compute_user_runs",
        search="_search_user_runs",
        help="As chair, vice chair, secretary, or by delegation.",
    )
    user_keeps = fields.Boolean(
        "I Keep It",
        compute="_compute_user_keeps",
        search="_search_user_keeps",
        help="Its programmes, reports and dossiers: the reform office those of all.",
    )
    user_approves = fields.Boolean(
        "I Approve Its Minutes",
        compute="_compute_user_approves",
        search="_search_user_approves",
    )

    @api.depends("membership_ids.is_current", "delegation_ids.is_current")
    def _compute_officers(self):
        for body in self:
            seats = body.membership_ids.filtered("is_current")
            by_role = seats.grouped("role")
            # two chairs stand there until the save that refuses the second one
            body.chair_id = by_role.get("chair", seats.browse())[:1].partner_id
            body.secretary_id = by_role.get("secretary", seats.browse())[:1].partner_id
            body.member_count = len(seats)
            body.voting_count = len(seats.filtered("is_voting"))
            body.delegation_id = body.delegation_ids.filtered(
                lambda delegation: delegation.is_current and delegation.scope != "sign"
            )[:1]

    @api.depends("chair_id", "secretary_id")
    @api.depends_context("lang")
    def _compute_idle(self):
        """Name the officers who cannot act: no log-in of theirs has the role."""
        for body in self:
            idle = [
                person.name
                for person, role in (
                    (body.chair_id, "chair"),
                    (body.secretary_id, "secretary"),
                )
                if person and not self._plays(person, role)
            ]
            body.idle_officers = listed(self.env, idle)

    @api.model
    def _plays(self, person, role):
        # sudo: that somebody has a log-in is asked of users one may not see
        return any(
            user.has_group(f"admin_reform_committees.group_{role}")
            for user in person.sudo().user_ids
        )

    def _compute_counts(self):
        here = Domain("committee_id", "in", self.ids)
        counts = {}
        for name, condition in (
            ("reform.meeting", Domain("state", "!=", "cancelled")),
            ("reform.resolution", Domain("state", "in", OPEN_STATES)),
        ):
            groups = self.env[name]._read_group(
                here & condition, ["committee_id"], ["__count"]
            )
            counts[name] = dict(groups)
        for body in self:
            body.meeting_count = counts["reform.meeting"].get(body, 0)
            body.open_resolution_count = counts["reform.resolution"].get(body, 0)

    @api.depends("membership_ids.is_current", "delegation_ids.is_current")
    @api.depends_context("uid")
    def _compute_user_is_member(self):
        self._compute_user_role("user_is_member")

    @api.depends("membership_ids.is_current", "delegation_ids.is_current")
    @api.depends_context("uid")
    def _compute_user_runs(self):
        self._compute_user_role("user_runs")

    @api.depends("membership_ids.is_current", "delegation_ids.is_current")
    @api.depends_context("uid")
    def _compute_user_keeps(self):
        self._compute_user_role("user_keeps")

    @api.depends(
        "membership_ids.is_current", "delegation_ids.is_current", "approver_id"
    )
    @api.depends_context("uid")
    def _compute_user_approves(self):
        self._compute_user_role("user_approves")

    def _compute_user_role(self, name):
        domain = getattr(self, f"_search_{name}")("in", [True])
        # sudo: rules ask these fields, so no rule may be asked to answer
        bodies_sudo = self.sudo().with_context(active_test=False)
        mine = bodies_sudo.search(Domain("id", "in", self.ids) & domain)
        for body in self:
            body[name] = body._origin.id in mine._ids

    def _search_user_is_member(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._has_seat(Domain.TRUE) | self._has_delegation(Domain.TRUE)

    def _search_user_runs(self, operator, value):
        if operator != "in":
            return NotImplemented
        presiding = Domain("scope", "!=", "sign")
        running = Domain("role", "in", RUNNING_ROLES)
        return self._has_seat(running) | self._has_delegation(presiding)

    def _search_user_keeps(self, operator, value):
        if self.env.user.has_group("admin_reform_committees.group_reform_office"):
            return Domain.TRUE if operator == "in" else NotImplemented
        return self._search_user_runs(operator, value)

    def _search_user_approves(self, operator, value):
        if operator != "in":
            return NotImplemented
        presides = self._has_seat(Domain("role", "=", "chair"))
        signs = self._has_delegation(Domain("scope", "!=", "preside"))
        return Domain("approver_id", "=", self.env.uid) | (
            Domain("approver_id", "=", False) & (presides | signs)
        )

    def action_new_meeting(self):
        """Open the minutes of a new meeting, prepared, tomorrow at nine."""
        self.ensure_one()
        zone = pytz.timezone(self.company_id.agency_tz)
        tomorrow = self.env["reform.term.mixin"]._today() + timedelta(days=1)
        start = zone.localize(datetime.combine(tomorrow, time(9)))
        meeting = self.env["reform.meeting"].create(
            {
                "committee_id": self.id,
                "start_at": start.astimezone(pytz.utc).replace(tzinfo=None),
            }
        )
        return meeting.action_minutes()

    @api.model
    def _has_seat(self, condition):
        return self._has_office("membership_ids", condition)

    @api.model
    def _has_delegation(self, condition):
        return self._has_office("delegation_ids", condition)

    @api.model
    def _has_office(self, offices, condition):
        """Return the domain of the bodies where the user holds such an office today."""
        office = self.env[self._fields[offices].comodel_name]
        mine = Domain("partner_id", "=", self.env.user.partner_id.id)
        return Domain(
            offices, "any!", mine & condition & office._in_office(office._today())
        )

    def _seats_on(self, day):
        """Return the memberships that hold on ``day``, in order of role."""
        return self.env["reform.membership"].search(
            Domain("committee_id", "in", self.ids)
            & self.env["reform.membership"]._in_office(day)
        )

    def _delegation_on(self, day):
        """Return the delegation by which somebody presides on ``day``, if any."""
        return self.env["reform.delegation"].search(
            Domain("committee_id", "=", self.id)
            & Domain("scope", "!=", "sign")
            & self.env["reform.delegation"]._in_office(day),
            limit=1,
        )
