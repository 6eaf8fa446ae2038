import ipaddress
import time

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.keys import keyed_digest
from ..tools.own_transaction import own_transaction


class AgencyThrottle(models.Model):
    """How often something was tried lately, by code, address or number.

    Attempts are counted in a transaction of their own that is committed at once: an
    attempt that ends in an error, or in a rollback, has been made all the same.
    A window slides: the attempts of the window before count by the share of it that
    is still in sight.
    """

    _name = "agency.throttle"
    _description = "Counted Attempts"
    _log_access = False
    _order = "expires_at desc, id desc"

    scope = fields.Char(required=True, readonly=True)
    key = fields.Char(
        required=True,
        readonly=True,
        help="Keyed digest of what is counted: neither addresses nor codes are kept.",
    )
    seconds = fields.Integer(required=True, readonly=True, help="Length of the window.")
    bucket = fields.Integer(required=True, readonly=True)
    count = fields.Integer(required=True, readonly=True)
    expires_at = fields.Datetime(required=True, readonly=True, index=True)

    _key_uniq = models.UniqueIndex("(scope, key, seconds, bucket)")

    @api.model
    def _hit(self, scope, *limits):
        """Count one attempt and return the seconds to wait: 0 when it is allowed.

        Each of ``limits`` is ``(key, limit, seconds)``: at most ``limit`` attempts
        with ``key`` in any ``seconds``. All keys are counted in one statement, whatever
        the outcome. Not for routes with ``readonly=True``.
        """
        now = time.time()
        digests = {
            key: keyed_digest(f"throttle {scope}", key)
            for key in {key for key, *_ in limits}
        }
        windows = {(digests[key], seconds): limit for key, limit, seconds in limits}
        with own_transaction(self.env) as cr:
            counted = self._count(cr, scope, windows, now)
        wait = 0
        for key, seconds, count, before in counted:
            elapsed = now % seconds
            weighed = count + (before or 0) * (1 - elapsed / seconds)
            if weighed > windows[key, seconds]:
                wait = max(wait, int(seconds - elapsed) + 1)
        return wait

    @api.model
    def _count(self, cr, scope, windows, now):
        """Return ``(key, seconds, count, count of the window before)`` for each key."""
        # always in the same order, so that two attempts cannot block each other
        keys, seconds = zip(*sorted(windows), strict=True)
        buckets = [int(now // length) for length in seconds]
        # Nobody waits for the disk: a crash forgets the attempts of its moment alone.
        cr.execute(
            SQL(
                """
                SET LOCAL synchronous_commit TO OFF;
                INSERT INTO agency_throttle AS throttle
                            (scope, key, seconds, bucket, count, expires_at)
                     SELECT %s, key, seconds, bucket, 1,
                            to_timestamp((bucket + 2)::bigint * seconds)
                            AT TIME ZONE 'UTC'
                       FROM unnest(%s::text[], %s::int[], %s::int[])
                         AS attempt (key, seconds, bucket)
                ON CONFLICT (scope, key, seconds, bucket)
                  DO UPDATE SET count = throttle.count + 1
                  RETURNING key, seconds, count, (
                         SELECT previous.count
                           FROM agency_throttle AS previous
                          WHERE previous.scope = throttle.scope
                            AND previous.key = throttle.key
                            AND previous.seconds = throttle.seconds
                            AND previous.bucket = throttle.bucket - 1
                     )
                """,
                scope,
                list(keys),
                list(seconds),
                buckets,
            )
        )
        return cr.fetchall()

    @api.model
    def _client_key(self, address):
        """Return what ``address`` is counted by: a household has a whole IPv6 /64."""
        try:
            ip = ipaddress.ip_address(address or "")
        except ValueError:
            return "unknown"
        if ip.version == 6 and ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        if ip.version == 6:
            return str(ipaddress.ip_network((ip, 64), strict=False))
        return str(ip)

    @api.autovacuum
    def _gc_expired(self):
        self.env.cr.execute(
            SQL(
                "DELETE FROM agency_throttle WHERE expires_at < %s",
                fields.Datetime.now(),
            )
        )
