from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .. import clock
from .service_desk_referral import OPEN_REFERRALS
from .service_desk_request import OPEN_STATES


class ServiceDeskAbsence(models.Model):
    """Days on which a liaison or an expert is away, and who stands in for him.

    What is open goes over to the stand-in on the first day; what comes meanwhile is
    sent to him at once.
    """

    _name = "service.desk.absence"
    _description = "Absence"
    _order = "date_from desc, id desc"

    user_id = fields.Many2one(
        "res.users",
        "Who Is Away",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("share", "=", False)],
        default=lambda self: self.env.user,
    )
    stand_in_id = fields.Many2one(
        "res.users",
        "Stand-in",
        required=True,
        ondelete="restrict",
        domain=[("share", "=", False)],
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date_from = fields.Date("First Day", required=True)
    date_to = fields.Date("Last Day", required=True)
    note = fields.Char()
    handed_over_at = fields.Datetime(readonly=True, copy=False)

    _ends_after_start = models.Constraint(
        "CHECK (date_to >= date_from)", "The last day comes after the first."
    )
    _stands_in_for_another = models.Constraint(
        "CHECK (stand_in_id != user_id)", "Nobody stands in for himself."
    )

    @api.depends("user_id", "date_from")
    def _compute_display_name(self):
        for absence in self:
            absence.display_name = absence.user_id.name

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop("handed_over_at", None)
        absences = super().create(vals_list)
        absences._check_whose()
        absences._hand_over_now()
        return absences

    def write(self, vals):
        if "handed_over_at" in vals:
            raise AccessError(
                self.env._("When work was handed over is recorded, not entered.")
            )
        if vals.keys() & {"user_id", "date_from"} and self.filtered("handed_over_at"):
            raise UserError(
                self.env._("The work is handed over already; end the absence instead.")
            )
        result = super().write(vals)
        self._check_whose()
        self._hand_over_now()
        return result

    def _check_whose(self):
        if self.env.su or self.env.user.has_group("service_desk.group_supervisor"):
            return
        if self.filtered(lambda absence: absence.user_id != self.env.user):
            raise AccessError(self.env._("Only supervisors name stand-ins for others."))

    # === Standing in ===

    @api.model
    def _today(self):
        return fields.Date.context_today(
            self.with_context(tz=self.env.company.agency_tz), clock.now()
        )

    @api.model
    def _now_domain(self):
        today = self._today()
        return [("date_from", "<=", today), ("date_to", ">=", today)]

    @api.model
    def _stand_ins(self, users):
        """Return ``{absent user: stand-in}`` of today for those of ``users`` away."""
        # sudo: whether a colleague is away, not why
        absences_sudo = self.sudo().search(
            [("user_id", "in", users.ids), *self._now_domain()]
        )
        return {
            absence.user_id.with_env(self.env): absence.stand_in_id.with_env(self.env)
            for absence in absences_sudo
        }

    def _hand_over_now(self):
        today = self._today()
        begun = self.filtered(
            lambda absence: (
                not absence.handed_over_at
                and absence.date_from <= today <= absence.date_to
            )
        )
        for absence in begun:
            absence._hand_over()

    def _hand_over(self):
        """Give the open referrals and requests of the absent one to the stand-in."""
        self.ensure_one()
        # sudo: work goes over whichever desk or unit it belongs to
        self_sudo = self.sudo()
        away, stand_in = self_sudo.user_id, self_sudo.stand_in_id
        referrals_sudo = self_sudo.env["service.desk.referral"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("user_id", "=", away.id),
                ("state", "in", OPEN_REFERRALS),
            ]
        )
        referrals_sudo._give_to(stand_in)
        requests_sudo = self_sudo.env["service.desk.request"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("user_id", "=", away.id),
                ("state", "in", OPEN_STATES),
                ("desk_id.user_ids", "in", stand_in.ids),
            ]
        )
        requests_sudo.write({"user_id": stand_in.id})
        self_sudo._set_handed_over()

    # pylint: disable=super-method-mismatch
    def _set_handed_over(self):
        return super().write({"handed_over_at": clock.now()})

    @api.model
    def _cron_hand_over(self):
        """Hand over the work of those whose absence begins today."""
        begun = self.search([("handed_over_at", "=", False), *self._now_domain()])
        for absence in begun:
            absence._hand_over()
            self.env["ir.cron"]._commit_progress(1)
