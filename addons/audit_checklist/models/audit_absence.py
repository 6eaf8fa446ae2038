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
        absences._tell_of_visits()
        return absences

    def write(self, vals):
        self._check_whose()
        result = super().write(vals)
        self._check_whose()
        self._tell_of_visits()
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

    def _covers(self, day):
        """Tell whether one of the absences lies on a day."""
        return any(absence.date_from <= day <= absence.date_to for absence in self)

    def _tell_of_visits(self):
        """Tell the officers of visits that somebody was to make who is not there."""
        for absence in self:
            # sudo: whoever reports an absence need not be able to write on the visit
            visits_sudo = (
                self.env["audit.visit"]
                .sudo()
                .search(
                    [
                        ("member_ids.user_id", "=", absence.user_id.id),
                        ("state", "=", "planned"),
                        ("planned_on", ">=", absence.date_from),
                        ("planned_on", "<=", absence.date_to),
                    ]
                )
            )
            for visit_sudo in visits_sudo:
                visit_sudo.message_post(
                    body=self.env._(
                        "%(person)s is absent on that day: another must go, or another "
                        "day be found.",
                        person=absence.user_id.name,
                    ),
                    partner_ids=visit_sudo.programme_id.user_id.partner_id.ids,
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
