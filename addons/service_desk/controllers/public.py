from urllib.parse import urlsplit

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.agency_base.tools import only_digits, to_latin_digits

from .. import texts

LANG_COOKIE = "desk_lang"
COOKIE_SECONDS = 365 * 24 * 3600
MAX_BODY_BYTES = 4096
MAX_QUERY_LENGTH = 80
# (attempts, seconds): a person mistypes a few times; an office shares one address.
CODE_LIMIT = (10, 600)
ADDRESS_LIMIT = (60, 600)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


class ServiceDeskPublic(http.Controller):
    """The electronic desk: pages that need neither a log-in nor JavaScript.

    They are not ``website=True``: a visitor with an English browser and no cookie reads
    the agency's language, not the browser's.
    """

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
        return self._page(
            "service_desk.public_catalogue",
            company,
            {
                "active": "catalogue",
                "query": query,
                "event_id": event_id,
                "audience": audience,
                "events": events_sudo,
                "audiences": audiences,
                "cards": services._public_catalogue(company, query, event_id, audience),
            },
            lang,
        )

    @http.route(
        "/desk/service/<string:code>",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def service(self, code, lang=None, **_kw):
        company = self._enter(lang)
        services = request.env["service.desk.service"]
        states = ("published", "suspended", "retired")
        # sudo: what was published is public, whoever asks
        service_sudo = services.sudo().search(
            services._public_domain(company, states) & services._code_domain(code),
            limit=1,
        )
        if not service_sudo or service_sudo.service_type == "g2g":
            raise NotFound
        return self._page(
            "service_desk.public_service",
            company,
            {"active": "catalogue", "service": service_sudo._public_values()},
            lang,
        )

    @http.route("/desk/track", type="http", auth="public", methods=["GET"])
    def track_form(self, code="", lang=None, **_kw):
        company = self._enter(lang)
        # The QR of a receipt fills the code; it never carries the second secret.
        return self._track_page(company, code=only_digits(code[:30]), lang=lang)

    @http.route(
        "/desk/track",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=MAX_BODY_BYTES,
    )
    def track(self, code="", digits="", **_kw):
        company = self._enter(None)
        code, digits = only_digits(str(code)[:30]), only_digits(str(digits)[:10])
        throttle = request.env["agency.throttle"].sudo()
        address = throttle._client_key(request.httprequest.remote_addr)
        # Counted before anything is looked up, whether it exists or not.
        if throttle._hit(
            "service_desk.track", (code, *CODE_LIMIT), (address, *ADDRESS_LIMIT)
        ):
            return self._track_page(
                company, code=code, digits=digits, problem="limited", status=429
            )
        requests = request.env["service.desk.request"]
        found_sudo = requests._find_tracked(code, digits, company)
        if not found_sudo:
            return self._track_page(
                company, code=code, digits=digits, problem="not_found"
            )
        return self._page(
            "service_desk.public_track_result",
            company,
            {"active": "track", "track": found_sudo._tracking_values()},
        )

    # === Shared by the pages ===

    def _enter(self, lang):
        """Return the company that answers here, the reader's language being set."""
        company = self._company()
        codes = dict(request.env["res.lang"].get_installed())
        user = request.env.user
        wishes = (
            lang,
            request.cookies.get(LANG_COOKIE),
            not user._is_public() and user.lang,
            company.partner_id.lang,
            "fa_IR",
        )
        chosen = next((code for code in wishes if code in codes), request.env.lang)
        request.update_context(lang=chosen, allowed_company_ids=company.ids)
        return company.with_env(request.env(su=True))

    def _company(self):
        """Return the company whose web site this is, else the only one that publishes.

        sudo: a visitor has no rights; only what the pages print is read.
        """
        companies_sudo = (
            request.env["res.company"].sudo().search([("desk_is_public", "=", True)])
        )
        host = urlsplit(request.httprequest.host_url).hostname
        for company_sudo in companies_sudo:
            website = company_sudo.website or ""
            if website and urlsplit(website).hostname == host:
                return company_sudo
        if len(companies_sudo) != 1:
            raise NotFound
        return companies_sudo

    def _track_page(self, company, status=200, lang=None, **values):
        desks_sudo = request.env["service.desk"].sudo()
        desk_sudo = desks_sudo.search([("company_id", "=", company.id)], limit=1)
        hours = (
            texts.hours_text(request.env, desk_sudo._get_calendar())
            if desk_sudo
            else ""
        )
        defaults = {"active": "track", "code": "", "digits": "", "problem": ""}
        values |= {"desk_phone": desk_sudo.phone or company.phone, "desk_hours": hours}
        return self._page(
            "service_desk.public_track_form", company, defaults | values, lang, status
        )

    def _page(self, template, company, values, lang=None, status=200):
        env = request.env
        values |= {
            "company_name": company.name,
            "company": company,
            "languages": env["res.lang"].get_installed(),
            "lang": env.lang,
            "direction": env["res.lang"]._get_data(code=env.lang).direction or "rtl",
            "phone_text": lambda phone: texts.phone_text(env, phone),
            "number_text": lambda text: texts.number_text(env, text),
            "phone_link": lambda phone: "tel:" + to_latin_digits(phone or ""),
        }
        html = env["ir.qweb"].sudo()._render(template, values)
        headers = dict(HEADERS)
        if values.get("active") == "track":
            headers |= {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
        response = request.make_response(html, headers=list(headers.items()))
        response.status_code = status
        if lang and lang == env.lang:
            response.set_cookie(
                LANG_COOKIE, lang, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax"
            )
        return response
