from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import only_digits

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
        if not visit.get("lines"):
            raise UserError(self.env._("Choose a service first."))
        done = self._find_visit(key)
        if not done:
            partner_sudo = self._client_of(visit)
            done = self._start_visit(counter, key, visit, kind="request")
            done.partner_id = partner_sudo
            self._make_requests(counter, done, partner_sudo, visit)
        told = {line.get("service_id"): line.get("promised") for line in visit["lines"]}
        return done.with_env(self.env)._registered_values(told)

    def _clean_key(self, key):
        if not key or not isinstance(key, str) or not 16 <= len(key) <= 64:
            raise UserError(self.env._("The screen is out of date; load it again."))
        return f"{self.env.uid}.{key}"

    def _find_visit(self, key):
        # sudo: the key names the user, so only his own visit is found
        return self.sudo().search([("key", "=", key)], limit=1)

    def _clean_seconds(self, seconds):
        """Return a duration the screen measured, never negative or absurd."""
        seconds = seconds if isinstance(seconds, int) else 0
        return min(max(seconds, 0), LONGEST_VISIT_SECONDS)

    def _start_visit(self, counter, key, visit, **vals):
        now = clock.now()
        start = now - timedelta(seconds=self._clean_seconds(visit.get("seconds")))
        # sudo: visits are written by this screen only, nobody has create rights
        return self.sudo()._create_once(
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
        client = self._client_values(visit_sudo, partner_sudo, visit)
        client |= self._representative_of(visit)
        for line in visit["lines"]:
            service = self._offered(counter, line.get("service_id"))
            if service.desk_offer == "link":
                raise UserError(
                    self.env._("“%s” is asked for on the internet only.", service.name)
                )
            if counter.desk_id._untrained(self.env.user, service):
                raise UserError(
                    self.env._("You are not trained for “%s”.", service.name)
                )
            fee = self._fee_values(service, visit.get("fee") or line.get("fee") or {})
            request = requests.create(client | fee | {"service_id": service.id})
            request._set_stamps({"visit_id": visit_sudo.id})
            request._fill_documents()
            request._tick_documents(line.get("received"), line.get("needed"))
            requests |= request
        if any(request.service_id.desk_offer == "assisted" for request in requests):
            visit_sudo.outcome = "assisted"
        requests.action_register()
        if visit.get("deliver"):
            self._deliver_at_once(requests, visit)

    def _client_values(self, visit_sudo, partner_sudo, visit):
        return {
            "company_id": visit_sudo.company_id.id,
            "desk_id": visit_sudo.desk_id.id,
            "counter_id": visit_sudo.counter_id.id,
            "partner_id": partner_sudo.id,
            "client_name": partner_sudo.name,
            "identifier_kind": visit.get("kind") or "national",
            "national_id": only_digits(visit["identifier"]),
            "mobile": partner_sudo.phone,
            "priority": visit.get("priority") or "normal",
        }

    def _fee_values(self, service, fee):
        amount = service.version_id._get_content()["cost"]
        paid = bool(amount and fee.get("method"))
        return {
            "fee_amount": amount,
            "fee_paid": amount if paid else 0,
            "fee_method": fee["method"] if paid else False,
            "fee_number": (paid and only_digits(fee.get("number"))) or False,
        }

    def _deliver_at_once(self, requests, visit):
        """Deliver what is done on the spot, with its time and the signature."""
        done = requests.filtered(
            lambda request: (
                request.mode == "on_the_spot" and request.state == "registered"
            )
        )
        seconds = self._clean_seconds(visit.get("handling_seconds"))
        done._set_stamps({"date_started": clock.now() - timedelta(seconds=seconds)})
        signed = done.filtered("hands_original")
        signed.write(
            {
                "signature": visit.get("signature") or False,
                "is_signed_on_paper": bool(visit.get("signed_on_paper")),
            }
        )
        done.action_deliver()

    # === What the clerk sees afterwards ===

    def _registered_values(self, told=()):
        """Return what the screen shows; ``told`` are the dates it showed before."""
        self.ensure_one()
        values = [
            request._counter_values(dict(told).get(request.service_id.id))
            for request in self.request_ids.sorted("id")
        ]
        return {
            "visit_id": self.id,
            "client": self.partner_id.name,
            "seconds": round((self.date_end - self.date_start).total_seconds()),
            "requests": values,
            "sentence": self._sentence(values),
            "sms": self._sms_state(),
        }

    def _sms_state(self):
        """Tell the clerk whether the client gets the code by SMS too."""
        # sudo: whether there is a mobile, and a gateway, not which
        if not self.sudo().request_ids[:1].mobile:
            return "no_mobile"
        gateways_sudo = self.env["agency.sms.gateway"].sudo()
        return "queued" if gateways_sudo._for_company(self.company_id) else "no_gateway"

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

    def _counter_values(self, told=None):
        self.ensure_one()
        promised = self.date_promised and self.date_promised.isoformat()
        content = self.version_id._get_content()
        return {
            "id": self.id,
            "service": content["name"],
            "state": self.state,
            "unit": self.department_id.name or "",
            "code": texts.number_text(self.env, group_code(self.tracking_code)),
            "promised": texts.day_text(self.env, self.date_promised),
            # The screen may have shown another date before a document was missed.
            "is_changed": bool(told and promised and told != promised),
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
