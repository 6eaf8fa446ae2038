from odoo import api, fields, models

from odoo.addons.agency_base.tools import normalize_mobile, only_digits

from .. import texts
from ..tools import CODE_LENGTH, is_tracking_code


class AgencySmsInbound(models.Model):
    """What clients can ask and say by SMS: the state, a mark, an opinion."""

    _inherit = "agency.sms.inbound"

    desk_id = fields.Many2one(
        "service.desk",
        check_company=True,
        index="btree_not_null",
        help="Desk that answers; empty: the agency itself.",
    )

    def _writable_fields(self):
        return super()._writable_fields() | {"desk_id"}

    @api.model
    def _keyword_handlers(self):
        return super()._keyword_handlers() | {
            "پیگیری": "_desk_track",
            "track": "_desk_track",
            "امتیاز": "_desk_rate",
            "rate": "_desk_rate",
            "شکایت": "_desk_opinion",
            "complaint": "_desk_opinion",
            "پیشنهاد": "_desk_opinion",
            "suggestion": "_desk_opinion",
            "نظر": "_desk_opinion",
        }

    def _desk_words(self):
        return (self.text or "").split()[1:]

    def _desk_request(self, words):
        """Return the request whose code is in ``words``, if it is the sender's own.

        The number he writes from is the second secret.
        """
        digits = only_digits("".join(words))[:CODE_LENGTH]
        requests_sudo = self.env["service.desk.request"].sudo()
        if not is_tracking_code(digits):
            return requests_sudo
        found_sudo = requests_sudo.search(
            [
                ("tracking_code", "=", digits),
                ("company_id", "=", self.company_id.id),
                ("state", "!=", "draft"),
            ]
        )
        number = normalize_mobile(self.number)
        return found_sudo.filtered(
            lambda request_sudo: number and request_sudo.mobile == number
        )

    def _desk_reply(self, text):
        if self.env["agency.sms.gateway"]._for_company(self.company_id):
            self._reply(text)
        self.sudo().write({"state": "handled"})

    def _desk_track(self):
        """Answer “پیگیری CODE” with the state and the promised day."""
        lang = self.company_id.partner_id.lang or "fa_IR"
        request_sudo = self._desk_request(self._desk_words()).with_context(lang=lang)
        env = self.with_context(lang=lang).env
        if not request_sudo:
            return self._desk_reply(
                env._(
                    "No request with this code belongs to this number. Write the word "
                    "and the ten digits, from the number you gave at the desk."
                )
            )
        states = dict(request_sudo._fields["state"]._description_selection(env))
        return self._desk_reply(
            env._(
                "%(service)s: %(state)s. Promised: %(date)s",
                service=request_sudo.service_id.name,
                state=states[request_sudo.state],
                date=texts.day_text(env, request_sudo.date_promised) or "—",
            )
        )

    def _desk_rate(self):
        """Take “امتیاز CODE 5” as the rating of one's own request."""
        words = self._desk_words()
        score = only_digits(words[-1]) if words else ""
        request_sudo = self._desk_request(words[:-1])
        lang = self.company_id.partner_id.lang or "fa_IR"
        env = self.with_context(lang=lang).env
        if request_sudo.date_closed and score in ("1", "2", "3", "4", "5"):
            if request_sudo._take_rating({"score": int(score)}, "sms"):
                return self._desk_reply(env._("Thank you; your rating was counted."))
            return self._desk_reply(env._("You have rated this request before."))
        return self._desk_reply(
            env._("Write the word, the code of your request and a mark from 1 to 5.")
        )

    def _desk_opinion(self):
        """Put what was written into the box."""
        words = self._desk_words()
        if not words:
            return None
        kind = "complaint" if self.keyword in ("شکایت", "complaint") else "suggestion"
        self.env["service.desk.opinion"]._receive(
            self.company_id,
            kind,
            " ".join(words),
            channel="sms",
            mobile=self.number,
        )
        lang = self.company_id.partner_id.lang or "fa_IR"
        env = self.with_context(lang=lang).env
        return self._desk_reply(env._("Received. Thank you."))
