from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .. import clock
from .service_desk_request import OPEN_STATES
from .service_desk_request_guard import CLOSED_STATES


class ServiceDeskRequest(models.Model):
    """The course of a request: one table, one guard, one stamp per step."""

    _inherit = "service.desk.request"

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("incomplete", "Incomplete"),
            ("registered", "Registered"),
            ("referred", "Referred"),
            ("ready", "Ready"),
            ("delivered", "Delivered"),
            ("informed", "Informed"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    date_registered = fields.Datetime("Registered On", readonly=True, copy=False)
    date_ready = fields.Datetime("Ready On", readonly=True, copy=False)
    date_closed = fields.Datetime("Closed On", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    result = fields.Text(copy=False, help="What was decided or handed over.")
    reject_reason_id = fields.Many2one(
        "service.desk.reject.reason", copy=False, ondelete="restrict"
    )
    reject_reason = fields.Text(
        "Reason in Words", copy=False, help="Read by the client on the tracking page."
    )
    objection_until = fields.Date(
        readonly=True, copy=False, help="Last day to object to the rejection."
    )
    event_ids = fields.One2many("service.desk.event", "request_id", "History")
    referral_ids = fields.One2many("service.desk.referral", "request_id")
    is_overdue = fields.Boolean(compute="_compute_overdue", search="_search_is_overdue")

    _month_rejected_idx = models.Index(
        "(company_id, date_closed) WHERE state = 'rejected'"
    )
    _registered_is_dated = models.Constraint(
        "CHECK (state IN ('draft', 'cancelled') OR date_registered IS NOT NULL)",
        "A registered request has its date.",
    )
    _closed_is_dated = models.Constraint(
        "CHECK ((date_closed IS NOT NULL) = "
        "(state IN ('delivered', 'informed', 'rejected', 'cancelled')))",
        "A closed request has its date, an open one has none.",
    )
    # A CHECK passes on NULL, hence the COALESCE.
    _rejected_is_explained = models.Constraint(
        "CHECK (state != 'rejected' OR (reject_reason_id IS NOT NULL "
        "AND COALESCE(reject_reason, '') != ''))",
        "A client has a right to the reason of the rejection, in writing.",
    )

    @api.depends("date_deadline", "state")
    def _compute_overdue(self):
        now = clock.now()
        for request in self:
            running = request.state in ("registered", "referred")
            deadline = request.date_deadline
            request.is_overdue = bool(running and deadline and deadline < now)

    def _search_is_overdue(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        return Domain("state", "in", ("registered", "referred")) & Domain(
            "date_deadline", "<", clock.now()
        )

    def write(self, vals):
        self._refuse_late_change(vals)
        self._clean_client(vals)
        return super().write(vals)

    # === Buttons and what other programs call ===

    def action_register(self):
        """Register; incomplete when a mandatory document is missing."""
        if self and not self.filtered(lambda request: request.state == "draft"):
            raise UserError(self[0]._pressed_before(self[0].state))
        for mode, requests in self.grouped(lambda r: r.service_id.mode).items():
            if mode == "information":
                requests.write({"state": "informed"})
                continue
            lacking = requests._fill_documents()
            lacking.write({"state": "incomplete"})
            (requests - lacking).write({"state": "registered"})

    def action_mark_incomplete(self):
        self._press("incomplete")

    def action_documents_complete(self):
        """Start the clock again once every document is here."""
        self._press("registered")

    def action_refer(self):
        """Open the form that refers the file to one or several units."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_refer_action"
        )
        return action | {"context": {"default_request_id": self.id}}

    def _refer_to(self, unit_ids, terms):
        """Send one referral to each of the units."""
        self.env["service.desk.referral"].create(
            [
                terms | {"request_id": request.id, "department_id": unit_id}
                for request in self
                for unit_id in unit_ids
            ]
        )

    def action_mark_ready(self):
        self._press("ready")

    def action_deliver(self):
        self._press("delivered")

    def action_reject(self):
        self._press("rejected")

    def action_cancel(self):
        self._press("cancelled")

    def action_appeal(self, text=None):
        """Register an objection to a rejection and return it.

        The rejected request stays closed; the objection is a request of its own, and
        whoever rejected does not review it.
        """
        self.ensure_one()
        self._check_appeal()
        original_sudo = self.sudo()
        appeal = self.create(
            {
                "service_id": self.service_id.id,
                "company_id": self.company_id.id,
                "desk_id": self.desk_id.id,
                "channel": self.channel,
                "partner_id": self.partner_id.id,
                "client_name": self.client_name,
                "identifier_kind": self.identifier_kind,
                # sudo: the client's own data go on with the objection
                "national_id": original_sudo.identifier_clear,
                "mobile": original_sudo.mobile,
                "subject": text or self.reject_reason,
                "user_id": False
                if self.closed_by_id == self.env.user
                else self.env.uid,
            }
        )
        # Only here: a link to a rejection opens what the form refuses.
        appeal._set_stamps({"appeal_of_id": self.id})
        appeal.write({"state": "registered"})
        self._log("appealed", appeal.tracking_code)
        return appeal

    def action_take(self):
        """Take requests that no expert has; tell who comes too late who was first."""
        for request in self:
            expert = request.user_id
            if expert and expert != self.env.user:
                raise UserError(
                    self.env._(
                        "%(person)s has taken %(request)s already.",
                        # sudo: the name of a colleague
                        person=expert.sudo().name,
                        request=request.display_name,
                    )
                )
        self._check_reviewer()
        self.filtered(lambda request: not request.user_id).user_id = self.env.user

    def _who_was_last(self):
        # sudo: who acted last, whichever desk or unit it was
        event_sudo = self.sudo().event_ids[:1]
        return event_sudo.user_id, event_sudo.happened_at

    # === What a state brings with it ===

    def _enter(self, state):
        """Stamp, promise and record the entry of ``self`` into ``state``."""
        now = clock.now()
        stamp = {"state": state}
        fresh = self.filtered(lambda request: request.state == "draft")
        if fresh and state != "cancelled":
            fresh._freeze_sheet(now)
        if state in CLOSED_STATES:
            stamp |= {"date_closed": now, "closed_by_id": self.env.uid}
        if state == "rejected":
            stamp["objection_until"] = self._objection_deadline()
        if state in ("ready", "delivered"):
            self._measure(now)
        if state == "incomplete":
            self._pause(now)
        resumed = self.filtered(lambda request: request.state == "incomplete")
        returned = self.filtered(lambda request: request.state == "referred")
        self._set_stamps(stamp)
        if state == "registered":
            fresh._promise("registration", now)
            resumed._resume(now)
        if state in CLOSED_STATES:
            # sudo: the units' clocks stop with the request, whoever closes it
            self.sudo().referral_ids._cancel_open()
        self._log_entry(state, resumed, returned)

    def _log_entry(self, state, resumed, returned):
        """Add the event of entering ``state``; referrals write their own."""
        silent = returned if state in ("registered",) else self.browse()
        kinds = {request.id: state for request in self - silent}
        if state == "registered":
            kinds |= dict.fromkeys(resumed.ids, "completed")
        if state == "referred":
            return
        self._log_kinds(kinds)

    def _freeze_sheet(self, now):
        """Take over what the published sheet says at this moment."""
        for service, requests in self.grouped("service_id").items():
            requests._set_stamps(
                {
                    "version_id": service.version_id.id,
                    "mode": service.mode,
                    "visits_allowed": service.visits_allowed,
                    "date_registered": now,
                }
            )
            of_no_unit = requests.filtered(lambda request: not request.department_id)
            of_no_unit.department_id = service.department_id

    def _objection_deadline(self):
        company = self.company_id[:1]
        return self._today() + timedelta(days=company.desk_appeal_days)

    def _today(self):
        """Return the day it is where the agency is."""
        zone = (self.company_id[:1] or self.env.company).agency_tz
        return fields.Date.context_today(self.with_context(tz=zone), clock.now())

    def _log(self, kind, note=False, department=None):
        self._log_kinds(dict.fromkeys(self.ids, kind), note, department)

    def _log_kinds(self, kinds, note=False, department=None):
        self.env["service.desk.event"]._append(
            [
                {
                    "request_id": request.id,
                    "company_id": request.company_id.id,
                    "user_id": self.env.uid,
                    "happened_at": clock.now(),
                    "kind": kinds[request.id],
                    "note": note,
                    "department_id": (department or request.department_id).id,
                }
                for request in self
                if request.id in kinds
            ]
        )

    @api.model
    def _open_domain(self):
        return Domain("state", "in", OPEN_STATES)
