from odoo import http
from odoo.http import request

from .page import DeskPage

MAX_QUERY_LENGTH = 80
PUBLIC_STATES = ("published", "suspended", "retired")


class ServiceDeskPublic(DeskPage, http.Controller):
    """The catalogue: what the agency does for people, and how they get it."""

    @http.route(
        "/desk", type="http", auth="public", methods=["GET"], save_session=False
    )
    def catalogue(self, q="", event="", audience="", lang=None, **_kw):
        company = self._enter(lang)
        query = (q or "")[:MAX_QUERY_LENGTH].strip()
        event_id = int(event) if event.isdecimal() and len(event) < 10 else 0
        services = request.env["service.desk.service"]
        audiences = services._fields["audience"]._description_selection(request.env)
        audience = audience if audience in dict(audiences) else ""
        # sudo: the names of life events are public
        events_sudo = request.env["service.desk.life.event"].sudo().search([])
        cards = services._public_catalogue(company, query, event_id, audience)
        values = {
            "active": "catalogue",
            "query": query,
            "event_id": event_id,
            "audience": audience,
            "events": events_sudo,
            "audiences": audiences,
            "cards": cards,
            "nearest": [],
        }
        if not cards:
            values["nearest"] = services._public_nearest(company, query)
            values |= self._contact_values(company)
        return self._page("service_desk.public_catalogue", company, values, lang)

    @http.route(
        "/desk/service/<string:code>",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def service(self, code, lang=None, **_kw):
        company = self._enter(lang)
        service_sudo = self._find_service(company, code, PUBLIC_STATES)
        return self._page(
            "service_desk.public_service",
            company,
            {"active": "catalogue", "service": service_sudo._public_values()},
            lang,
        )

    @http.route(
        "/desk/<path:rest>",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def elsewhere(self, rest, lang=None, **_kw):
        """Lead back whoever mistyped, or loads again what a form answered."""
        raise self._missing(self._enter(lang))

    def _find_service(self, company, code, states):
        """Return the published service with ``code``, else answer that it is not there.

        sudo: what was published is public, whoever asks
        """
        services_sudo = request.env["service.desk.service"].sudo()
        service_sudo = services_sudo.search(
            services_sudo._public_domain(company, states)
            & services_sudo._code_domain(code),
            limit=1,
        )
        if not service_sudo or service_sudo.service_type == "g2g":
            raise self._missing(company)
        return service_sudo
