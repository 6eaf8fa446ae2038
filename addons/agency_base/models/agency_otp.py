import hmac
import secrets
from datetime import timedelta

from odoo import api, fields, models

from ..tools.context import without_defaults
from ..tools.digits import localize_digits, only_digits
from ..tools.keys import keyed_digest
from ..tools.phones import normalize_mobile

DIGITS, MINUTES, TRIES = 6, 3, 5
# At most so many codes in so many seconds: per number, per address, on the whole.
CAPS = {"number": (3, 900), "number_day": (10, 86400), "address": (20, 3600)}
CAP_INSTALLATION = (2000, 86400)


class AgencyOtp(models.Model):
    """One-time codes sent by SMS: hashed, short-lived, bound to session and purpose.

    Neither the code nor the number is kept. A code is good for one purpose in the
    browser session that asked for it, once.
    """

    _name = "agency.otp"
    _description = "One-time Code"
    _log_access = False

    digest = fields.Char(required=True, index=True, help="Of session, purpose, number.")
    code_digest = fields.Char(required=True)
    expires_at = fields.Datetime(required=True, index=True)

    @api.model
    def _key(self, session, purpose, number):
        return keyed_digest("otp", f"{session}\0{purpose}\0{number}")

    @api.model
    def _send(self, number, purpose, session, address):
        """Send a code to ``number`` and return the seconds to wait: 0 when it was sent.

        Callers answer alike whether or not the number is known to them.
        """
        mobile = normalize_mobile(number)
        client = self.env["agency.throttle"]._client_key(address)
        wait = self.env["agency.throttle"]._hit(
            "otp",
            (f"number {mobile}", *CAPS["number"]),
            (f"number {mobile}", *CAPS["number_day"]),
            (f"address {client}", *CAPS["address"]),
            ("installation", *CAP_INSTALLATION),
        )
        if wait or not mobile:
            return wait
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        digest = self._key(session, purpose, mobile)
        # sudo: whoever asks for a code is nobody yet
        codes_sudo = without_defaults(self.sudo())
        codes_sudo.search([("digest", "=", digest)]).unlink()
        expires_at = fields.Datetime.now() + timedelta(minutes=MINUTES)
        codes_sudo.create(
            {
                "digest": digest,
                "code_digest": keyed_digest("otp code", f"{digest}{code}"),
                "expires_at": expires_at,
            }
        )
        without_defaults(self.env["sms.sms"].sudo()).create(
            {
                "number": mobile,
                "body": self.env._(
                    "Your code: %(code)s\nValid for %(minutes)s minutes. Give it to "
                    "nobody.",
                    code=code,
                    minutes=localize_digits(MINUTES, self.env.lang),
                ),
                "is_urgent": True,
                "valid_until": expires_at,
                "agency_company_id": self.env.company.id,
            }
        )
        return 0

    @api.model
    def _check_code(self, number, purpose, session, code):
        """Tell whether ``code`` is right, and use it up. Each call is one try.

        Tries are counted in a transaction of their own: a request that fails afterwards
        has tried all the same.
        """
        digest = self._key(session, purpose, normalize_mobile(number))
        if self.env["agency.throttle"]._hit("otp try", (digest, TRIES, MINUTES * 60)):
            return False
        known_sudo = self.sudo().search(
            [("digest", "=", digest), ("expires_at", ">", fields.Datetime.now())]
        )
        typed = keyed_digest("otp code", f"{digest}{only_digits(code)}")
        right = hmac.compare_digest(known_sudo.code_digest or "", typed)
        if right:
            known_sudo.unlink()
        return right

    @api.autovacuum
    def _gc_expired(self):
        self.search([("expires_at", "<", fields.Datetime.now())]).unlink()
