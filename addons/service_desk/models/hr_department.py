from odoo import api, fields, models


class HrDepartment(models.Model):
    """A unit behind the desk."""

    _name = "hr.department"
    _inherit = ["agency.known.mixin", "hr.department"]
    _known_fields = ("name", "company_id", "desk_phone", "desk_calendar_id")
    # Record rules hold the units of each liaison as well.
    _forgetting_fields = ("active", "desk_liaison_ids")

    desk_liaison_ids = fields.Many2many(
        "res.users",
        "hr_department_desk_liaison_rel",
        "department_id",
        "user_id",
        string="Liaisons",
        help="Receive what the desk refers to the unit.",
    )
    desk_phone = fields.Char("Public Phone", help="Shown to clients of the unit.")
    desk_calendar_id = fields.Many2one(
        "resource.calendar",
        "Unit Calendar",
        check_company=True,
        help="Clock of referrals to the unit; empty: the company's working hours.",
    )

    @api.constrains("desk_calendar_id")
    def _check_desk_calendar_id(self):
        self.desk_calendar_id._desk_check_hours()

    def _desk_liaisons(self):
        """Return the liaisons of the unit, else of the unit above it."""
        self.ensure_one()
        # sudo: who receives the file is no secret, whoever refers it
        unit_sudo = self.sudo()
        while unit_sudo and not unit_sudo.desk_liaison_ids:
            unit_sudo = unit_sudo.parent_id
        return unit_sudo.desk_liaison_ids.with_env(self.env)

    def _desk_calendar(self):
        """Return the calendar that measures the unit's work."""
        self.ensure_one()
        company = self.company_id or self.env.company
        return self.desk_calendar_id or company.resource_calendar_id
