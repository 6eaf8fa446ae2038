from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.agency_base.tools import only_digits
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from .. import texts
from ..tools import group_code
from .track import ServiceDeskTrack

PER_PAGE = 20


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
        return [
            ("partner_id", "=", request.env.user.partner_id.id),
            ("state", "!=", "draft"),
        ]

    @http.route(
        ["/my/requests", "/my/requests/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_requests(self, page=1, **_kw):
        env = request.env
        requests_sudo = env["service.desk.request"].sudo()
        domain = self._own_domain()
        pager = portal_pager(
            url="/my/requests",
            total=requests_sudo.search_count(domain),
            page=page,
            step=PER_PAGE,
        )
        found_sudo = requests_sudo.search(
            domain, limit=PER_PAGE, offset=pager["offset"]
        )
        states = dict(requests_sudo._fields["state"]._description_selection(env))
        rows = [
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
        values = self._prepare_portal_layout_values() | {
            "rows": rows,
            "pager": pager,
            "page_name": "service_desk_request",
            "default_url": "/my/requests",
        }
        return request.render("service_desk.portal_my_requests", values)

    @http.route("/my/requests/<string:code>", type="http", auth="user", website=True)
    def portal_my_request(self, code, **_kw):
        """Show one's own request as the tracking page does, without a second secret."""
        requests_sudo = request.env["service.desk.request"].sudo()
        found_sudo = requests_sudo.search(
            [("tracking_code", "=", only_digits(code[:30])), *self._own_domain()]
        )
        if not found_sudo:
            raise NotFound
        company = found_sudo.company_id
        request.update_context(allowed_company_ids=company.ids)
        return ServiceDeskTrack()._result_page(company, found_sudo)
