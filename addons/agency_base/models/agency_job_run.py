# Jobs are transactions of their own: committing is their business.
# pylint: disable=invalid-commit
import logging
import time
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.sql_db import Cursor
from odoo.tools import SQL

from ..tools.jobs import JobCancelled, JobPaused, is_job_method
from .agency_job import BACK_OFF_BASE, MAX_ATTEMPTS

_logger = logging.getLogger(__name__)

# Cron workers are stopped after 60 s of CPU time.
SLICE_SECONDS = 30
# How often a slice that lost against another transaction is run again at once.
CONCURRENCY_TRIES = 10
# The namespace of our advisory locks: any constant that nobody else uses.
LOCK_SPACE = 0x61676A62


class AgencyJobRun(models.Model):
    """How jobs are run: every one in connections of its own.

    * One connection holds an advisory lock as long as the job runs. It goes with the
      process: a job marked as running whose lock is free was interrupted.
    * The other one does the work. Progress is written in the same transaction as the
      work it reports, so a job taken up again neither repeats nor skips anything.
    """

    _inherit = "agency.job"

    @api.model
    def _cron_run(self):
        """Run due jobs for one slice of time; never raise."""
        end = time.monotonic() + SLICE_SECONDS
        tried = set()
        while time.monotonic() < end:
            due = self._due().filtered(lambda job: job.id not in tried)[:1]
            # Committing gives up the snapshot: the next look sees what others did.
            self.env["ir.cron"]._commit_progress(remaining=len(due))
            if not due:
                break
            tried.add(due.id)
            try:
                due._run(end)
            except Exception:
                # Even a broken job must not take the others, or the cron, with it.
                _logger.exception("Background work %s could not be run", due.id)
            self.env["ir.cron"]._commit_progress(1)
        self._plan_next(tried)

    @api.model
    def _due(self):
        """Return the jobs that wait or were interrupted, the most urgent first."""
        return self.search(
            [
                ("state", "in", ("pending", "running")),
                ("run_after", "<=", fields.Datetime.now()),
            ],
            order="priority, run_after, id",
            limit=200,
        )

    @api.model
    def _plan_next(self, tried):
        """Wake the cron for what is left: at once, or when the next job is due."""
        waiting = self.search(
            [("state", "=", "pending")], order="run_after, id", limit=1
        )
        if waiting:
            self._wake(max(waiting.run_after, fields.Datetime.now()))

    def _run(self, end=None):
        """Run a job until it ends or pauses; do nothing if another process has it."""
        self.ensure_one()
        with self.env.registry.cursor() as lock_cr:
            if isinstance(lock_cr, Cursor):
                # An idle transaction of this level holds no snapshot back.
                lock_cr.execute(SQL("SET TRANSACTION ISOLATION LEVEL READ COMMITTED"))
            lock_cr.execute(
                SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK_SPACE, self.id)
            )
            if not lock_cr.fetchone()[0]:
                return
            with self.env.registry.cursor() as cr:
                job = self.with_env(api.Environment(cr, SUPERUSER_ID, {}))
                if job._begin():
                    job._execute(end or time.monotonic() + SLICE_SECONDS)

    def _begin(self):
        """Mark the job as running, or as failed if it was interrupted too often."""
        if self.state not in ("pending", "running"):
            return False
        if self.attempts >= MAX_ATTEMPTS:
            # It may be what brought the server down: do not give it another chance.
            self._end(
                "failed", error=self.env._("The server stopped at it repeatedly.")
            )
            return False
        self.write(
            {
                "state": "running",
                "attempts": self.attempts + 1,
                "started_at": self.started_at or fields.Datetime.now(),
            }
        )
        self.env.cr.commit()
        return True

    def _execute(self, end):
        """Call the method until it is through, paused, cancelled or failed."""
        for _attempt in range(CONCURRENCY_TRIES):
            try:
                result = self._call(end)
                self._end("done", result=result, message=False)
                return
            except (JobPaused, JobCancelled):  # noqa: PERF203
                return
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as error:
                failure = error
                self.env.cr.rollback()
                if self.state != "running":
                    return
            except Exception as error:
                self.env.cr.rollback()
                self._fail(error)
                return
        self._fail(failure)

    def _call(self, end):
        context = {
            "lang": self.lang,
            "tz": self.user_id.tz or self.company_id.agency_tz,
            "allowed_company_ids": self.company_id.ids,
            "agency_job_end": end,
        }
        model_class = self.env.registry.models.get(self.model)
        if not (model_class and is_job_method(model_class, self.method)):
            raise UserError(self.env._("This work is no longer known to the system."))
        env = self.env(user=self.user_id.id, context=context, su=False)
        records = env[self.model].browse(self.res_ids or []).exists()
        job_sudo = self.with_context(**context)
        return getattr(records, self.method)(job_sudo, **(self.arguments or {}))

    def _checkpoint(self, done, total=None, message=None, memory=None):
        """Commit what was done so far; pause when the slice of time is used up.

        Called by job methods. ``done`` is where the job goes on if it is interrupted;
        ``memory`` is what else it has to know then, fit for JSON.
        """
        vals = {"done_count": done, "attempts": 1}
        if total is not None:
            vals["total_count"] = total
        if message is not None:
            vals["message"] = message
        if memory is not None:
            vals["memory"] = memory
        self.write(vals)
        paused = time.monotonic() >= self.env.context.get("agency_job_end", 0)
        if paused:
            # behind the others of the same priority
            self.write({"state": "pending", "run_after": fields.Datetime.now()})
        self.env.cr.commit()
        if paused:
            raise JobPaused
        # Committing started a new snapshot.
        self.invalidate_recordset()
        if self.state != "running":
            raise JobCancelled

    def _each(self, records):
        """Yield the job's records one by one, each in its own transaction.

        Records dealt with before an interruption, or deleted since, are left out.
        """
        ids = self.res_ids
        for position in range(self.done_count, len(ids)):
            if record := records.browse(ids[position]).exists():
                yield record
            self._checkpoint(position + 1)

    def _end(self, state, **vals):
        if state == "done":
            vals["memory"] = False
        self.write({"state": state, "done_at": fields.Datetime.now(), **vals})
        self.env.cr.commit()

    def _fail(self, error):
        """Plan another attempt, or give up: at once if trying again is no use."""
        if isinstance(error, UserError):
            self._end("failed", error=str(error))
            return
        _logger.error("Background work %s failed", self.id, exc_info=error)
        # Values of a record may stand in the exception's text: name its kind only.
        reason = self.env._(
            "Unexpected error (%(kind)s); details are in the server's log.",
            kind=type(error).__name__,
        )
        if self.attempts >= MAX_ATTEMPTS:
            self._end("failed", error=reason)
            return
        delay = timedelta(minutes=BACK_OFF_BASE ** (self.attempts - 1))
        self.write(
            {
                "state": "pending",
                "error": reason,
                "run_after": fields.Datetime.now() + delay,
            }
        )
        self.env.cr.commit()
