from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .. import clock, texts

FROZEN = {"request_id", "department_id", "place"}
# A slip that is filled in a moment after the hour is still honest.
GRACE = timedelta(minutes=10)


class ServiceDeskAppointment(models.Model):
    """A meeting with an expert that a service cannot do without, booked by the desk.

    The expert comes to the desk, or receives the client in the unit where the sheet
    says that presence is needed. Any other way inside is a referral of a person, with
    its coordination and reason.
    """

    _name = "service.desk.appointment"
    _description = "Appointment with a Unit"
    _inherit = ["agency.state.mixin", "service.desk.replay.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _state_transitions = {
        "planned": {"held", "missed", "cancelled"},
        "held": set(),
        "missed": set(),
        "cancelled": set(),
    }

    request_id = fields.Many2one(
        "service.desk.request",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    department_id = fields.Many2one(
        "hr.department", "Unit", required=True, ondelete="restrict", check_company=True
    )
    place = fields.Selection(
        [("desk", "The Expert Comes to the Desk"), ("unit", "In the Unit")],
        required=True,
        default="desk",
    )
    expert_id = fields.Many2one(
        "res.users", domain=[("share", "=", False)], ondelete="restrict"
    )
    expert_name = fields.Char(help="Where the expert does not use the system.")
    room = fields.Char()
    date_start = fields.Datetime("When", required=True)
    note = fields.Char(help="What the client should bring or prepare.")
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("held", "Held"),
            ("missed", "Client Did Not Come"),
            ("cancelled", "Cancelled"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
    )
    client_name = fields.Char(related="request_id.client_name")
    service_id = fields.Many2one(related="request_id.service_id", string="Service")

    # A CHECK passes on NULL, hence the COALESCE.
    _names_the_expert = models.Constraint(
        "CHECK (expert_id IS NOT NULL OR COALESCE(expert_name, '') != '')",
        "Name the expert whom the client meets.",
    )
    _unit_has_room = models.Constraint(
        "CHECK (place != 'unit' OR COALESCE(room, '') != '')",
        "Tell the client which room to go to.",
    )
    _planned_idx = models.Index("(company_id, date_start) WHERE state = 'planned'")

    @api.depends("request_id", "date_start")
    def _compute_display_name(self):
        for appointment in self:
            moment = appointment.date_start and texts.moment_text(
                self.env, appointment.date_start, appointment.company_id
            )
            appointment.display_name = texts.join(
                self.env, (appointment.department_id.name, moment)
            )

    @api.constrains("place", "request_id")
    def _check_presence(self):
        for appointment in self.filtered(lambda a: a.place == "unit"):
            request = appointment.request_id
            version = request.version_id or request.service_id.version_id
            needed = version and version._whole_content()["facts"]["needs_presence"]
            if not needed:
                raise ValidationError(
                    self.env._(
                        "“%(service)s” needs no presence in a unit. Let the expert "
                        "come to the desk, or record the coordination as a referral "
                        "of the person.",
                        service=request.service_id.name,
                    )
                )

    @api.constrains("date_start")
    def _check_future(self):
        for appointment in self:
            if appointment.date_start < clock.now() - GRACE:
                raise ValidationError(
                    self.env._("An appointment is made for a time to come.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            request = self.env["service.desk.request"].browse(vals.get("request_id"))
            if request:
                vals["company_id"] = request.company_id.id
        appointments = super().create(vals_list)
        for appointment in appointments:
            request = appointment.request_id
            if request.date_closed:
                raise UserError(
                    self.env._("The request is closed; nothing changes in it any more.")
                )
            appointment._tell()
        return appointments

    def write(self, vals):
        if FROZEN & vals.keys():
            raise UserError(
                self.env._("Cancel the appointment and make another for this.")
            )
        closed = self.filtered(lambda appointment: appointment.state != "planned")
        if closed and vals.keys() - {"state"}:
            raise UserError(self.env._("This appointment is closed already."))
        return super().write(vals)

    # pylint: disable=super-method-mismatch
    def _forget_notes(self):
        """Remove what was noted for a client who is forgotten."""
        return super().write({"note": False})

    # RPC can switch @api.ondelete off; nothing may switch this off.
    # pylint: disable=method-required-super,no-raise-unlink
    def unlink(self):
        raise UserError(self.env._("An appointment is cancelled, not deleted."))

    def action_held(self):
        """Note that the client came; in the unit it counts as one more visit."""
        self.write({"state": "held"})

    def action_missed(self):
        self.write({"state": "missed"})

    def action_cancel(self):
        self.write({"state": "cancelled"})

    def action_print_slip(self):
        self.ensure_one()
        if not self.env.user.has_group("service_desk.group_clerk"):
            raise AccessError(self.env._("Only clerks print slips."))
        self.check_access("read")
        return self.env.ref(
            "service_desk.service_desk_appointment_slip_report"
        ).report_action(self)

    def _enter(self, state):
        result = super()._enter(state)
        if state == "cancelled":
            for appointment in self:
                appointment._tell()
        if state == "held":
            # sudo: the liaison who received the client only reads his request
            inside_sudo = self.sudo().filtered(lambda one: one.place == "unit")
            open_sudo = inside_sudo.request_id.filtered(lambda r: not r.date_closed)
            open_sudo._count_visits(1)
        return result

    def _tell(self):
        """Write it into the history of the request, from where the client is told."""
        self.ensure_one()
        # The client reads it: not the language of who books decides.
        lang = self.company_id.partner_id.lang or "fa_IR"
        text = self.with_context(lang=lang)._told_text()
        self.request_id._log("appointment", text, self.department_id)

    # === Words ===

    def _told_text(self):
        moment = texts.moment_text(self.env, self.date_start, self.company_id)
        if self.state == "cancelled":
            return self.env._("the appointment of %(moment)s is off.", moment=moment)
        return self.env._(
            "appointment on %(moment)s, %(place)s, with %(person)s.",
            moment=moment,
            place=self._place_text(),
            person=self._person_text(),
        )

    def _person_text(self):
        return self.expert_id.sudo().name or self.expert_name or ""

    def _place_text(self):
        if self.place == "desk":
            return self.env._("At the desk")
        return self.env._("Room %(room)s", room=texts.number_text(self.env, self.room))

    def _hour_text(self):
        local = self.company_id.resource_calendar_id._desk_local(self.date_start)
        return texts.number_text(self.env, f"{local:%H:%M}")

    def _slip_values(self):
        """Return what the slip in the client's hand says: no name, no number."""
        self.ensure_one()
        return {
            "company": self.company_id.name,
            "title": self.env._("Appointment"),
            "unit": self.department_id.name,
            "person": self._person_text(),
            "place": self._place_text(),
            "moment": texts.moment_text(self.env, self.date_start, self.company_id),
            "phone": texts.phone_text(
                self.env, self.department_id.desk_phone or self.request_id.desk_id.phone
            ),
            "service": self.service_id.name,
            "note": self.note or "",
            "desk": self.request_id.desk_id.name,
        }
