from odoo import api, fields, models


class ServiceDesk(models.Model):
    """A place where clients are served through one window.

    A ``central`` desk stands before the units of a large office; a ``whole_office``
    is so small that the office itself is the desk; the ``electronic`` desk takes
    requests that come without a visit.
    """

    _name = "service.desk"
    _description = "Service Desk"
    _inherit = ["agency.known.mixin", "mail.thread"]
    _order = "sequence, id"
    _known_fields = ("name", "phone", "company_id", "calendar_id")
    # Record rules hold the desks of each user as well.
    _forgetting_fields = ("active", "sequence", "user_ids")
    _check_company_auto = True

    # === Identity ===
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("central", "Central Desk"),
            ("whole_office", "Whole Office"),
            ("electronic", "Electronic Desk"),
        ],
        required=True,
        default="central",
    )
    department_id = fields.Many2one(
        "hr.department",
        "Own Unit",
        check_company=True,
        help="Unit the desk belongs to; a file cannot be referred back to it.",
    )

    # === Place and time ===
    address = fields.Char(translate=True)
    phone = fields.Char()
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Opening Hours",
        check_company=True,
        help="Hours the desk is open; empty: the company's working hours.",
    )

    # === People and services ===
    user_ids = fields.Many2many(
        "res.users",
        "service_desk_res_users_rel",
        "desk_id",
        "user_id",
        string="Experts",
        domain=[("share", "=", False)],
    )
    representative_id = fields.Many2one("res.users", help="Answers for the desk.")
    decree_number = fields.Char(help="Letter that appointed the representative.")
    decree_date = fields.Date()
    counter_ids = fields.One2many("service.desk.counter", "desk_id")
    service_ids = fields.Many2many(
        "service.desk.service",
        string="Services",
        check_company=True,
        help="Services offered here; empty: every published service.",
    )

    @api.constrains("calendar_id")
    def _check_calendar_id(self):
        self.calendar_id._desk_check_hours()

    def _get_calendar(self):
        """Return the calendar the desk is open by."""
        self.ensure_one()
        return self.calendar_id or self.company_id.resource_calendar_id

    def _services_elsewhere(self):
        """Return what clients ask for here that another desk or nobody serves."""
        self.ensure_one()
        services = self.env["service.desk.service"].search(
            [("company_id", "=", self.company_id.id), ("state", "!=", "draft")]
        )
        return services - self._offered_services()

    def _offered_services(self):
        """Return the published services of this desk, in catalogue order."""
        self.ensure_one()
        return self.env["service.desk.service"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("published", "suspended")),
                ("desk_offer", "!=", "none"),
                *([("id", "in", self.service_ids.ids)] if self.service_ids else []),
            ]
        )
