from odoo import http
from odoo.http import request

from odoo.addons.agency_base.tools import normalize_mobile, only_digits

from .page import DeskPage

MAX_BODY_BYTES = 20000
ADDRESS_LIMIT = (40, 3600)
FORM_SCOPE = "service_desk.opinion"
FORM_HOURS = 24


class ServiceDeskVoice(DeskPage, http.Controller):
    """What people say of the desk: the rating of a request, and the open box."""

    @http.route(
        "/desk/rate/<string:token>", type="http", auth="public", methods=["GET"]
    )
    def rate_form(self, token, lang=None, **_kw):
        company, feedback_sudo = self._enter_with(token, lang)
        return self._rate_page(company, feedback_sudo, lang=lang)

    @http.route(
        "/desk/rate/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=MAX_BODY_BYTES,
    )
    def rate(self, token, **post):
        """Keep the rating of one request, once; no log-in, the link is the right."""
        company, feedback_sudo = self._enter_with(token)
        score = only_digits(str(post.get("score"))[:3])
        visits = only_digits(str(post.get("visits"))[:3])
        answers = {name: str(value) for name, value in post.items()} | {
            "score": int(score or 0),
            "visits": int(visits or 0),
        }
        problem = ""
        if not feedback_sudo._rate(answers) and not feedback_sudo._is_said(answers):
            problem = "rated" if feedback_sudo.rated_at else "score"
        return self._rate_page(company, feedback_sudo, typed=answers, problem=problem)

    @http.route("/desk/opinion", type="http", auth="public", methods=["GET"])
    def opinion_form(self, lang=None, **_kw):
        company = self._enter(lang)
        return self._opinion_page(company, lang=lang)

    @http.route(
        "/desk/opinion",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=MAX_BODY_BYTES,
    )
    def opinion(self, text="", kind="", mobile="", form="", **_post):
        """Keep what somebody wrote; once, however often the page is sent."""
        company = self._enter()
        opinions = request.env["service.desk.opinion"]
        key = self._signed(FORM_SCOPE, form)
        made_sudo = key and opinions._made_of(key[0], company)
        if made_sudo:
            return self._opinion_page(company, reference=made_sudo.reference)
        typed = {"text": str(text), "kind": str(kind), "mobile": str(mobile)[:30]}
        if not key:
            return self._opinion_page(company, typed=typed, problem="expired")
        typed["form"] = form
        if not typed["text"].strip():
            return self._opinion_page(company, typed=typed, problem="empty")
        if typed["mobile"].strip() and not normalize_mobile(typed["mobile"]):
            return self._opinion_page(company, typed=typed, problem="mobile")
        if self._wait("opinion", address=ADDRESS_LIMIT):
            return self._opinion_page(
                company, typed=typed, problem="limited", status=429
            )
        made_sudo = opinions._receive(
            company,
            typed["kind"],
            typed["text"],
            mobile=typed["mobile"],
            form_key=key[0],
        )
        return self._opinion_page(company, reference=made_sudo.reference)

    # === Shared ===

    def _enter_with(self, token, lang=None):
        """Return the company and the feedback of a link, else answer 404.

        Guesses are counted; there are 2**96 tokens.
        """
        company = self._enter(lang)
        limited = self._wait("rate", address=ADDRESS_LIMIT)
        feedback_sudo = request.env["service.desk.feedback"]._find_by_token(
            token[:64], company
        )
        if limited or not feedback_sudo:
            raise self._missing(company)
        return company, feedback_sudo

    def _rate_page(self, company, feedback_sudo, typed=None, problem="", lang=None):
        request_sudo = feedback_sudo.request_id
        content = request_sudo.version_id._get_content()
        comment = (typed or {}).get("comment") or ""
        values = {
            "active": "rate",
            "is_rated": bool(feedback_sudo.rated_at),
            "service_name": content["name"],
            "inside": request_sudo._inside_values(),
            "typed": typed or {},
            "problem": problem,
            "can_complain": feedback_sudo.score and feedback_sudo.score < 3,
        }
        if problem == "rated" and comment.strip():
            # What was typed beside a second rating may go into the open box.
            values |= self._opinion_values(company, {"text": comment})
        return self._page(
            "service_desk.public_rate", company, values, lang, is_private=True
        )

    def _opinion_values(self, company, typed):
        """Return what the form of the open box needs."""
        kinds = request.env["service.desk.opinion"]._fields["kind"]
        return {
            "kinds": kinds._description_selection(request.env),
            "typed": typed,
            "form_key": typed.get("form") or self._new_form(FORM_SCOPE, FORM_HOURS),
            "has_gateway": bool(
                request.env["agency.sms.gateway"]._for_company(company)
            ),
        }

    def _opinion_page(self, company, typed=None, lang=None, status=200, **values):
        defaults = self._opinion_values(company, typed or {}) | {
            "active": "opinion",
            "problem": "",
            "reference": "",
        }
        return self._page(
            "service_desk.public_opinion",
            company,
            defaults | values,
            lang,
            status,
            is_private=True,
        )
