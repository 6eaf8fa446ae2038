import secrets

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.agency_base.tools import localize_digits

MAX_BODY_BYTES = 25 * 1024 * 1024
MAX_FOLLOW_BYTES = 4096
MAX_FILES = 5
MAX_TITLE, MAX_TEXT = 200, 6000
# (attempts, seconds) to guess a code, for one address.
FOLLOW_LIMIT = (20, 600)
GROUPS_OF_CODE = 4
FORM_KEY_BYTES, MAX_FORM_KEY = 16, 40


class ReformSuggestions(http.Controller):
    """Where everybody of the house, members and invited experts suggest and follow.

    A page of its own and no form of the web client: a form would keep who wrote it.
    """

    @http.route(
        "/reform/suggest", type="http", auth="user", methods=["GET"], website=True
    )
    def suggest_form(self):
        """Show the empty form."""
        return self._page()

    @http.route(
        "/reform/suggest",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=MAX_BODY_BYTES,
    )
    def suggest(self, name="", problem="", proposal="", benefit="", **post):
        """Take a suggestion in and show the code by which it is followed."""
        texts = {
            "name": self._text(name)[:MAX_TITLE],
            "problem": self._text(problem)[:MAX_TEXT],
            "proposal": self._text(proposal)[:MAX_TEXT],
            "benefit": self._text(benefit)[:MAX_TEXT],
        }
        anonymous = bool(post.get("is_anonymous"))
        unit = self._unit(post.get("department_id"))
        asked = {"texts": texts, "is_anonymous": anonymous, "unit": unit}
        if not all(texts[field] for field in ("name", "problem", "proposal")):
            fault = request.env._(
                "Write the subject, how it is today, and what you suggest."
            )
            return self._page(**asked, fault=fault)
        files = request.httprequest.files.getlist("files")[: MAX_FILES + 1]
        uploads = [(file.filename, file.read()) for file in files if file.filename]
        if len(uploads) > MAX_FILES:
            fault = request.env._(
                "At most %s files can be added.",
                self._digits(MAX_FILES),
            )
            return self._page(**asked, fault=fault)
        vals = {
            "is_anonymous": anonymous,
            "department_id": unit,
            "form_key": self._text(post.get("form_key", ""))[:MAX_FORM_KEY] or False,
        }
        try:
            suggestion_sudo = request.env["reform.suggestion"]._submit(
                texts | vals, uploads
            )
        except UserError as error:
            request.env.cr.rollback()
            return self._page(**asked, fault=str(error))
        return self._page(submitted=suggestion_sudo)

    @http.route(
        "/reform/suggest/follow",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=MAX_FOLLOW_BYTES,
    )
    def follow(self, code="", **_post):
        """Show what became of the suggestion with this code."""
        throttle = request.env["agency.throttle"]
        address = throttle._client_key(request.httprequest.remote_addr)
        # Counted before anything is looked up, whether it exists or not.
        if throttle._hit("suggestion", (address, *FOLLOW_LIMIT)):
            return self._page(
                follow_fault=request.env._("Too many attempts. Try again later.")
            )
        found_sudo = request.env["reform.suggestion"]._by_code(str(code)[:40])
        if not found_sudo:
            return self._page(
                follow_fault=request.env._("There is no suggestion with this code.")
            )
        return self._page(followed=found_sudo)

    @staticmethod
    def _text(value):
        # NUL cannot be stored.
        return str(value).replace("\0", "").strip()

    def _units(self):
        """Return the units of the agency that a suggestion may be about."""
        # sudo: who suggests need not be staff; names of units are no secret
        return (
            request.env["hr.department"]
            .sudo()
            .search([("company_id", "=", request.env.company.id)])
        )

    def _unit(self, value):
        """Return the id of a unit that was chosen, or nothing."""
        chosen = str(value or "")
        return next(
            (unit.id for unit in self._units() if str(unit.id) == chosen), False
        )

    def _page(self, **values):
        values = {
            "texts": {},
            "is_anonymous": False,
            "unit": False,
            "units": self._units(),
            "form_key": secrets.token_urlsafe(FORM_KEY_BYTES),
            "fault": None,
            "follow_fault": None,
            "submitted": None,
            "followed": None,
            "code_groups": self._code_groups,
            "digits": self._digits,
            **values,
        }
        response = request.render("admin_reform_committees.suggestion_page", values)
        response.headers["Cache-Control"] = "no-store"
        return response

    @staticmethod
    def _digits(value):
        return localize_digits(value, request.env.lang)

    @staticmethod
    def _code_groups(code):
        """Return a code as people read it out.

        >>> ReformSuggestions._code_groups("ABCD2345EFGH")
        'ABCD-2345-EFGH'
        """
        starts = range(0, len(code), GROUPS_OF_CODE)
        return "-".join(code[start : start + GROUPS_OF_CODE] for start in starts)
