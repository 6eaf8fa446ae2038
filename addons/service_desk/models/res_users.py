from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    service_desk_ids = fields.Many2many(
        "service.desk",
        "service_desk_res_users_rel",
        "user_id",
        "desk_id",
        string="Service Desks",
        # What a closed desk has begun is still carried through by its clerks.
        context={"active_test": False},
    )
    desk_unit_ids = fields.Many2many(
        "hr.department",
        "hr_department_desk_liaison_rel",
        "user_id",
        "department_id",
        string="Liaison of Units",
    )

    def write(self, vals):
        result = super().write(vals)
        if {"service_desk_ids", "desk_unit_ids"} & vals.keys():
            # Record rules hold the desks and units of each user.
            self.env.registry.clear_cache()
        return result
