from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Who speaks for whom, where and when.
SPAN = ("team_id", "body_id", "user_id", "date_from", "date_to")


class AuditTeamMember(models.Model):
    """Who speaks for which body in a team, from when to when.

    A substitution ends one membership and begins another, so that it stays on record.
    """

    _name = "audit.team.member"
    _description = "Inspector of a Team"
    _inherit = ["agency.derived.mixin"]
    _order = "team_id, body_id, date_from, id"
    _check_company_auto = True

    team_id = fields.Many2one(
        "audit.team", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="team_id.company_id", store=True, index=True)
    programme_id = fields.Many2one(related="team_id.programme_id", store=True)
    user_id = fields.Many2one(
        "res.users", "Inspector", required=True, index=True, ondelete="restrict"
    )
    body_id = fields.Many2one("audit.body", required=True, ondelete="restrict")
    is_lead = fields.Boolean(
        "Lead", help="Settles conflicting answers and submits the visits."
    )
    date_from = fields.Date("From", help="Empty: from the beginning.")
    date_to = fields.Date("To", help="Empty: to the end.")
    reason = fields.Char("Why Replaced")

    _ends_after_begin = models.Constraint(
        "CHECK (date_to >= date_from)", "A membership cannot end before it begins."
    )
    # One inspector of each body at a time; without dates the range has no bounds.
    _body_once = models.Constraint(
        "EXCLUDE USING gist (int4range(team_id, team_id, '[]') WITH &&,"
        " int4range(body_id, body_id, '[]') WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "A team has exactly one inspector of each body at a time. End the other "
        "membership first.",
    )

    @api.depends("user_id.name", "body_id.name")
    def _compute_display_name(self):
        for member in self:
            body = member.body_id.name
            names = filter(None, [member.user_id.name, body and f"({body})"])
            member.display_name = " ".join(names)

    @api.constrains("team_id", "user_id", "body_id", "date_from", "date_to")
    def _check_one_of_each_body(self):
        for member in self:
            if member.body_id not in member.programme_id.body_ids:
                raise ValidationError(
                    self.env._(
                        "%(body)s takes no part in %(programme)s.",
                        body=member.body_id.name,
                        programme=member.programme_id.name,
                    )
                )
            others = member.team_id.member_ids - member
            for other in others.filtered(member._overlaps):
                if other.user_id == member.user_id:
                    raise ValidationError(
                        self.env._(
                            "%(person)s cannot speak for two bodies in one team.",
                            person=member.user_id.name,
                        )
                    )

    @api.constrains("is_lead", "user_id")
    def _check_lead(self):
        for member in self.filtered("is_lead"):
            if not member.user_id.has_group("audit_checklist.group_lead"):
                raise ValidationError(
                    self.env._(
                        "%(person)s does not have the role “Team Lead”.",
                        person=member.user_id.name,
                    )
                )

    @api.constrains("user_id")
    def _check_inspector(self):
        for member in self:
            if not member.user_id.has_group("audit_checklist.group_inspector"):
                raise ValidationError(
                    self.env._(
                        "%(person)s does not have the role “Inspector”.",
                        person=member.user_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # The constraint looks at the database: endings must have reached it.
        self.flush_model(["date_from", "date_to"])
        self._check_one_of_a_body([dict.fromkeys(SPAN) | vals for vals in vals_list])
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() & {*SPAN}:
            self._check_one_of_a_body([m._span() | vals for m in self], self)
        return super().write(vals)

    @api.model
    def _check_one_of_a_body(self, rows, leaving=()):
        """Say who is there already, before the database says no in fewer words.

        ``rows`` are values of members to be; those of ``leaving`` count no more.
        """
        teams = self.env["audit.team"].browse({row["team_id"] for row in rows})
        known = [
            member._span()
            for member in teams.exists().member_ids
            if member not in leaving
        ]
        for row in rows:
            for other in known:
                if all(
                    row[name] == other[name] for name in ("team_id", "body_id")
                ) and _share_a_day(row, other):
                    raise ValidationError(
                        self.env._(
                            "%(team)s already has an inspector of %(body)s: "
                            "%(person)s. A joint team has exactly one of each body.",
                            team=self.env["audit.team"].browse(row["team_id"]).name,
                            body=self.env["audit.body"].browse(row["body_id"]).name,
                            person=self.env["res.users"].browse(other["user_id"]).name,
                        )
                    )
            known.append(row)

    def _span(self):
        """Return the values of ``SPAN`` as a caller would write them."""
        self.ensure_one()
        return {
            "team_id": self.team_id.id,
            "body_id": self.body_id.id,
            "user_id": self.user_id.id,
            "date_from": self.date_from,
            "date_to": self.date_to,
        }

    def _is_valid_on(self, date):
        self.ensure_one()
        return not (
            (self.date_from and self.date_from > date)
            or (self.date_to and self.date_to < date)
        )

    def _overlaps(self, other):
        """Tell whether both are members on some day."""
        self.ensure_one()
        return _share_a_day(self, other)


def _share_a_day(one, other):
    """Tell whether two spans have a day in common; without an end they go on."""
    to_date = fields.Date.to_date
    first, last = to_date(one["date_from"]), to_date(one["date_to"])
    other_first, other_last = to_date(other["date_from"]), to_date(other["date_to"])
    return not (
        (last and other_first and last < other_first)
        or (other_last and first and other_last < first)
    )
