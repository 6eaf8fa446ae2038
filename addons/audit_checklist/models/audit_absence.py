from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class AuditAbsence(models.Model):
    """Days on which an inspector is not there; no visit is planned for him."""

    _name = "audit.absence"
    _description = "Absence of an Inspector"
    _order = "date_from desc, id desc"

    user_id = fields.Many2one(
        "res.users",
        "Inspector",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)
    reason = fields.Char()

    _ends_after_begin = models.Constraint(
        "CHECK (date_to >= date_from)", "An absence cannot end before it begins."
    )

    @api.depends("user_id.name")
    def _compute_display_name(self):
        for absence in self:
            absence.display_name = absence.user_id.name

    @api.model_create_multi
    def create(self, vals_list):
        absences = super().create(vals_list)
        absences._check_whose()
        return absences

    def write(self, vals):
        self._check_whose()
        result = super().write(vals)
        self._check_whose()
        return result

    def unlink(self):
        self._check_whose()
        return super().unlink()

    def _check_whose(self):
        if self.env.su or self.env.user.has_group(
            "audit_checklist.group_programme_officer"
        ):
            return
        if self.user_id - self.env.user:
            raise AccessError(
                self.env._("You report your own absence; an officer enters others.")
            )

    @api.model
    def _find(self, users, date_from, date_to):
        """Return the absences of ``users`` that touch these days."""
        # sudo: why somebody is absent is not asked, only that he is
        return self.sudo().search(
            Domain("user_id", "in", users.ids)
            & Domain("date_from", "<=", date_to)
            & Domain("date_to", ">=", date_from)
        )
