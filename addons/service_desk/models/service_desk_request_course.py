from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from .. import clock, texts
from .service_desk_request import FROZEN, OPEN_STATES, STAMPS

# Every allowed change of state. What is not listed is refused by `write`,
# whichever way it arrives: button, import or RPC.
TRANSITIONS = {
    "draft": {"incomplete", "registered", "informed", "cancelled"},
    "incomplete": {"registered", "rejected", "cancelled"},
    "registered": {
        "incomplete",
        "referred",
        "ready",
        "delivered",
        "rejected",
        "cancelled",
    },
    "referred": {"registered", "incomplete", "ready", "rejected", "cancelled"},
    "ready": {"delivered", "referred", "cancelled"},
    "delivered": set(),
    "informed": set(),
    "rejected": set(),
    "cancelled": set(),
}
CLOSED_STATES = ("delivered", "informed", "rejected", "cancelled")


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
        group_expand=True,
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
        self._refuse_forgery(vals)
        self._clean_client(vals)
        if "state" not in vals:
            return super().write(vals)
        moving = self.filtered(lambda request: request.state != vals["state"])
        moving._check_transition(vals["state"], vals)
        super(ServiceDeskRequest, self - moving).write(vals)
        # What is written along with the state may be what the state demands.
        others = {key: value for key, value in vals.items() if key != "state"}
        super(ServiceDeskRequest, moving).write(others)
        moving._enter(vals["state"])
        return True

    def _refuse_forgery(self, vals):
        if STAMPS & vals.keys():
            raise AccessError(
                self.env._("Codes, dates and promises are recorded, not entered.")
            )
        if vals.keys() - {"state"} and self.filtered("date_closed"):
            raise UserError(
                self.env._("The request is closed; nothing changes in it any more.")
            )
        if FROZEN & vals.keys():
            changed = self.filtered(lambda request: request.state != "draft")
            if changed:
                raise UserError(
                    self.env._(
                        "%(request)s is registered: service and client do not change. "
                        "Cancel it and register it again.",
                        request=changed[0].display_name,
                    )
                )

    def _set_stamps(self, vals):
        """Write what only a transition writes."""
        return super().write(vals)

    # === Buttons and what other programs call ===

    def action_register(self):
        """Register; incomplete when a mandatory document is missing."""
        for mode, requests in self.grouped(lambda r: r.service_id.mode).items():
            if mode == "information":
                requests.write({"state": "informed"})
                continue
            lacking = requests._fill_documents()
            lacking.write({"state": "incomplete"})
            (requests - lacking).write({"state": "registered"})

    def action_mark_incomplete(self):
        self.write({"state": "incomplete"})

    def action_documents_complete(self):
        """Start the clock again once every document is here."""
        self.write({"state": "registered"})

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
        self.write({"state": "ready"})

    def action_deliver(self):
        self.write({"state": "delivered"})

    def action_reject(self):
        self.write({"state": "rejected"})

    def action_cancel(self):
        self.write({"state": "cancelled"})

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
                "appeal_of_id": self.id,
                "subject": text or self.reject_reason,
                "user_id": False
                if self.closed_by_id == self.env.user
                else self.env.uid,
            }
        )
        appeal.write({"state": "registered"})
        self._log("appealed", appeal.tracking_code)
        return appeal

    # === The guard ===

    def _check_appeal(self):
        if self.state != "rejected":
            raise UserError(self.env._("Only a rejected request can be objected to."))
        if self._today() > self.objection_until:
            raise UserError(
                self.env._(
                    "The time to object ended on %(date)s.", date=self.objection_until
                )
            )
        if self.appeal_ids:
            raise UserError(
                self.env._(
                    "An objection is registered already: %(code)s.",
                    code=self.appeal_ids[0].tracking_code,
                )
            )

    def _check_transition(self, state, vals):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for request in self:
            if state not in TRANSITIONS[request.state]:
                raise UserError(
                    self.env._(
                        "%(request)s is “%(now)s” and cannot become “%(next)s”.",
                        request=request.display_name,
                        now=labels[request.state],
                        next=labels.get(state, state),
                    )
                )
            if request.state == "draft" and state != "cancelled":
                request._check_service()
        self._check_units(state)
        if state == "registered":
            self._check_complete()
        if state == "delivered":
            self._check_delivery()
        if state == "rejected":
            self._check_rejection(vals)

    def _check_service(self):
        """Refuse a request for what is not offered, in the clerk's words."""
        service = self.service_id
        if service.desk_offer == "none" and self.channel == "desk":
            raise ValidationError(
                self.env._("“%s” is not served at a desk.", service.name)
            )
        if service.state != "published" and not self.appeal_of_id:
            labels = dict(service._fields["state"]._description_selection(self.env))
            raise ValidationError(
                self.env._(
                    "“%(service)s” is “%(state)s”: no new request can be registered.",
                    service=service.name,
                    state=labels[service.state],
                )
            )
        # sudo: whether there is one, not which
        if not self.sudo().identifier_digest:
            raise ValidationError(
                self.env._("Write the national code of the client first.")
            )
        if not self.desk_id.active:
            raise ValidationError(
                self.env._("“%s” is closed; choose another desk.", self.desk_id.name)
            )

    def _check_units(self, state):
        """Keep the state true to where the file is."""
        if state in CLOSED_STATES:
            return
        for request in self:
            files = request.referral_ids.filtered(lambda r: r.kind == "file")
            is_out = bool(files.filtered(lambda r: r.state in ("sent", "accepted")))
            if state == "referred" and not is_out:
                raise UserError(self.env._("Choose the unit the file is referred to."))
            if state in ("registered", "incomplete", "ready") and is_out:
                raise UserError(
                    self.env._(
                        "%s is with a unit that has not answered; recall it first.",
                        request.display_name,
                    )
                )

    def _check_complete(self):
        for request in self.filtered("missing_count"):
            missing = request.document_ids.filtered("is_missing").mapped("name")
            raise ValidationError(
                self.env._(
                    "%(request)s still lacks: %(documents)s.",
                    request=request.display_name,
                    documents=texts.join(self.env, missing),
                )
            )

    def _check_delivery(self):
        for request in self:
            if request.state == "registered" and request.mode != "on_the_spot":
                raise UserError(
                    self.env._(
                        "%s is delivered when it is ready; mark it ready first.",
                        request.display_name,
                    )
                )

    def _check_rejection(self, vals):
        for request in self:
            listed = vals.get("reject_reason_id") or request.reject_reason_id
            words = vals.get("reject_reason") or request.reject_reason
            if not listed or not (words or "").strip():
                raise ValidationError(
                    self.env._(
                        "Choose a reason and write it in words the client understands."
                    )
                )

    # === What a state brings with it ===

    def _enter(self, state):
        """Stamp, promise and record the entry of ``self`` into ``state``."""
        if not self:
            return
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
                    "date_registered": now,
                }
            )
            for request in requests.filtered(lambda r: not r.department_id):
                request.department_id = service.department_id

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
