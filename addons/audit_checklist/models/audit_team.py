from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.agency_base.tools import listed, localize_digits


class AuditTeam(models.Model):
    """A joint team: exactly one inspector of each body of the programme."""

    _name = "audit.team"
    _description = "Joint Team"
    _inherit = ["agency.derived.mixin"]
    _order = "programme_id, number, id"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    number = fields.Integer(required=True, aggregator=None)
    programme_id = fields.Many2one(
        "audit.programme",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="programme_id.company_id", store=True, index=True
    )
    active = fields.Boolean(default=True)
    color = fields.Integer()
    zone_ids = fields.Many2many(
        "audit.zone", string="Zones", help="Where the team prefers to work."
    )
    member_ids = fields.One2many("audit.team.member", "team_id", "Inspectors")
    visit_ids = fields.One2many("audit.visit", "team_id", "Visits")
    note = fields.Char()

    _number_uniq = models.UniqueIndex(
        "(programme_id, number)", "Another team of this programme has this number."
    )

    @api.depends("number")
    def _compute_name(self):
        for team in self:
            if not team.name:
                team.name = self.env._(
                    "Team %(number)s",
                    number=localize_digits(team.number, self.env.lang),
                )

    @api.depends("name", "member_ids.user_id.name", "member_ids.date_to")
    def _compute_display_name(self):
        today = fields.Date.context_today(self)
        for team in self:
            names = team._members_on(today).user_id.mapped("name")
            team.display_name = " · ".join(
                filter(None, [team.name, listed(names, self.env.lang)])
            )

    @api.constrains("member_ids", "programme_id")
    def _check_bodies(self):
        self.member_ids._check_one_of_each_body()

    def unlink(self):
        if self.visit_ids:
            raise UserError(  # pylint: disable=no-raise-unlink
                self.env._("A team that has visits is archived, not deleted.")
            )
        self.member_ids.unlink()
        return super().unlink()

    def _members_on(self, date):
        """Return who belongs to the team on a day."""
        return self.member_ids.filtered(lambda member: member._is_valid_on(date))

    def _check_complete_on(self, date):
        """Raise ValidationError unless the team has one inspector of each body."""
        for team in self:
            members = team._members_on(date)
            for body in team.programme_id.body_ids:
                count = len(members.filtered(lambda m, body=body: m.body_id == body))
                if count != 1:
                    raise ValidationError(
                        self.env._(
                            "%(team)s needs exactly one inspector of %(body)s on that "
                            "day; it has %(count)s.",
                            team=team.name,
                            body=body.name,
                            count=localize_digits(count, self.env.lang),
                        )
                    )
            if len(members.filtered("is_lead")) != 1:
                raise ValidationError(
                    self.env._(
                        "%(team)s needs exactly one lead on that day.", team=team.name
                    )
                )
