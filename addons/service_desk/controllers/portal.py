from werkzeug.exceptions import NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.agency_base.tools import only_digits, search_key
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from .. import texts
from ..tools import group_code
from .track import ServiceDeskTrack

PER_PAGE = 20
SEARCH_LENGTH = 100


class ServiceDeskPortal(CustomerPortal):
    """The requests of a client who has an account: his own, by his contact."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "service_desk_request_count" in counters:
            requests_sudo = request.env["service.desk.request"].sudo()
            values["service_desk_request_count"] = requests_sudo.search_count(
                self._own_domain()
            )
        return values

    def _own_domain(self):
        """Return what finds the client's own requests.

        sudo in the callers: clients have no right to the model; this is their fence.
        """
        return Domain(
            [
                ("partner_id", "=", request.env.user.partner_id.id),
                ("state", "!=", "draft"),
            ]
        )

    def _found_domain(self, search):
        """Return what finds requests by code, or by words of service and state."""
        code = only_digits(search)
        if code and not any(map(str.isalpha, search)):
            return Domain("tracking_code", "like", code)
        states = self._state_labels()
        domain = Domain.TRUE
        for word in map(search_key, search.split()):
            named = [state for state, label in states.items() if word in label]
            domain &= Domain("state", "in", named) | Domain(
                "service_id.search_text", "ilike", word
            )
        return domain

    def _state_labels(self):
        states = request.env["service.desk.request"]._fields["state"]
        labels = states._description_selection(request.env)
        return {state: search_key(label) for state, label in labels}

    def _searchbar(self):
        """Return how the list can be sorted, and what of it be left out."""
        env = request.env
        sortings = {
            "newest": {"label": env._("Newest"), "order": "id desc"},
            "promised": {"label": env._("Promised"), "order": "date_promised, id desc"},
        }
        filters = {
            "all": {"label": env._("All"), "domain": Domain.TRUE},
            "open": {
                "label": env._("Open"),
                "domain": Domain("date_closed", "=", False),
            },
            "closed": {
                "label": env._("Closed"),
                "domain": Domain("date_closed", "!=", False),
            },
        }
        return sortings, filters

    @http.route(
        ["/my/requests", "/my/requests/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_requests(
        self, page=1, search="", sortby="newest", filterby="all", **_kw
    ):
        sortings, filters = self._searchbar()
        sortby = sortby if sortby in sortings else "newest"
        filterby = filterby if filterby in filters else "all"
        search = search[:SEARCH_LENGTH]
        domain = self._own_domain()
        domain &= filters[filterby]["domain"] & self._found_domain(search)
        requests_sudo = request.env["service.desk.request"].sudo()
        asked = {"search": search, "sortby": sortby, "filterby": filterby}
        pager = portal_pager(
            url="/my/requests",
            url_args=asked,
            total=requests_sudo.search_count(domain),
            page=page,
            step=PER_PAGE,
        )
        found_sudo = requests_sudo.search(
            domain,
            order=sortings[sortby]["order"],
            limit=PER_PAGE,
            offset=pager["offset"],
        )
        inputs = {
            "all": {"input": "all", "label": request.env._("Service, code, state")}
        }
        values = self._prepare_portal_layout_values() | {
            "rows": self._request_rows(found_sudo),
            "is_narrowed": bool(search or filterby != "all"),
            "pager": pager,
            "page_name": "service_desk_request",
            "default_url": "/my/requests",
            "searchbar_sortings": sortings,
            "searchbar_filters": filters,
            "searchbar_inputs": inputs,
            "search_in": "all",
        }
        return request.render("service_desk.portal_my_requests", values | asked)

    def _request_rows(self, found_sudo):
        env = request.env
        states = dict(found_sudo._fields["state"]._description_selection(env))
        return [
            {
                "path": f"/my/requests/{request_sudo.tracking_code}",
                "code": texts.number_text(env, group_code(request_sudo.tracking_code)),
                "service": request_sudo.service_id.name,
                "state": states[request_sudo.state],
                "is_open": not request_sudo.date_closed,
                "promised": texts.day_text(env, request_sudo.date_promised),
            }
            for request_sudo in found_sudo
        ]

    @http.route("/my/requests/<string:code>", type="http", auth="user", website=True)
    def portal_my_request(self, code, **_kw):
        """Show one's own request as the tracking page does, without a second secret."""
        requests_sudo = request.env["service.desk.request"].sudo()
        found_sudo = requests_sudo.search(
            Domain("tracking_code", "=", only_digits(code[:30])) & self._own_domain()
        )
        if not found_sudo:
            raise NotFound
        company = found_sudo.company_id
        request.update_context(allowed_company_ids=company.ids)
        return ServiceDeskTrack()._result_page(company, found_sudo)
