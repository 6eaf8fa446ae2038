from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.agency_base.tools import search_key

STATES = [
    ("draft", "Draft"),
    ("published", "Published"),
    ("suspended", "Suspended"),
    ("retired", "Retired"),
]
MODES = [
    ("information", "Information"),
    ("intake", "Intake of Request and Documents"),
    ("on_the_spot", "On the Spot"),
]
UNITS = [("days", "Working Days"), ("hours", "Working Hours")]


class ServiceDeskService(models.Model):
    """The identity sheet of a public service, in the terms of CPSV-AP.

    What clients and clerks see is the last published version, not this record: an
    administrator edits in peace and publishes the changes as the next version.
    """

    _name = "service.desk.service"
    _description = "Public Service"
    _inherit = [
        "agency.derived.mixin",
        "agency.state.mixin",
        "mail.thread",
        "service.desk.replay.mixin",
    ]
    _order = "sequence, code, id"
    _check_company_auto = True
    _parent_store = True

    # === Identity ===
    name = fields.Char("Title", required=True, translate=True, tracking=True)
    code = fields.Char(
        "Service Code",
        required=True,
        copy=False,
        help="Official identifier of the service (national catalogue).",
    )
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    parent_id = fields.Many2one(
        "service.desk.service",
        "Parent Service",
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("service.desk.service", "parent_id", "Sub-services")
    process_name = fields.Char("Process", translate=True)
    summary = fields.Char(translate=True, help="One sentence: whom it is for.")
    description = fields.Text(translate=True)
    keywords = fields.Char(translate=True, help="Words people search it by.")
    output = fields.Char(
        translate=True, help="What the client holds at the end (CPSV-AP: Output)."
    )
    output_is_original = fields.Boolean(
        "An Original Is Handed Over", help="The recipient signs for it."
    )
    search_text = fields.Char(
        compute="_compute_search_text", store=True, index="trigram"
    )

    # === Kind ===
    service_type = fields.Selection(
        [
            ("g2c", "To Citizens (G2C)"),
            ("g2b", "To Businesses (G2B)"),
            ("g2g", "To Agencies (G2G)"),
        ],
        required=True,
        default="g2c",
    )
    audience = fields.Selection(
        [
            ("all", "Everyone"),
            ("natural", "Natural Persons"),
            ("legal", "Legal Persons"),
            ("foreigner", "Foreign Nationals"),
            ("employee", "Employees"),
        ],
        required=True,
        default="all",
    )
    beneficiaries = fields.Char(translate=True, help="Who receives it, in words.")
    conditions = fields.Text(
        translate=True, help="Who may ask for it (CPSV-AP: Requirement)."
    )
    nature = fields.Selection(
        [("sovereign", "Sovereign"), ("commercial", "Commercial")], default="sovereign"
    )
    level = fields.Selection(
        [
            ("national", "National"),
            ("regional", "Regional"),
            ("provincial", "Provincial"),
            ("urban", "Urban"),
            ("rural", "Rural"),
        ],
        default="national",
    )
    trigger = fields.Selection(
        [
            ("request", "Request of the Client"),
            ("schedule", "A Due Time"),
            ("event", "An Event"),
            ("agency", "Finding of the Agency"),
        ],
        "Starts By",
        default="request",
    )
    life_event_ids = fields.Many2many("service.desk.life.event", string="Life Events")

    # === Handling ===
    mode = fields.Selection(MODES, required=True, default="intake", tracking=True)
    desk_offer = fields.Selection(
        [
            ("offered", "Served at the Desk"),
            ("assisted", "Electronic, Assisted at the Desk"),
            ("link", "Electronic, Link Only"),
            ("none", "Not at a Desk"),
        ],
        "At the Desk",
        required=True,
        default="offered",
        tracking=True,
        help="A fully electronic service need not be served at the desk; between "
        "agencies (G2G) it must not be.",
    )
    portal_url = fields.Char("Electronic Address")
    department_id = fields.Many2one(
        "hr.department", "Responsible Unit", check_company=True, tracking=True
    )
    needs_presence = fields.Boolean(
        "Needs Presence in a Unit", help="Talks or presence in a unit are unavoidable."
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Service Calendar",
        check_company=True,
        help="Promises are counted by it; empty: the calendar of the unit.",
    )
    duration_unit = fields.Selection(UNITS, required=True, default="days")
    duration_max = fields.Float(
        "Longest Duration", help="Promised to the client, in the unit beside it."
    )
    duration_average = fields.Float("Average Duration")
    visits_allowed = fields.Integer(
        "Visits", default=1, help="Times a client has to come in person."
    )
    frequency = fields.Char(translate=True, help="How often one client needs it.")
    yearly_volume = fields.Integer(help="Recipients of the last full year.")
    related_systems = fields.Char(translate=True)

    # === Lines ===
    document_ids = fields.One2many(
        "service.desk.service.document", "service_id", copy=True
    )
    step_ids = fields.One2many("service.desk.service.step", "service_id", copy=True)
    channel_ids = fields.One2many(
        "service.desk.service.channel", "service_id", copy=True
    )
    cost_ids = fields.One2many("service.desk.service.cost", "service_id", copy=True)
    legal_ids = fields.One2many("service.desk.service.legal", "service_id", copy=True)

    _code_company_uniq = models.UniqueIndex(
        "(company_id, code)", "Another service of the agency has this code."
    )
    _g2g_is_not_at_a_desk = models.Constraint(
        "CHECK (service_type != 'g2g' OR desk_offer = 'none')",
        "A service between agencies (G2G) is not offered at a desk.",
    )
    _durations_are_not_negative = models.Constraint(
        "CHECK (duration_max >= 0 AND duration_average >= 0)",
        "A duration cannot be negative.",
    )
    _average_within_longest = models.Constraint(
        # What is negative has a sentence of its own.
        "CHECK (duration_average <= duration_max OR duration_max < 0)",
        "The average duration cannot exceed the longest one.",
    )
    _counts_are_not_negative = models.Constraint(
        "CHECK (visits_allowed >= 0 AND yearly_volume >= 0)",
        "The numbers of visits and recipients cannot be negative.",
    )

    @api.depends("code", "name", "keywords")
    def _compute_search_text(self):
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for service in self:
            words = {service.code or ""}
            for lang in languages:
                translated = service.with_context(lang=lang)
                words |= {translated.name or "", translated.keywords or ""}
            service.search_text = " ".join(sorted(filter(None, map(search_key, words))))

    @api.depends("code", "name")
    @api.depends_context("desk_show_code")
    def _compute_display_name(self):
        for service in self:
            name = service.name or ""
            if self.env.context.get("desk_show_code") and service.code:
                name = f"{service.code} · {name}"
            service.display_name = name

    @api.model
    def _search_display_name(self, operator, value):
        """Find a service however its Persian is typed."""
        if operator not in ("ilike", "like", "=ilike", "=like"):
            return super()._search_display_name(operator, value)
        domain = Domain.TRUE
        for word in (value or "").split():
            domain &= Domain("search_text", "ilike", search_key(word))
        return domain

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A service cannot be its own parent."))

    @api.constrains("duration_max", "duration_unit")
    def _check_whole_days(self):
        for service in self:
            if service.duration_unit == "days" and service.duration_max % 1:
                raise ValidationError(
                    self.env._(
                        "“%(service)s”: working days are whole numbers; "
                        "choose hours for shorter work.",
                        service=service.name,
                    )
                )

    @api.constrains("calendar_id")
    def _check_calendar_id(self):
        self.calendar_id._desk_check_hours()

    def _get_calendar(self):
        """Return the calendar by which the service is promised."""
        self.ensure_one()
        return (
            self.calendar_id
            or self.department_id.desk_calendar_id
            or self.company_id.resource_calendar_id
        )
