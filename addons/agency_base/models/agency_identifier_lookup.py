from collections import Counter
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.identifiers import mask_identifier
from ..tools.keys import keyed_digest
from ..tools.own_transaction import own_transaction

VIEWER = "agency_base.group_identifier_viewer"
# At most so many different numbers for somebody who sees them masked: of one masked
# shape in a month, and to search for in an hour and in a day.
SHAPE_LIMIT, HOUR_LIMIT, DAY_LIMIT = 10, 60, 200
# Of one masked shape in a month, whoever asks: several accounts together learn no more.
SHARED_LIMIT = 40
MONTH = timedelta(days=30)
# The key of PostgreSQL's advisory lock.
LOCK = 0x1DE47


class AgencyIdentifierLookup(models.Model):
    """Numbers that somebody asked about who sees identifiers masked only.

    A masked national code leaves nine hundred numbers open. Whoever may ask "is it this
    one?", by searching for it or by trying to give it to a second contact, has it after
    half of them. So each user may ask about a few numbers of one masked shape, and all
    users together about a few more, which is more than serving people ever needs.
    Asking about the same number again is free, and what a colleague asked about does
    not count twice for all.
    """

    _name = "agency.identifier.lookup"
    _description = "Identifier Asked About"
    _log_access = False
    _order = "looked_at desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade"
    )
    number = fields.Char(required=True, readonly=True, help="A keyed digest of it.")
    shape = fields.Char(
        required=True, readonly=True, help="A keyed digest of what a mask leaves."
    )
    is_search = fields.Boolean(readonly=True)
    looked_at = fields.Datetime(required=True, readonly=True, index=True)

    _number_uniq = models.UniqueIndex("(user_id, number)")
    _shape_idx = models.Index("(shape, looked_at)")

    @api.model
    def _is_free(self):
        """Tell whether the user may ask as often as he likes: he sees the numbers."""
        # Asked of the user, not of his superuser mode: what an inherited or related
        # field searches for him runs with sudo().
        return self.env.uid == SUPERUSER_ID or self.env.user.has_group(VIEWER)

    @api.model
    def _ask(self, numbers, *, is_search):
        """Count that the user asks about ``numbers``, or refuse it.

        It is counted in a transaction of its own: a request that ends in an error has
        told what it told.

        :raise UserError: when it would be too many; then none of them is counted
        """
        if not numbers or self._is_free():
            return
        asked = {
            keyed_digest("identifier asked", number): keyed_digest(
                "identifier shape", mask_identifier(number)
            )
            for number in numbers
        }
        with own_transaction(self.env) as cr:
            # One after the other: requests at the same moment would each find room.
            cr.execute(SQL("SELECT pg_advisory_xact_lock(%s, 0)", LOCK))
            new = self._not_asked_before(cr, asked)
            refusal = new and (
                self._alike_refusal(cr, new)
                or (is_search and self._search_refusal(cr, len(new)))
            )
            if new and not refusal:
                self._note(cr, new, is_search)
        if refusal:
            raise UserError(refusal)

    @api.model
    def _not_asked_before(self, cr, asked):
        cr.execute(
            SQL(
                """
                SELECT number
                  FROM agency_identifier_lookup
                 WHERE user_id = %s AND number IN %s AND looked_at > %s
                """,
                self.env.uid,
                tuple(asked),
                fields.Datetime.now() - MONTH,
            )
        )
        before = {number for (number,) in cr.fetchall()}
        return {number: asked[number] for number in asked if number not in before}

    @api.model
    def _alike_refusal(self, cr, new):
        """Return why ``new`` numbers are too many that look alike, if they are."""
        own, shared = Counter(new.values()), Counter(new.values())
        cr.execute(
            SQL(
                """
                SELECT shape,
                       count(*) FILTER (WHERE user_id = %s),
                       count(DISTINCT number) FILTER (WHERE number NOT IN %s)
                  FROM agency_identifier_lookup
                 WHERE shape IN %s AND looked_at > %s
                 GROUP BY shape
                """,
                self.env.uid,
                tuple(new),
                tuple(own),
                fields.Datetime.now() - MONTH,
            )
        )
        for shape, by_user, by_all in cr.fetchall():
            own[shape] += by_user
            shared[shape] += by_all
        if max(own.values()) > SHAPE_LIMIT:
            return self.env._(
                "You have tried many numbers that look alike when they are masked. "
                "Whoever needs to see identifiers asks an administrator for the right "
                "“Sees identifiers unmasked”."
            )
        if max(shared.values()) > SHARED_LIMIT:
            return self.env._(
                "You and your colleagues have tried many numbers that look alike when "
                "they are masked. Whoever needs to see identifiers asks an "
                "administrator for the right “Sees identifiers unmasked”."
            )
        return None

    @api.model
    def _search_refusal(self, cr, more):
        """Return why searching for ``more`` numbers is too much now, if it is."""
        now = fields.Datetime.now()
        cr.execute(
            SQL(
                """
                SELECT count(*) FILTER (WHERE looked_at > %s), count(*)
                  FROM agency_identifier_lookup
                 WHERE user_id = %s AND is_search AND looked_at > %s
                """,
                now - timedelta(hours=1),
                self.env.uid,
                now - timedelta(days=1),
            )
        )
        hour, day = cr.fetchone()
        if hour + more > HOUR_LIMIT or day + more > DAY_LIMIT:
            return self.env._(
                "You have searched for many identifiers. Try again later, or ask an "
                "administrator for the right “Sees identifiers unmasked”."
            )
        return None

    @api.model
    def _note(self, cr, new, is_search):
        now = fields.Datetime.now()
        rows = SQL(", ").join(
            SQL("(%s, %s, %s, %s, %s)", self.env.uid, number, shape, is_search, now)
            for number, shape in new.items()
        )
        cr.execute(
            SQL(
                """
                INSERT INTO agency_identifier_lookup
                            (user_id, number, shape, is_search, looked_at)
                     VALUES %s
                ON CONFLICT (user_id, number)
                  DO UPDATE SET is_search = EXCLUDED.is_search,
                                looked_at = EXCLUDED.looked_at
                """,
                rows,
            )
        )

    @api.autovacuum
    def _gc_old(self):
        self.search([("looked_at", "<", fields.Datetime.now() - MONTH)]).unlink()
