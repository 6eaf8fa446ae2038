import json

from odoo import http
from odoo.http import request

from odoo.addons.bus.websocket import WebsocketConnectionHandler

from .. import texts
from ..tools import persian_words, qr_data
from .page import DeskPage

# (attempts, seconds) of one network: a kiosk serves a hall
DRAW_LIMIT = (300, 3600)
LOOK_LIMIT = (3000, 3600)
MAX_BODY_BYTES = 4096
FORM_SCOPE = "service_desk.kiosk"
# A kiosk may stand there untouched over the holidays.
FORM_HOURS = 31 * 24


class ServiceDeskHall(DeskPage, http.Controller):
    """The hall: drawing a number, the display, and one's own place in the queue."""

    @http.route(
        "/desk/hall/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def hall(self, token, lang=None, **_kw):
        company, desk_sudo = self._enter_desk("hall_token", token, lang)
        values = {
            "active": "hall",
            "desk": desk_sudo,
            "day": self._day_text(desk_sudo),
            "state_path": f"/desk/hall/{token}/state",
            "channel": desk_sudo._hall_channel(),
            "socket_version": WebsocketConnectionHandler._VERSION,
        }
        return self._page(
            "service_desk.public_hall", company, values, lang, is_private=True
        )

    @http.route(
        "/desk/hall/<string:token>/state",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        readonly=True,
    )
    def hall_state(self, token, **_kw):
        _company, desk_sudo = self._enter_desk("hall_token", token)
        env = request.env
        state = desk_sudo._hall_state()
        is_persian = texts.is_persian(env)
        for call in state["called"]:
            number, counter = call["number"], call["counter"]
            call["spoken"] = env._(
                "Number %(number)s, counter %(counter)s",
                number=persian_words(number) if is_persian else number,
                counter=persian_words(counter) if is_persian else counter,
            )
        state["opens"] = desk_sudo._open_text()
        state["day"] = self._day_text(desk_sudo)
        return request.make_response(
            json.dumps(state, ensure_ascii=False),
            headers=[
                ("Content-Type", "application/json; charset=utf-8"),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    @http.route(
        "/desk/kiosk/<string:token>", type="http", auth="public", methods=["GET"]
    )
    def kiosk(self, token, lang=None, **_kw):
        company, desk_sudo = self._enter_desk("kiosk_token", token, lang)
        return self._kiosk_page(company, desk_sudo, lang=lang)

    @http.route(
        "/desk/kiosk/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=MAX_BODY_BYTES,
    )
    def kiosk_draw(self, token, priority="", form="", **_post):
        """Draw a number; a page that is loaded again shows the number it had."""
        company, desk_sudo = self._enter_desk("kiosk_token", token)
        tickets = request.env["service.desk.ticket"]
        key = self._signed(FORM_SCOPE, form)
        if not key or key[1] != desk_sudo.id:
            return self._kiosk_page(company, desk_sudo, problem="again")
        drawn_sudo = tickets._made_of(key[0], company)
        if drawn_sudo:
            return self._kiosk_page(company, desk_sudo, ticket=drawn_sudo)
        if self._wait("draw", address=DRAW_LIMIT):
            return self._kiosk_page(company, desk_sudo, problem="limited", status=429)
        if not desk_sudo._is_open():
            return self._kiosk_page(company, desk_sudo, problem="closed")
        ticket_sudo = tickets._draw(
            desk_sudo, is_priority=bool(priority), form_key=key[0]
        )
        return self._kiosk_page(company, desk_sudo, ticket=ticket_sudo)

    @http.route(
        "/desk/turn/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def turn(self, token, lang=None, **_kw):
        """Show how many people are before the holder of a number."""
        company = self._enter(lang)
        limited = self._wait("turn", address=LOOK_LIMIT)
        tickets_sudo = request.env["service.desk.ticket"].sudo()
        ticket_sudo = tickets_sudo.search(
            [("token", "=", token[:64]), ("company_id", "=", company.id)]
        )
        if limited or not ticket_sudo:
            raise self._missing(company)
        is_today = ticket_sudo.day == ticket_sudo.desk_id._hall_day()
        values = {
            "active": "turn",
            "ticket": ticket_sudo,
            "state": ticket_sudo.state if is_today else "done",
            "ahead": ticket_sudo._ahead() if is_today else 0,
        }
        return self._page(
            "service_desk.public_turn", company, values, lang, is_private=True
        )

    # === Shared ===

    def _day_text(self, desk_sudo):
        return texts.day_text(request.env, desk_sudo._hall_day(), texts.DAY_YEAR)

    def _enter_desk(self, field, token, lang=None):
        """Return the company and the desk a display belongs to, else answer 404.

        sudo: the token is the right; what is shown hangs on the wall
        """
        company = self._enter(lang)
        desk_sudo = request.env["service.desk"].sudo()
        desk_sudo = desk_sudo.search(
            [
                (field, "=", token[:64]),
                ("company_id", "=", company.id),
                ("has_queue", "=", True),
            ]
        )
        if not desk_sudo:
            raise self._missing(company)
        return company, desk_sudo

    def _kiosk_page(
        self, company, desk_sudo, ticket=None, problem="", lang=None, status=200
    ):
        env = request.env
        waiting = desk_sudo._queue_length().get(desk_sudo, 0)
        values = {
            "active": "kiosk",
            "desk": desk_sudo,
            "ticket": ticket,
            "problem": problem,
            "is_open": desk_sudo._is_open(),
            "waiting": waiting,
            "form_key": self._new_form(FORM_SCOPE, FORM_HOURS, desk_sudo.id),
            "opens": desk_sudo._open_text(),
            "hours": texts.hours_text(env, desk_sudo._get_calendar()),
            "qr": qr_data(f"{desk_sudo.get_base_url()}/desk/turn/{ticket.token}")
            if ticket
            else "",
            "ahead": ticket._ahead() if ticket else 0,
            "moment": texts.moment_text(env, ticket.drawn_at, company)
            if ticket
            else "",
        }
        return self._page(
            "service_desk.public_kiosk", company, values, lang, status, is_private=True
        )
