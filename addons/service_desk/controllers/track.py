from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.agency_base.tools import only_digits

from .. import texts
from ..models.service_desk_request_document_upload import MAX_FILE_BYTES
from ..models.service_desk_request_outside import LONGEST_OBJECTION
from .page import DeskPage

MAX_BODY_BYTES = 4096
# (attempts, seconds): a person mistypes a few times; an office shares one address. Who
# goes on guessing waits longer and longer: minutes, an hour, a day.
CODE_LIMITS = ((10, 600), (20, 3600), (40, 86400))
ADDRESS_LIMITS = ((60, 600), (240, 3600), (2000, 86400))
# What somebody who was let in may send, for one code.
ANSWER_LIMIT = (30, 3600)
UPLOAD_LIMIT = (20, 3600)
MAX_UPLOAD_BYTES = 16 * 1024 * 1024
FILES_AT_ONCE = 3


class ServiceDeskTrack(DeskPage, http.Controller):
    """Following a request: by its code and a second secret, without a log-in.

    Whoever gave both gets a pass, a signed note that lasts for an hour, and with it may
    answer, object and send what is missing. Neither secret is asked or sent again.
    """

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
        company = self._enter()
        code, digits = only_digits(str(code)[:30]), only_digits(str(digits)[:10])
        # Counted before anything is looked up, whether it exists or not.
        wait = self._wait(
            "track",
            *((code, *limit) for limit in CODE_LIMITS),
            address=ADDRESS_LIMITS,
        )
        if wait:
            return self._track_page(
                company, code=code, digits=digits, status=429, **self._limited(wait)
            )
        requests = request.env["service.desk.request"]
        found_sudo = requests._find_tracked(code, digits, company)
        if not found_sudo:
            return self._track_page(
                company, code=code, digits=digits, problem="not_found"
            )
        return self._result_page(company, found_sudo)

    @http.route(
        "/desk/track/inside",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=MAX_BODY_BYTES,
    )
    def inside(self, answer="", unit="", **post):
        """Take the answer to “were you sent inside?”."""
        company = self._enter()
        found_sudo, refusal = self._let_in(company, post, ANSWER_LIMIT)
        if refusal:
            return refusal
        if answer not in ("yes", "no"):
            raise NotFound
        found_sudo._answer_sent_inside(answer, str(unit)[:80])
        return self._result_page(company, found_sudo)

    @http.route(
        "/desk/track/rate",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=MAX_BODY_BYTES,
    )
    def rate(self, **post):
        """Lead to the rating, for those whom no SMS brought the link."""
        company = self._enter()
        found_sudo, refusal = self._let_in(company, post, ANSWER_LIMIT)
        if refusal:
            return refusal
        if not found_sudo._can_rate():
            return self._result_page(company, found_sudo)
        return request.redirect(found_sudo._rating_path(), 303)

    @http.route(
        "/desk/track/object",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=MAX_UPLOAD_BYTES,
    )
    def object_to(self, text="", **post):
        """Register the objection to a rejection; once, however often it is sent."""
        company = self._enter()
        found_sudo, refusal = self._let_in(company, post, ANSWER_LIMIT)
        if refusal:
            return refusal
        problem = found_sudo._object_online(str(text), self._files())
        typed = str(text)[:LONGEST_OBJECTION] if problem else ""
        return self._result_page(company, found_sudo, problem=problem, typed=typed)

    @http.route(
        "/desk/track/upload",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=MAX_UPLOAD_BYTES,
    )
    def upload(self, document="", **post):
        """Take the files of a missing document; the same file twice is one file."""
        company = self._enter()
        found_sudo, refusal = self._let_in(company, post, UPLOAD_LIMIT)
        if refusal:
            return refusal
        problem = ""
        try:
            with request.env.cr.savepoint():
                found_sudo._take_missing(only_digits(str(document)[:12]), self._files())
        except UserError as error:
            problem = str(error)
        return self._result_page(company, found_sudo, problem=problem)

    @http.route(
        "/desk/track/appointment",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=MAX_BODY_BYTES,
    )
    def appointment(self, choice="", **post):
        """Show the free times, or take the one that was chosen, or call it off."""
        company = self._enter()
        found_sudo, refusal = self._let_in(company, post, ANSWER_LIMIT)
        if refusal:
            return refusal
        problem = ""
        try:
            if choice == "cancel":
                found_sudo._cancel_online()
            elif choice:
                found_sudo._book_online(str(choice)[:40])
        except UserError as error:
            problem = str(error)
        days = found_sudo._free_days() if problem or not choice else None
        return self._result_page(company, found_sudo, problem=problem, days=days)

    # === Shared ===

    def _files(self):
        """Return name and content of what was sent, no more of it than is looked at."""
        files = request.httprequest.files.getlist("files")[:FILES_AT_ONCE]
        return [
            (file.filename, file.read(MAX_FILE_BYTES + 1))
            for file in files
            if file.filename
        ]

    def _limited(self, seconds):
        env = request.env
        minutes = -(-seconds // 60)
        if minutes > 60:
            hours = texts.number_text(env, -(-minutes // 60))
            text = env._("Too many attempts; wait %s hours.", hours)
        else:
            one = env._("Too many attempts; wait a minute.")
            many = env._("Too many attempts; wait %s minutes.")
            text = texts.counted(env, minutes, one, many)
        return {"problem": "limited", "wait": text}

    def _let_in(self, company, post, limit):
        """Return the request the pass is for and no answer, or nothing and the answer.

        A pass is bound to one request of one company; a forged or a late one leads to
        the empty form.
        """
        found_sudo = request.env["service.desk.request"]._find_by_pass(
            str(post.get("pass") or "")[:600], company
        )
        if not found_sudo:
            return found_sudo, self._track_page(company, problem="expired")
        code = found_sudo.tracking_code
        wait = self._wait("answer", (code, *limit), address=ADDRESS_LIMITS)
        if wait:
            return found_sudo, self._track_page(
                company, code=code, status=429, **self._limited(wait)
            )
        return found_sudo, None

    def _result_page(
        self, company, found_sudo, problem="", status=200, days=None, typed=""
    ):
        user = request.env.user
        values = {
            "active": "track",
            # Who came from the list of his own goes back there.
            "is_mine": not user._is_public()
            and found_sudo.partner_id == user.partner_id,
            "track": found_sudo._tracking_values(),
            "problem": problem,
            # What was refused is given back, not lost.
            "typed": typed,
            # None: the free times were not asked for.
            "days": days,
            "max_bytes": MAX_FILE_BYTES,
            "max_files": FILES_AT_ONCE,
        }
        return self._page(
            "service_desk.public_track_result",
            company,
            values,
            status=status,
            is_private=True,
        )

    def _track_page(self, company, status=200, lang=None, **values):
        defaults = {
            "active": "track",
            "code": "",
            "digits": "",
            "problem": "",
            "wait": "",
        }
        return self._page(
            "service_desk.public_track_form",
            company,
            defaults | values | self._contact_values(company),
            lang,
            status,
            is_private=True,
        )
