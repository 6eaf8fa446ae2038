from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.agency_base.tools import (
    normalize_identifier,
    normalize_mobile,
    normalize_persian,
    only_digits,
)

from .. import clock, texts
from ..tools import group_code

LONGEST_VISIT_SECONDS = 8 * 3600


class ServiceDeskVisit(models.Model):
    """Registering a visit: the client, his requests and one receipt for them."""

    _inherit = "service.desk.visit"

    @api.model
    def counter_register(self, visit):
        """Register a visit and return what the clerk says and hands over.

        A visit is registered once: pressing again, or sending again after the
        connection was lost, returns the same codes.
        """
        counter = self._own_counter(visit.get("counter_id"))
        key = self._clean_key(visit.get("key"))
        done = self._find_visit(key)
        if not done:
            if not visit.get("lines"):
                raise UserError(self.env._("Choose a service first."))
            partner_sudo = self._client_of(visit)
            done = self._start_visit(counter, key, visit, kind="request")
            done.partner_id = partner_sudo
            self._make_requests(counter, done, partner_sudo, visit)
        return done.with_env(self.env)._registered_values()

    @api.model
    def counter_inform(self, visit):
        """Log that a service was explained, without asking who the client is."""
        counter = self._own_counter(visit.get("counter_id"))
        key = self._clean_key(visit.get("key"))
        service = self._offered(counter, visit.get("service_id"))
        done = self._find_visit(key)
        if not done:
            done = self._start_visit(
                counter,
                key,
                visit,
                kind="information",
                service_id=service.id,
                version_id=service.version_id.id,
            )
        return {"visit_id": done.id}

    # === Client and requests ===

    def _client_of(self, visit):
        """Find the client by the identifier, or make a contact of him."""
        kind = visit.get("kind") or "national"
        digits = normalize_identifier(visit.get("identifier") or "", kind)
        if not digits:
            raise ValidationError(self._invalid_identifier_text(kind))
        # sudo: a clerk needs no right to edit contacts to serve a client
        partners_sudo = self.env["res.partner"].sudo()
        partner_sudo = partners_sudo.search([("national_id", "=", digits)], limit=1)
        name = normalize_persian(visit.get("name"))
        mobile = normalize_mobile(visit.get("mobile"))
        if visit.get("mobile") and not mobile:
            raise ValidationError(
                self.env._("The mobile number has eleven digits and begins with 09.")
            )
        if partner_sudo:
            if mobile:
                partner_sudo.phone = mobile
            return partner_sudo
        if not name:
            raise ValidationError(self.env._("Write the name of the client."))
        return partners_sudo.create(
            {
                "name": name,
                "phone": mobile,
                "identifier_kind": kind,
                "national_id": digits,
                "is_company": kind == "legal",
                "company_id": False,
            }
        )

    def _clean_key(self, key):
        if not key or not isinstance(key, str) or not 16 <= len(key) <= 64:
            raise UserError(self.env._("The screen is out of date; load it again."))
        return f"{self.env.uid}.{key}"

    def _find_visit(self, key):
        # sudo: the key names the user, so only his own visit is found
        return self.sudo().search([("key", "=", key)], limit=1)

    def _start_visit(self, counter, key, visit, **vals):
        seconds = visit.get("seconds")
        seconds = seconds if isinstance(seconds, int) else 0
        now = clock.now()
        start = now - timedelta(seconds=min(max(seconds, 0), LONGEST_VISIT_SECONDS))
        # sudo: visits are written by this screen only, nobody has create rights
        return self.sudo().create(
            {
                "key": key,
                "company_id": counter.company_id.id,
                "desk_id": counter.desk_id.id,
                "counter_id": counter.id,
                "user_id": self.env.uid,
                "date_start": start,
                "date_end": now,
            }
            | vals
        )

    def _make_requests(self, counter, visit_sudo, partner_sudo, visit):
        requests = self.env["service.desk.request"]
        kind = visit.get("kind") or "national"
        for line in visit["lines"]:
            service = self._offered(counter, line.get("service_id"))
            if service.desk_offer == "link":
                raise UserError(
                    self.env._("“%s” is asked for on the internet only.", service.name)
                )
            fee = line.get("fee") or {}
            amount = service.version_id._get_content()["cost"]
            request = requests.create(
                {
                    "service_id": service.id,
                    "company_id": counter.company_id.id,
                    "desk_id": counter.desk_id.id,
                    "counter_id": counter.id,
                    "partner_id": partner_sudo.id,
                    "client_name": partner_sudo.name,
                    "identifier_kind": kind,
                    "national_id": only_digits(visit["identifier"]),
                    "mobile": partner_sudo.phone,
                    "priority": visit.get("priority") or "normal",
                    "representative_name": line.get("representative") or False,
                    "fee_amount": amount,
                    "fee_paid": amount if fee.get("method") else 0,
                    "fee_method": fee.get("method") or False,
                    "fee_number": only_digits(fee.get("number")) or False,
                }
            )
            request._set_stamps({"visit_id": visit_sudo.id})
            request._fill_documents()
            request._tick_documents(line.get("received"), line.get("needed"))
            requests |= request
        requests.action_register()
        if visit.get("deliver"):
            requests.filtered(
                lambda request: (
                    request.mode == "on_the_spot" and request.state == "registered"
                )
            ).action_deliver()

    # === What the clerk sees afterwards ===

    def _registered_values(self):
        self.ensure_one()
        values = [
            request._counter_values() for request in self.request_ids.sorted("id")
        ]
        return {
            "visit_id": self.id,
            "client": self.partner_id.name,
            "seconds": round((self.date_end - self.date_start).total_seconds()),
            "requests": values,
            "sentence": self._sentence(values),
        }

    def _sentence(self, values):
        """Return what the clerk tells the client, built from the dates."""
        parts = []
        for value in values:
            if value["missing"]:
                parts.append(
                    self.env._(
                        "For “%(service)s” bring: %(documents)s.",
                        service=value["service"],
                        documents=texts.join(self.env, value["missing"]),
                    )
                )
            elif value["state"] == "registered" and value["promised"]:
                parts.append(
                    self.env._(
                        "“%(service)s” is ready on %(day)s; come to this desk.",
                        service=value["service"],
                        day=value["promised"],
                    )
                )
        parts.append(
            self.env._("With the code on the receipt you can follow it yourself.")
        )
        return " ".join(parts)


class ServiceDeskRequest(models.Model):
    _inherit = "service.desk.request"

    def _counter_values(self):
        self.ensure_one()
        content = self.version_id._get_content()
        return {
            "id": self.id,
            "service": content["name"],
            "state": self.state,
            "unit": self.department_id.name or "",
            "code": texts.number_text(self.env, group_code(self.tracking_code)),
            "promised": texts.day_text(self.env, self.date_promised),
            "missing": self.document_ids.filtered("is_missing").mapped("name"),
        }

    def _tick_documents(self, received, needed):
        """Set what the clerk ticked, by the ids of the sheet's documents."""
        received, needed = set(received or ()), set(needed or ())
        for document in self.document_ids:
            source = document.service_document_id.id
            if document.condition and source in needed:
                document.is_needed = True
            if source in received:
                document.is_received = True
