from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class AuditRecusal(models.Model):
    """An inspector who must not judge a unit, nor any unit below it.

    Declared by himself or entered by an officer. It binds from that moment: the unit
    and its visits are hidden from him and no visit can be planned for him there.
    """

    _name = "audit.recusal"
    _description = "Recusal"
    _inherit = ["agency.derived.mixin"]
    _order = "id desc"
    _check_company_auto = True

    user_id = fields.Many2one(
        "res.users",
        "Inspector",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    unit_id = fields.Many2one(
        "audit.unit", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("own_agency", "Own agency"),
            ("interest", "Declared interest"),
            ("family", "Kinship"),
            ("other", "Other"),
        ],
        required=True,
        default="own_agency",
    )
    reason = fields.Char(required=True)
    date_from = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self)
    )
    date_to = fields.Date(help="Empty: for good.")

    _ends_after_begin = models.Constraint(
        "CHECK (date_to >= date_from)", "A recusal cannot end before it begins."
    )

    @api.depends("user_id.name", "unit_id.name")
    def _compute_display_name(self):
        for recusal in self:
            names = filter(None, [recusal.user_id.name, recusal.unit_id.name])
            recusal.display_name = " · ".join(names)

    @api.model_create_multi
    def create(self, vals_list):
        recusals = super().create(vals_list)
        recusals._check_whose()
        recusals._check_no_visit_ahead()
        return recusals

    def write(self, vals):
        self._check_whose()
        result = super().write(vals)
        self._check_whose()
        self._check_no_visit_ahead()
        return result

    def _check_whose(self):
        """Raise AccessError for those who declare for somebody else."""
        if self.env.su or self.env.user.has_group(
            "audit_checklist.group_programme_officer"
        ):
            return
        if self.user_id - self.env.user:
            raise AccessError(
                self.env._("You declare for yourself; an officer enters others.")
            )

    def _check_no_visit_ahead(self):
        """Raise UserError where the person already has a visit planned there."""
        for recusal in self:
            # sudo: the inspector himself no longer sees the visit
            visit = (
                self.env["audit.visit"]
                .sudo()
                .search(
                    [
                        ("member_ids.user_id", "=", recusal.user_id.id),
                        ("unit_id", "child_of", recusal.unit_id.id),
                        ("state", "in", ("planned", "in_progress", "returned")),
                    ],
                    limit=1,
                )
            )
            if visit and recusal._is_valid_on(visit.planned_on):
                visit._withdraw_recused(recusal)

    def _is_valid_on(self, date):
        self.ensure_one()
        if not date:
            return False
        return self.date_from <= date and (not self.date_to or date <= self.date_to)

    @api.model
    def _valid_domain(self, date):
        """Return the domain of what binds on a day."""
        return Domain("date_from", "<=", date) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", date)
        )

    @api.model
    def _find(self, users, unit, date):
        """Return the recusals that keep ``users`` from ``unit`` on ``date``."""
        above = [int(part) for part in (unit.parent_path or "").split("/") if part]
        # sudo: a recusal binds whether or not the planner may read it
        return self.sudo().search(
            self._valid_domain(date)
            & Domain("user_id", "in", users.ids)
            & Domain("unit_id", "in", above or unit.ids)
        )

    def unlink(self):
        if not self.env.user.has_group("audit_checklist.group_programme_officer"):
            raise UserError(  # pylint: disable=no-raise-unlink
                self.env._("A recusal is ended by an officer, not deleted.")
            )
        return super().unlink()
