import json

from odoo import http
from odoo.http import request

from .page import DeskPage
from .public import PUBLIC_STATES, ServiceDeskPublic

JSON_LD = "application/ld+json; charset=utf-8"
CACHE = "public, max-age=300"


class ServiceDeskLinkedData(DeskPage, http.Controller):
    """The catalogue for programs: CPSV-AP 3.2 as JSON-LD."""

    @http.route(
        "/desk/service/<string:code>.jsonld",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def service_jsonld(self, code, **_kw):
        company = self._enter()
        service_sudo = ServiceDeskPublic._find_service(
            self, company, code, PUBLIC_STATES
        )
        return request.make_response(
            json.dumps(service_sudo._jsonld(), ensure_ascii=False),
            headers=[
                ("Content-Type", JSON_LD),
                ("Cache-Control", CACHE),
                ("X-Content-Type-Options", "nosniff"),
                ("Access-Control-Allow-Origin", "*"),
            ],
        )
