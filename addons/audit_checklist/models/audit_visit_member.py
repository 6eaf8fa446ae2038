from odoo import api, fields, models


class AuditVisitMember(models.Model):
    """An inspector of one visit, as the team was when it was planned.

    Kept apart from the team, so that a later change of the team neither opens old
    visits to newcomers nor hides them from those who made them.
    """

    _name = "audit.visit.member"
    _description = "Inspector of a Visit"
    _order = "visit_id, is_lead desc, id"
    _check_company_auto = True

    visit_id = fields.Many2one(
        "audit.visit", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="visit_id.phase_id.company_id", store=True, index=True
    )
    user_id = fields.Many2one(
        "res.users", "Inspector", required=True, index=True, ondelete="restrict"
    )
    body_id = fields.Many2one("audit.body", required=True, ondelete="restrict")
    is_lead = fields.Boolean("Lead")
    starts_at = fields.Datetime()
    stops_at = fields.Datetime()
    is_busy = fields.Boolean(help="While it is so, he can be nowhere else.")
    confirmed_at = fields.Datetime(
        "Signed", help="When he sent the visit, or confirmed what his colleague sent."
    )

    _user_once = models.Constraint(
        "UNIQUE (visit_id, user_id)", "An inspector stands once in a visit."
    )
    _body_once = models.Constraint(
        "UNIQUE (visit_id, body_id)", "A visit has exactly one inspector of each body."
    )
    _one_place_at_a_time = models.Constraint(
        "EXCLUDE USING gist (int4range(user_id, user_id, '[]') WITH &&,"
        " tsrange(starts_at, stops_at) WITH &&) WHERE (is_busy)",
        "An inspector of this team has another visit at that time.",
    )

    @api.depends("user_id.name", "body_id.name")
    def _compute_display_name(self):
        for member in self:
            body = member.body_id.name
            names = filter(None, [member.user_id.name, body and f"({body})"])
            member.display_name = " ".join(names)
