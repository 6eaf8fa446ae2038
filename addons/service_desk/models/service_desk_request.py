from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.agency_base.tools import normalize_mobile, only_digits

from .. import texts
from ..tools import is_tracking_code
from .service_desk_service import MODES

OPEN_STATES = ("incomplete", "registered", "referred", "ready")
# What was registered is not rewritten afterwards.
FROZEN = {
    "service_id",
    "desk_id",
    "company_id",
    "partner_id",
    "client_name",
    "national_id",
    "identifier_kind",
    "identifier_clear",
    "identifier_digest",
    # Later visits are counted, not entered.
    "visit_count",
}


class ServiceDeskRequest(models.Model):
    """What one client asked of one service, from the counter to the delivery.

    The course is in ``service_desk_request_course``; every step of it is an event
    (``service.desk.event``), every date told to the client a promise.
    """

    _name = "service.desk.request"
    _description = "Service Request"
    _inherit = [
        "agency.derived.mixin",
        "agency.state.mixin",
        "mail.thread",
        "agency.identifier.mixin",
        "agency.search.mixin",
        "service.desk.press.mixin",
        "agency.form.mixin",
        "service.desk.replay.mixin",
    ]
    _order = "id desc"
    _rec_name = "tracking_code"
    _check_company_auto = True
    _search_key_fields = ("client_name",)

    # === Identity ===
    tracking_code = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        help="Ten random digits; the client follows the request with them.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    service_id = fields.Many2one(
        "service.desk.service",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    version_id = fields.Many2one(
        "service.desk.service.version",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The sheet the client was told about.",
    )
    mode = fields.Selection(MODES, readonly=True, copy=False)
    appeal_of_id = fields.Many2one(
        "service.desk.request",
        "Objection To",
        readonly=True,
        copy=False,
        ondelete="restrict",
        check_company=True,
    )
    appeal_ids = fields.One2many("service.desk.request", "appeal_of_id", "Objections")

    # === Where and by whom ===
    desk_id = fields.Many2one(
        "service.desk", required=True, ondelete="restrict", check_company=True
    )
    counter_id = fields.Many2one(
        "service.desk.counter", ondelete="restrict", check_company=True
    )
    visit_id = fields.Many2one(
        "service.desk.visit",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        "res.users", "Responsible Expert", default=lambda self: self.env.user
    )
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        check_company=True,
        help="The unit that has it now; the desk remains its owner.",
    )
    channel = fields.Selection(
        [
            ("desk", "Service Desk"),
            ("portal", "Internet"),
            ("phone", "Telephone"),
            ("post", "Post"),
            ("sms", "SMS"),
            ("counter_office", "Counter Office (Pishkhan)"),
        ],
        required=True,
        default="desk",
    )
    priority = fields.Selection(
        [("normal", "Normal"), ("elderly", "Elderly"), ("disabled", "Disabled")],
        required=True,
        default="normal",
    )

    # === Client ===
    partner_id = fields.Many2one(
        "res.partner",
        "Client",
        required=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    client_name = fields.Char(required=True, help="The name as it was when registered.")
    mobile = fields.Char(groups="service_desk.group_clerk")
    representative_name = fields.Char(
        "On Behalf By", help="Who came in the client's place."
    )
    representative_note = fields.Char(
        "Power of Attorney", help="Number and date of the power of attorney."
    )
    subject = fields.Char(help="What the client wants, when the title does not say it.")

    # === Documents and fee ===
    document_ids = fields.One2many("service.desk.request.document", "request_id")
    missing_count = fields.Integer("Missing Documents", compute="_compute_missing")
    fee_amount = fields.Float("Fee (Rials)", digits=(16, 0))
    fee_paid = fields.Float("Paid (Rials)", digits=(16, 0))
    fee_method = fields.Selection(
        [("pos", "Card Reader"), ("bank", "Bank Slip"), ("online", "Online Payment")]
    )
    fee_number = fields.Char("Payment Number")

    visit_count = fields.Integer(
        "Visits", default=1, help="Times the client came in person for this request."
    )

    _tracking_code_uniq = models.UniqueIndex(
        "(tracking_code)", "This tracking code is taken."
    )
    _one_objection = models.UniqueIndex(
        "(appeal_of_id) WHERE appeal_of_id IS NOT NULL",
        "This rejection was objected to already.",
    )
    _desk_state_idx = models.Index("(desk_id, state, id DESC)")
    _open_desk_idx = models.Index(
        "(desk_id, date_promised) "
        "WHERE state IN ('incomplete', 'registered', 'referred', 'ready')"
    )
    # What is open in the whole agency, by state: the columns of the kanban.
    _open_state_idx = models.Index(
        "(company_id, state, id DESC) "
        "WHERE state IN ('incomplete', 'registered', 'referred', 'ready')"
    )
    _open_unit_idx = models.Index(
        "(department_id, date_deadline) WHERE state IN ('registered', 'referred')"
    )
    _client_is_identified = models.Constraint(
        "CHECK (state IN ('draft', 'cancelled') OR identifier_digest IS NOT NULL)",
        "A registered request names its client by an identifier.",
    )
    _not_its_own_appeal = models.Constraint(
        "CHECK (appeal_of_id != id)", "A request is not an objection to itself."
    )
    _money_is_not_negative = models.Constraint(
        "CHECK (fee_amount >= 0 AND fee_paid >= 0)", "A fee cannot be negative."
    )
    _payment_has_method = models.Constraint(
        "CHECK (COALESCE(fee_paid, 0) = 0 OR fee_method IS NOT NULL)",
        "Say how the fee was paid.",
    )
    _visits_not_negative = models.Constraint(
        "CHECK (visit_count >= 0)", "The number of visits cannot be negative."
    )

    @api.depends("tracking_code", "client_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for request in self:
            code = texts.number_text(self.env, request.tracking_code or "")
            parts = (code, request.client_name)
            request.display_name = " · ".join(filter(None, parts))

    @api.model
    def _search_display_name(self, operator, value):
        """Find by the exact code or identifier when the text is one, else by name.

        A code goes to its unique index; a name to the trigram index.
        """
        if operator not in ("ilike", "=", "like", "=ilike") or not value:
            return super()._search_display_name(operator, value)
        digits = only_digits(value)
        if not digits:
            return Domain("search_key", "ilike", value)
        code = Domain("tracking_code", "=", digits)
        if is_tracking_code(digits):
            # One in ten identifiers happens to be a possible code as well.
            return code | Domain("national_id", "=", digits)
        return Domain("national_id", "=", digits)

    @api.depends(
        "document_ids.is_needed",
        "document_ids.is_mandatory",
        "document_ids.is_received",
        "document_ids.form",
    )
    def _compute_missing(self):
        for request in self:
            request.missing_count = len(request.document_ids.filtered("is_missing"))

    @api.constrains("mobile")
    def _check_mobile(self):
        for request_sudo in self.sudo():
            mobile = request_sudo.mobile
            if mobile and not normalize_mobile(mobile):
                raise ValidationError(
                    self.env._(
                        "“%(mobile)s” is not an Iranian mobile number.", mobile=mobile
                    )
                )

    # pylint: disable=method-required-super
    def copy(self, default=None):
        raise UserError(self.env._("Each request is registered anew, with its code."))
