"""What the public pages share: whose page it is, in which language, how it is sent."""

import secrets
from urllib.parse import urlsplit

from werkzeug.exceptions import NotFound

from odoo.http import request
from odoo.tools import hash_sign, verify_hash_signed

from odoo.addons.agency_base.tools import to_latin_digits

from .. import texts

LANG_COOKIE = "desk_lang"
COOKIE_SECONDS = 365 * 24 * 3600
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; "
        "style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
# What must not be kept: it answers to a secret.
PRIVATE_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class DeskPage:
    """A page that needs no log-in; scripts only add comfort to it.

    It is not ``website=True``: a visitor with an English browser and no cookie reads
    the agency's language, not the browser's.
    """

    def _enter(self, lang=None):
        """Return the company that answers here, the reader's language being set."""
        # PostgreSQL takes no such letter: what has it in its address is nowhere.
        if "\0" in request.httprequest.path:
            raise NotFound
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
        """Return the company with this web site, else the only one that publishes."""
        companies_sudo, hosts = request.env["res.company"]._desk_published()
        host = urlsplit(request.httprequest.host_url).hostname
        if host in hosts:
            return companies_sudo.browse(hosts[host])
        if len(companies_sudo) != 1:
            raise NotFound
        return companies_sudo

    def _missing(self, company):
        """Return what is raised where nothing is, in words for the visitor."""
        values = {"active": "missing"} | self._contact_values(company)
        page = self._page("service_desk.public_missing", company, values, status=404)
        return NotFound(response=page)

    def _wait(self, scope, *limits, address=None):
        """Count an attempt and return the seconds to wait, 0 when it is allowed.

        ``limits`` are ``(key, attempts, seconds)``; ``address`` is the ``(attempts,
        seconds)`` of one network, or several of them.
        """
        throttle = request.env["agency.throttle"].sudo()
        if address:
            client = throttle._client_key(request.httprequest.remote_addr)
            several = address if isinstance(address[0], tuple) else (address,)
            limits += tuple((f"address {client}", *limit) for limit in several)
        return throttle._hit(f"service_desk.{scope}", *limits)

    def _new_form(self, scope, hours, *about):
        """Return a signed note for a form: what is sent with it twice is done once."""
        values = [secrets.token_urlsafe(16), *about]
        return hash_sign(request.env(su=True), scope, values, expiration_hours=hours)

    def _signed(self, scope, note):
        """Return the values of a note this page gave out, None for any other."""
        try:
            note = str(note or "")[:600]
            return verify_hash_signed(request.env(su=True), scope, note)
        except ValueError:
            return None

    def _contact_values(self, company):
        """Return the telephone and hours for who cannot go on here."""
        desk_sudo = request.env["service.desk"]._known(company)[:1]
        hours = (
            texts.hours_text(request.env, desk_sudo._get_calendar())
            if desk_sudo
            else ""
        )
        return {"desk_phone": desk_sudo.phone or company.phone, "desk_hours": hours}

    def _page(self, template, company, values, lang=None, status=200, is_private=False):
        env = request.env
        qweb_sudo = env["ir.qweb"].sudo()
        active = values["active"]
        values |= {
            "request": request,
            "company_name": company.name,
            "company": company,
            "lang": env.lang,
            "direction": env["res.lang"]._get_data(code=env.lang).direction or "rtl",
            "shell": lambda title: qweb_sudo._desk_shell(
                company.name, active, str(title)
            ),
            "phone_text": lambda phone: texts.phone_text(env, phone),
            "number_text": lambda text: texts.number_text(env, text),
            "phone_link": lambda phone: "tel:" + to_latin_digits(phone or ""),
        }
        html = qweb_sudo._render(template, values, minimal_qcontext=True)
        headers = dict(HEADERS)
        if is_private:
            headers |= PRIVATE_HEADERS
        response = request.make_response(html, headers=list(headers.items()))
        response.status_code = status
        if lang and lang == env.lang:
            response.set_cookie(
                LANG_COOKIE, lang, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax"
            )
        return response
