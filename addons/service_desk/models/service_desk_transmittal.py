from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.jalali_calendar.tools import jalali_year

from .. import clock, texts


class ServiceDeskTransmittal(models.Model):
    """A printed list of originals that change hands, signed by who takes them."""

    _name = "service.desk.transmittal"
    _description = "Transmittal List"
    _inherit = ["agency.state.mixin"]
    _order = "id desc"
    _rec_name = "number"
    _check_company_auto = True
    _state_transitions = {
        "draft": {"signed", "cancelled"},
        "signed": set(),
        "cancelled": set(),
    }
    _state_stamps = frozenset({"number", "date_signed", "signed_by_id"})

    number = fields.Char(readonly=True, copy=False, help="Drawn when it is signed.")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    desk_id = fields.Many2one(
        "service.desk", required=True, ondelete="restrict", check_company=True
    )
    department_id = fields.Many2one(
        "hr.department", "Unit", required=True, ondelete="restrict", check_company=True
    )
    direction = fields.Selection(
        [("out", "To the Unit"), ("back", "Back to the Desk")],
        required=True,
        default="out",
    )
    user_id = fields.Many2one(
        "res.users",
        "Made By",
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    line_ids = fields.One2many("service.desk.transmittal.line", "transmittal_id")
    state = fields.Selection(
        [("draft", "Draft"), ("signed", "Signed"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    date_signed = fields.Datetime("Signed On", readonly=True, copy=False)
    signed_by_id = fields.Many2one(
        "res.users", "Recorded By", readonly=True, copy=False, ondelete="restrict"
    )
    receiver_name = fields.Char(
        "Received By", copy=False, help="Whoever signed that the originals came."
    )
    signature = fields.Binary(copy=False, attachment=True)
    is_signed_on_paper = fields.Boolean("Signed on Paper", copy=False)

    @api.depends("number", "department_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for transmittal in self:
            number = texts.number_text(self.env, transmittal.number or "")
            transmittal.display_name = texts.join(
                self.env, (transmittal.department_id.name, number)
            )

    def write(self, vals):
        closed = self.filtered(lambda transmittal: transmittal.state != "draft")
        if closed and vals.keys() - {"state"}:
            raise UserError(self.env._("A signed list does not change."))
        return super().write(vals)

    def action_sign(self):
        self.write({"state": "signed"})

    def action_cancel(self):
        self.write({"state": "cancelled"})

    def action_print(self):
        self.ensure_one()
        return self.env.ref(
            "service_desk.service_desk_transmittal_report"
        ).report_action(self)

    def _check_transition(self, state):
        if state == "signed":
            for transmittal in self:
                transmittal._check_signed()
        return super()._check_transition(state)

    def _check_signed(self):
        if not self.line_ids:
            raise ValidationError(self.env._("There is no original on the list."))
        if not self.receiver_name:
            raise ValidationError(self.env._("Write who received the originals."))
        if not (self.signature or self.is_signed_on_paper):
            raise ValidationError(
                self.env._("%s signs for the originals.", self.receiver_name)
            )
        self.line_ids._check_holder(self.direction, self.department_id)

    def _transition_stamp(self, state):
        if state != "signed":
            return super()._transition_stamp(state)
        now = clock.now()
        counter = self.env["agency.counter"].with_company(self.company_id)
        # sudo: numbers are drawn for whoever makes the document official
        value = counter.sudo()._next("service_desk.transmittal", now, "list")
        year = jalali_year(now, self.company_id.agency_tz)
        return {
            "date_signed": now,
            "signed_by_id": self.env.uid,
            "number": f"{year}/{value}",
        }

    def _enter(self, state):
        result = super()._enter(state)
        if state == "signed":
            for transmittal in self:
                unit = transmittal.department_id
                is_out = transmittal.direction == "out"
                # sudo: the place of an original follows the signature, by whoever
                documents_sudo = transmittal.sudo().line_ids.document_id
                documents_sudo._set_holder(unit if is_out else unit.browse())
        return result

    @api.model
    def _make_for(self, referrals, direction="out"):
        """Make a list per desk and unit of the originals of ``referrals``."""
        made = self.browse()
        pairs = referrals.filtered("request_id").grouped(
            lambda referral: (referral.request_id.desk_id, referral.department_id)
        )
        for (desk, unit), files in pairs.items():
            holder = unit if direction == "back" else unit.browse()
            documents = files.request_id.document_ids.filtered(
                lambda line, holder=holder: (
                    line.form == "original"
                    and line.is_received
                    and line.holder_id == holder
                )
            )
            if documents:
                made |= self.create(
                    {
                        "company_id": desk.company_id.id,
                        "desk_id": desk.id,
                        "department_id": unit.id,
                        "direction": direction,
                        "line_ids": [
                            (0, 0, {"document_id": document.id})
                            for document in documents
                        ],
                    }
                )
        if not made:
            raise UserError(
                self.env._("None of these files has an original to hand over.")
            )
        return made

    # === Paper ===

    def _paper_values(self):
        self.ensure_one()
        env = self.env
        is_out = self.direction == "out"
        desk, unit = self.desk_id.name, self.department_id.name
        # Whoever made the list is at the desk: on the way back the unit hands over.
        giver = self.user_id if is_out else self.department_id._desk_liaisons()
        return {
            "title": env._("Transmittal list of originals (cancelled)")
            if self.state == "cancelled"
            else env._("Transmittal list of originals"),
            "subtitle": env._(
                "From %(giver)s to %(taker)s",
                giver=desk if is_out else unit,
                taker=unit if is_out else desk,
            ),
            "rows": [
                {
                    "number": texts.number_text(env, number),
                    "document": line.document_id.name,
                    "service": line.request_id.service_id.name,
                    "code": texts.number_text(env, line.request_id.tracking_code),
                    "note": line.note or "",
                }
                for number, line in enumerate(self.line_ids, start=1)
            ],
            "signatures": [
                {
                    "name": texts.join(env, giver.sudo().mapped("name")),
                    "role": env._("Handed over by"),
                },
                {
                    "name": self.receiver_name or "",
                    "role": env._("Received by"),
                    "image": self.signature
                    and f"data:image/png;base64,{self.signature.decode()}",
                },
            ],
        }
