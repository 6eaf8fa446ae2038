import binascii
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL, hash_sign, verify_hash_signed

from odoo.addons.agency_base.tools.known import read_where

from .. import clock, texts
from ..tools import group_code

PASS_SCOPE = "service_desk.track"
PASS_LASTS = timedelta(hours=1)
LONGEST_OBJECTION = 4000


class ServiceDeskRequest(models.Model):
    """What a client does from the tracking page, once he was let in."""

    _inherit = "service.desk.request"

    feedback_ids = fields.One2many(
        "service.desk.feedback",
        "request_id",
        groups="service_desk.group_supervisor,service_desk.group_observer",
    )

    def _tracking_pass(self):
        """Return a signed note that lets its holder act on this request for an hour."""
        self.ensure_one()
        values = [self.tracking_code, self.company_id.id]
        return hash_sign(self.env(su=True), PASS_SCOPE, values, PASS_LASTS)

    @api.model
    def _find_by_pass(self, note, company):
        """Return the request ``note`` was issued for, else nothing."""
        try:
            values = verify_hash_signed(self.env(su=True), PASS_SCOPE, note)
        except (ValueError, binascii.Error):
            values = None
        if not values or values[1] != company.id:
            return self.sudo().browse()
        # sudo: the pass was given to who knew both secrets
        return self.sudo().search(
            [("tracking_code", "=", values[0]), ("company_id", "=", company.id)]
        )

    def _answer_sent_inside(self, answer, unit_name=""):
        """Keep the client's answer; it can be changed until the request closes."""
        self.ensure_one()
        feedback_sudo = self._feedback()
        if feedback_sudo.sent_inside and self.date_closed:
            return
        unit = self._inside_units().filtered(lambda unit: unit.name == unit_name)
        feedback_sudo.write(
            {
                "sent_inside": answer,
                "sent_unit_id": unit[:1].id if answer == "yes" else False,
                "sent_at": clock.now(),
            }
        )

    def _inside_units(self):
        """Return the units a client can be sent to: their names are on their doors."""
        return self.env["hr.department"]._known(self.company_id)

    def _inside_values(self):
        """Return the question “were you sent inside?” and the answer so far."""
        known_sudo = read_where(
            self.env["service.desk.feedback"].sudo(),
            ["sent_inside", "sent_unit_id", "rated_at"],
            SQL("request_id = %s", self.id),
        )
        return {
            "answer": known_sudo.sent_inside or "",
            "unit": known_sudo.sent_unit_id.name or "",
            "is_open": not (known_sudo.sent_inside and self.date_closed),
            "units": self._inside_units().mapped("name"),
            "can_rate": self._can_rate() and not known_sudo.rated_at,
            "is_rated": bool(known_sudo.rated_at),
        }

    def _can_rate(self):
        """Tell whether there is something to rate: it came to an end at the agency."""
        return self.state in ("delivered", "informed", "rejected")

    def _rating_path(self):
        """Return the address where this request is rated, once."""
        return f"/desk/rate/{self._feedback().token}"

    def _object_online(self, text, files=()):
        """Register an objection with the client's words; return what is wrong, if any.

        Sent twice it is one objection: the second time there is one already.
        """
        self.ensure_one()
        text = text.strip()[:LONGEST_OBJECTION]
        if not text:
            return "objection_empty"
        if self.appeal_ids:
            return ""
        try:
            with self.env.cr.savepoint():
                return self._object_with(text, files)
        except UserError as error:
            return str(error)

    def _object_with(self, text, files):
        try:
            appeal = self.action_appeal(text)
            appeal.flush_recordset()
        except UserError:
            return "objection_late"
        except UniqueViolation as error:
            # The other press came first: start over and find its objection.
            raise ConcurrencyError(self.env._("Please press again.")) from error
        appeal._take_proof(files)
        mine = {"channel": "portal"}
        if appeal.user_id == self.env.user:
            # No expert took it: the desk decides who reviews it.
            mine["user_id"] = False
        appeal.write(mine)
        return ""

    def _take_rating(self, answers, channel="web"):
        """Keep the client's rating of this request, once; tell whether it was kept."""
        return self._feedback()._rate(answers, channel)

    def _take_missing(self, document_id, files):
        """Keep the files of one missing document; a clerk looks at them."""
        self.ensure_one()
        # Who sends the same twice at once reads what came of the first.
        self._hold()
        document = self.document_ids.filtered(
            lambda line: str(line.id) == document_id and line.is_missing
        )
        if not document or self.state != "incomplete":
            raise UserError(self.env._("This document is not asked for any more."))
        if not files:
            raise UserError(self.env._("Choose a picture or a PDF first."))
        if any([document._take_upload(name, content) for name, content in files]):
            self._log("uploaded", document.name)

    def _outside_values(self):
        """Return what the tracking page offers beyond reading."""
        appeal = self.appeal_ids[:1] if self.state == "rejected" else self.browse()
        return {
            "pass": self._tracking_pass(),
            "inside": self._inside_values(),
            "appointment": self._appointment_values(),
            "appeal_code": texts.number_text(
                self.env, group_code(appeal.tracking_code)
            ),
        }

    def _feedback(self):
        """Return the feedback on each of ``self``, begun where there is none.

        sudo: nobody has the right to write feedback; the client's secret is his right
        """
        feedback_sudo = self.env["service.desk.feedback"].sudo()
        known_sudo = feedback_sudo.search([("request_id", "in", self.ids)])
        return known_sudo | feedback_sudo._create_once(
            [
                {
                    "company_id": request.company_id.id,
                    "request_id": request.id,
                    "service_id": request.service_id.id,
                    "desk_id": request.desk_id.id,
                    "department_id": request.department_id.id,
                    "user_id": request.user_id.id,
                }
                for request in self - known_sudo.request_id
            ]
        )
