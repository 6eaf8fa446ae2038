from odoo import models
from odoo.exceptions import UserError, ValidationError

from .. import texts
from .service_desk_request import FROZEN

CLOSED_STATES = ("delivered", "informed", "rejected", "cancelled")


class ServiceDeskRequest(models.Model):
    """What a request must fulfil before it may change, whoever asks."""

    _inherit = "service.desk.request"
    _state_transitions = {
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
    _state_stamps = {
        "tracking_code",
        "version_id",
        "mode",
        "date_registered",
        "date_started",
        "date_promised",
        "date_deadline",
        "date_ready",
        "date_closed",
        "closed_by_id",
        "promise_kept",
        "paused_days",
        "objection_until",
        "visits_allowed",
        "visit_id",
        "merged_into_id",
        "appeal_of_id",
        "is_redacted",
    }

    def _refuse_late_change(self, vals):
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

    def _check_transition(self, state):
        for request in self:
            if request.state == "draft" and state != "cancelled":
                request._check_service()
        self._check_units(state)
        if state == "registered":
            self._check_complete()
        if state == "incomplete":
            self._check_lacking()
        if state == "delivered":
            self._check_delivery()
        if state == "rejected":
            self._check_rejection()

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

    def _check_lacking(self):
        """Let the clock stop for what the client owes, and for nothing else."""
        for request in self.filtered(lambda request: not request.missing_count):
            raise ValidationError(
                self.env._(
                    "No document of %s is missing. Clear “Received” of what the client "
                    "still has to bring, or add it to the documents.",
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
        self._check_signed()

    def _check_rejection(self):
        for request in self:
            words = (request.reject_reason or "").strip()
            if not request.reject_reason_id or not words:
                raise ValidationError(
                    self.env._(
                        "Choose a reason and write it in words the client understands."
                    )
                )
