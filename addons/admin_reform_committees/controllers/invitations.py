from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.agency_base.tools import localize_digits

MAX_BODY_BYTES = 16 * 1024
TOKEN_LENGTH = 64
# (attempts, seconds) with any link, for one address: answers are few, guesses many.
ADDRESS_LIMIT = (60, 600)


class Invitations(http.Controller):
    """Where somebody who is invited and has no account answers.

    The link is the only key: it names no record, opens one invitation, and a wrong one
    looks the same as one whose meeting was deleted.
    """

    @http.route(
        "/reform/invitation/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def show(self, token, **_kw):
        """Show the invitation, and what was answered."""
        return self._page(self._seat(token))

    @http.route(
        "/reform/invitation/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        max_content_length=MAX_BODY_BYTES,
    )
    def answer(self, token, answer="", note="", substitute="", **_post):
        """Take an answer in."""
        seat_sudo = self._seat(token)
        texts = {"note": str(note), "substitute": str(substitute)}
        try:
            seat_sudo._answer(str(answer), **texts)
        except UserError as error:
            return self._page(seat_sudo, fault=str(error), texts=texts)
        return self._page(seat_sudo, is_answered=True)

    @http.route(
        "/reform/invitation/<string:token>/proposal",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        max_content_length=MAX_BODY_BYTES,
    )
    def propose(self, token, title="", explanation="", minutes="", **_post):
        """Take an item in that somebody invited wants on the agenda."""
        seat_sudo = self._seat(token)
        texts = {
            "title": str(title),
            "explanation": str(explanation),
            "minutes": str(minutes),
        }
        try:
            seat_sudo._propose(**texts)
        except UserError as error:
            return self._page(seat_sudo, proposal_fault=str(error), texts=texts)
        return self._page(seat_sudo, is_proposed=True)

    def _seat(self, token):
        throttle = request.env["agency.throttle"]
        address = throttle._client_key(request.httprequest.remote_addr)
        # Counted before anything is looked up, whether it exists or not.
        waits = throttle._hit("invitation", (address, *ADDRESS_LIMIT))
        seat_sudo = request.env["reform.attendance"]._by_token(token[:TOKEN_LENGTH])
        if waits or not seat_sudo:
            raise request.not_found()
        lang = request.env["agency.seal"]._seal_lang(seat_sudo.company_id)
        request.update_context(lang=lang)
        return seat_sudo.with_context(lang=lang).with_company(seat_sudo.company_id)

    def _page(self, seat_sudo, **values):
        meeting_sudo = seat_sudo.meeting_id
        env = seat_sudo.env
        values = {
            "fault": None,
            "is_answered": False,
            "proposal_fault": None,
            "is_proposed": False,
            "texts": {},
            "proposals": seat_sudo._proposals(),
            "digits": lambda text: localize_digits(text, env.lang),
            "seat": seat_sudo,
            "meeting": meeting_sudo,
            "may_answer": seat_sudo._may_answer(),
            "when": meeting_sudo._planned_when(),
            "items": meeting_sudo._open_items(),
            **values,
        }
        response = request.render("admin_reform_committees.invitation_page", values)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
