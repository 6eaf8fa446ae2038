# Each message is a transaction of its own, committed before and after the call.
# pylint: disable=invalid-commit
import logging
import time
from datetime import datetime, timedelta

import pytz

from odoo import SUPERUSER_ID, api, fields, models
from odoo.sql_db import Cursor
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

SLICE_SECONDS = 30
MAX_ATTEMPTS = 5
# Minutes until the next attempt: 1, 5, 25, 125.
BACK_OFF_BASE = 5
# Nobody is reminded of an appointment of last week.
MAX_AGE = timedelta(days=2)
LOCK_SPACE = 0x61676A73
STATES = {"sent": "pending", "delivered": "sent", "unknown": "process"}


class SmsSms(models.Model):
    """Odoo's queue of SMS, emptied through the agency's own gateways.

    Odoo's paid service is never contacted. Without a gateway a message fails at once
    and says why; it can be sent again when there is one.
    """

    _inherit = "sms.sms"

    agency_company_id = fields.Many2one(
        "res.company",
        "Sent For",
        default=lambda self: self.env.company,
        ondelete="cascade",
        index=True,
    )
    is_urgent = fields.Boolean(
        help="Sent at any hour and without limit, as one-time codes are."
    )
    run_after = fields.Datetime(readonly=True, copy=False)
    valid_until = fields.Datetime(
        readonly=True,
        index="btree_not_null",
        help="Of one-time codes: not sent later, and the text is not kept.",
    )
    failure_type = fields.Selection(
        selection_add=[
            ("agency_no_gateway", "No SMS gateway is set up"),
            ("agency_limit", "Too many messages to this number"),
            ("agency_expired", "Too old to be sent"),
        ]
    )

    def _get_sms_company(self):
        return self.agency_company_id[:1] or super()._get_sms_company()

    def send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        """Have the queue look at the messages: nobody waits for a provider."""
        self.env.ref("sms.ir_cron_sms_scheduler_action").sudo()._trigger()

    def _send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        """Leave sending to the queue, whichever way it was asked for."""
        self.send()

    @api.model
    def _process_queue(self):
        """Send what is due, one message after another, for one slice of time."""
        end = time.monotonic() + SLICE_SECONDS
        with self.env.registry.cursor() as lock_cr:
            if isinstance(lock_cr, Cursor):
                lock_cr.execute(SQL("SET TRANSACTION ISOLATION LEVEL READ COMMITTED"))
            # Whoever holds the lock is alive; it goes with the process.
            lock_cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s, 0)", LOCK_SPACE))
            if not lock_cr.fetchone()[0]:
                return
            with self.env.registry.cursor() as cr:
                queue = self.with_env(api.Environment(cr, SUPERUSER_ID, {}))
                queue._settle_interrupted()
                done = queue._send_due(end)
        remaining = self.search_count(self._due_domain()) if done else 0
        self.env["ir.cron"]._commit_progress(done, remaining=remaining)

    @api.model
    def _due_domain(self):
        now = fields.Datetime.now()
        return [
            ("state", "=", "outgoing"),
            ("to_delete", "!=", True),
            "|",
            ("run_after", "=", False),
            ("run_after", "<=", now),
        ]

    @api.model
    def _send_due(self, end):
        """Send due messages, urgent ones first; return how many were dealt with."""
        done = 0
        while time.monotonic() < end:
            sms = self.search(self._due_domain(), order="is_urgent DESC, id", limit=1)
            if not sms:
                break
            try:
                sms._send_one()
            except Exception:
                _logger.exception("SMS %s could not be sent", sms.id)
                self.env.cr.rollback()
                sms._postpone(timedelta(minutes=BACK_OFF_BASE))
            self.env.cr.commit()
            done += 1
        return done

    def _send_one(self):
        """Send one message, or say why not."""
        self.ensure_one()
        company = self._get_sms_company()
        gateway = self.env["agency.sms.gateway"]._for_company(company)
        if not gateway:
            return self._fail("agency_no_gateway")
        if not self.number:
            return self._fail("sms_number_missing")
        if self.create_date < fields.Datetime.now() - MAX_AGE or self._is_stale():
            return self._fail("agency_expired")
        if not self.is_urgent and not self._is_polite(gateway):
            return None
        log = self.env["agency.sms.log"]._begin(self, gateway)
        self.state = "process"
        self.env.cr.commit()
        outcome = gateway._transmit(self.number, self.body or "", self.uuid)
        return self._settle(log, outcome.state, outcome.reference, outcome.reason)

    def _is_stale(self):
        """Tell whether the one-time code in the message is of no use any more."""
        if not self.valid_until:
            return False
        return not self.body or self.valid_until < fields.Datetime.now()

    def _settle(self, log, state, reference=None, reason=None):
        """Write down what became of the message."""
        log.write({"state": state, "reason": reason or False})
        if reference:
            log.reference = reference
        if state == "retry":
            if log.attempts >= MAX_ATTEMPTS:
                log.state = "failed"
                return self._fail("sms_server")
            self.state = "outgoing"
            minutes = BACK_OFF_BASE ** (log.attempts - 1)
            return self._postpone(timedelta(minutes=minutes))
        if state == "failed":
            known = {"number": "sms_number_format"}
            return self._fail(known.get(reason, "sms_server"))
        self._update_sms_state_and_trackers(STATES[state], failure_type=False)
        # The text is not kept once it is on its way.
        self.to_delete = state in ("sent", "delivered")
        self._forget_code()
        return None

    def _fail(self, failure_type):
        # The notification of a message knows Odoo's own reasons only.
        known = failure_type if failure_type.startswith("sms_") else "sms_server"
        self.sms_tracker_id.sudo()._action_update_from_sms_state(
            "error", failure_type=known
        )
        self.write({"state": "error", "failure_type": failure_type})
        self._forget_code()

    def _forget_code(self):
        """Erase the one-time code, whatever became of the message."""
        self.filtered("valid_until").body = False

    @api.autovacuum
    def _gc_codes(self):
        """Erase codes of messages that somebody cancelled or that never came up."""
        domain = [("valid_until", "<", fields.Datetime.now()), ("body", "!=", False)]
        self.search(domain)._forget_code()

    def _postpone(self, delay):
        self.run_after = fields.Datetime.now() + delay
        self.env.ref("sms.ir_cron_sms_scheduler_action")._trigger(self.run_after)

    def _is_polite(self, gateway):
        """Tell whether the message may go now; postpone or fail it otherwise."""
        wait = self._quiet_time(gateway)
        if wait:
            self._postpone(wait)
            return False
        logs = self.env["agency.sms.log"]
        is_new = not logs.search_count([("local_id", "=", self.uuid)], limit=1)
        if gateway.daily_limit and is_new:
            sent = logs._count_today(gateway.company_id, self.number)
            if sent >= gateway.daily_limit:
                self._fail("agency_limit")
                return False
        return True

    @api.model
    def _quiet_time(self, gateway):
        """Return how long nobody is to be disturbed from now on."""
        zone = pytz.timezone(gateway.company_id.agency_tz)
        now = pytz.utc.localize(fields.Datetime.now()).astimezone(zone)
        hour = now.hour + now.minute / 60
        start, end = gateway.quiet_from, gateway.quiet_to
        if start == end:
            return None
        quiet = start <= hour < end if start < end else hour >= start or hour < end
        return timedelta(hours=(end - hour) % 24) if quiet else None

    @api.model
    def _settle_interrupted(self):
        """Find out about messages whose sending was interrupted or left unanswered.

        The provider is asked by our id. One it never got is sent again; one nobody
        knows about stays unknown.
        """
        hour_ago = fields.Datetime.now() - timedelta(hours=1)
        logs = self.env["agency.sms.log"].search(
            [
                "|",
                ("state", "=", "sending"),
                "&",
                ("state", "=", "unknown"),
                "|",
                ("asked_at", "=", False),
                ("asked_at", "<", hour_ago),
                ("create_date", ">", datetime.now() - MAX_AGE),
            ],
            limit=50,
            order="id",
        )
        for log in logs:
            state = log.gateway_id and log.gateway_id._ask(log.local_id)
            log.asked_at = fields.Datetime.now()
            sms = self.search([("uuid", "=", log.local_id)])
            if state == "absent":
                sms._settle(log, "retry") if sms else log.write({"state": "failed"})
            elif sms:
                sms._settle(log, state or "unknown", reason=log.reason)
            else:
                log.state = state or "unknown"
            self.env.cr.commit()
