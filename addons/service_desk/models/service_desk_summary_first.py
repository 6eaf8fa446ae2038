from odoo import api, models
from odoo.fields import Domain

from .. import texts

FRIDAY = "4"


class ServiceDeskSummary(models.Model):
    """What is to be set up before a new agency can serve its first client."""

    _inherit = "service.desk.summary"

    @api.model
    def board_load(self, desk_id=False, fresh=False):
        board = super().board_load(desk_id, fresh)
        return board | {"first_steps": self._first_steps(self.env.company)}

    @api.model
    def _first_steps(self, company):
        """Return the steps of an administrator until something was registered."""
        requests = self.env["service.desk.request"]
        if not self.env.user.has_group(
            "service_desk.group_administrator"
        ) or requests.search_count([("company_id", "=", company.id)], limit=1):
            return []
        steps = [
            self._first_hours(company),
            self._first_people(company),
            self._first_units(company),
            self._first_desk(company),
            self._first_service(company),
            {
                "title": self.env._("The first client"),
                "note": self.env._(
                    "With these in place an expert registers him at the counter."
                ),
                "done": False,
                "action": "service_desk.service_desk_counter_action",
            },
        ]
        return [
            step | {"number": self._digits(number)}
            for number, step in enumerate(steps, 1)
        ]

    def _first_hours(self, company):
        calendar = company.resource_calendar_id
        return self._first_step(
            self.env._("Working week and holidays"),
            self.env._(
                "By the working hours of the agency Friday is a working day. Under "
                "Settings, Employees, choose an administrative week as the company's "
                "working hours; the official holidays are in it."
            ),
            FRIDAY not in calendar.attendance_ids.mapped("dayofweek"),
            "hr.hr_config_settings_action",
            self.env.user.has_group("base.group_system"),
        )

    def _first_people(self, company):
        clerks = self._first_users("group_clerk", company) - self.env.user
        liaisons = self._first_users("group_unit_liaison", company) - self.env.user
        return self._first_step(
            self.env._("People and their roles"),
            self.env._(
                "Make a user for each expert and each liaison, and give him the role "
                "“Clerk” or “Unit Liaison” under Service Desk."
            ),
            clerks and liaisons,
            "base.action_res_users",
            self.env.user.has_group("base.group_erp_manager"),
        )

    def _first_units(self, company):
        units = self.env["hr.department"]
        of_company = Domain("company_id", "in", (False, company.id))
        liaisons = units.search(
            of_company & Domain("desk_liaison_ids", "!=", False)
        ).desk_liaison_ids
        idle = liaisons - self._first_users("group_unit_liaison", company)
        note = self.env._(
            "Name who receives the files of a unit, its telephone and its calendar."
        )
        if idle:
            note = self.env._(
                "Without the role “Unit Liaison” nothing can be answered by: %s.",
                texts.join(self.env, idle.mapped("name")),
            )
        return self._first_step(
            self.env._("Units and Liaisons"),
            note,
            liaisons and not idle,
            "service_desk.hr_department_desk_action",
            units.has_access("write"),
        )

    def _first_desk(self, company):
        desks = self.env["service.desk"].search([("company_id", "=", company.id)])
        clerks = self._first_users("group_clerk", company)
        return self._first_step(
            self.env._("A desk"),
            self.env._(
                "It needs opening hours, a counter and an expert with the role “Clerk”."
            ),
            any(desk.counter_ids and desk.user_ids & clerks for desk in desks),
            "service_desk.service_desk_action",
        )

    def _first_service(self, company):
        services = self.env["service.desk.service"]
        domain = [("company_id", "=", company.id), ("state", "=", "published")]
        return self._first_step(
            self.env._("A service"),
            self.env._(
                "Write its sheet, with documents and channels, and publish it: what "
                "is not published nobody can ask for."
            ),
            services.search_count(domain, limit=1),
            "service_desk.service_desk_service_action",
        )

    def _first_step(self, title, note, done, action, may=True):
        if done:
            note = ""
        elif not may:
            note = self.env._("%s An administrator of the system does this.", note)
        return {
            "title": title,
            "note": note,
            "done": bool(done),
            "action": action if may else False,
        }

    def _first_users(self, group, company):
        """Return the users of the agency who have a role, or one above it."""
        role = self.env.ref(f"service_desk.{group}")
        return self.env["res.users"].search(
            [
                ("all_group_ids", "in", role.ids),
                ("company_ids", "in", company.ids),
                ("share", "=", False),
            ]
        )
