from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError


class ServiceDeskExpert(models.Model):
    """An expert of a desk: what he is trained for and who stands in for him."""

    _name = "service.desk.expert"
    _description = "Expert of a Desk"
    _inherit = ["agency.derived.mixin"]
    _order = "desk_id, sequence, id"
    _rec_name = "user_id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    desk_id = fields.Many2one(
        "service.desk", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="desk_id.company_id", store=True)
    user_id = fields.Many2one(
        "res.users",
        "Expert",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("share", "=", False)],
    )
    service_ids = fields.Many2many(
        "service.desk.service",
        string="Trained For",
        check_company=True,
        help="Services he may register; empty: every service of the desk.",
    )
    trained_on = fields.Date("Last Training")
    stand_in_id = fields.Many2one(
        "res.users",
        "Stand-in",
        ondelete="restrict",
        domain=[("share", "=", False)],
        help="Suggested when he enters an absence.",
    )

    _expert_once = models.UniqueIndex(
        "(desk_id, user_id)", "This expert is on the list already."
    )
    _stands_in_for_another = models.Constraint(
        "CHECK (stand_in_id IS NULL OR stand_in_id != user_id)",
        "Nobody stands in for himself.",
    )

    @api.constrains("stand_in_id", "desk_id")
    def _check_stand_in(self):
        for expert in self.filtered("stand_in_id"):
            if expert.stand_in_id not in expert.desk_id.user_ids:
                raise ValidationError(
                    self.env._(
                        "%s is no expert of this desk and cannot stand in there.",
                        expert.stand_in_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # Whoever is listed serves at the desk, before stand-ins are checked.
        for vals in vals_list:
            desk = self.env["service.desk"].browse(vals.get("desk_id"))
            if (
                desk
                and vals.get("user_id")
                and vals["user_id"] not in desk.user_ids.ids
            ):
                desk.user_ids = [Command.link(vals["user_id"])]
        return super().create(vals_list)


class ServiceDesk(models.Model):
    _inherit = "service.desk"

    expert_ids = fields.One2many(
        "service.desk.expert", "desk_id", "Training and Stand-ins"
    )

    def write(self, vals):
        result = super().write(vals)
        if "user_ids" in vals:
            # Who left the desk is no expert of it any more.
            self.expert_ids.filtered(
                lambda expert: expert.user_id not in expert.desk_id.user_ids
            ).unlink()
        return result

    def _untrained(self, user, services):
        """Return those of ``services`` that ``user`` was not trained for here."""
        self.ensure_one()
        expert = self.expert_ids.filtered(lambda expert: expert.user_id == user)
        return services - expert.service_ids if expert.service_ids else services[:0]


class ServiceDeskAbsence(models.Model):
    _inherit = "service.desk.absence"

    stand_in_id = fields.Many2one(
        compute="_compute_stand_in_id", store=True, readonly=False
    )

    @api.depends("user_id")
    def _compute_stand_in_id(self):
        """Suggest the stand-in that the desk has named."""
        experts = self.env["service.desk.expert"].search(
            [("user_id", "in", self.user_id.ids), ("stand_in_id", "!=", False)]
        )
        by_user = {expert.user_id: expert.stand_in_id for expert in reversed(experts)}
        for absence in self:
            known = by_user.get(absence.user_id, absence.stand_in_id)
            absence.stand_in_id = absence.stand_in_id or known
