from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.context import without_defaults
from ..tools.digits import localize_digits
from ..tools.jobs import is_job_method

# A job that is stopped or fails this often without getting any further is given up.
MAX_ATTEMPTS = 5
# Minutes until the next attempt: 1, 4, 16, 64.
BACK_OFF_BASE = 4
KEEP_DONE = timedelta(days=30)


class AgencyJob(models.Model):
    """Work that takes longer than a user should wait.

    Code enqueues a method marked with ``tools.jobs.job_method``; one cron, woken by
    `_enqueue`, runs the jobs one after another (see `agency_job_run`). A job acts for
    the user who asked for it, in his company and language. There is no way to create
    jobs by RPC, and none to name a method that is not marked.
    """

    _name = "agency.job"
    _description = "Background Work"
    _order = "id desc"

    # === What ===
    name = fields.Char(required=True, readonly=True)
    model = fields.Char(required=True, readonly=True)
    res_ids = fields.Json("Records", readonly=True)
    method = fields.Char(required=True, readonly=True)
    arguments = fields.Json(readonly=True)
    key = fields.Char(
        readonly=True, help="Of the jobs not yet finished only one has the same key."
    )
    priority = fields.Integer(
        readonly=True, default=10, help="Jobs with a smaller number go first."
    )

    # === For whom ===
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict", index=True
    )
    lang = fields.Char(readonly=True)

    # === Course ===
    state = fields.Selection(
        [
            ("pending", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="pending",
    )
    done_count = fields.Integer("Done", readonly=True, help="Records dealt with.")
    total_count = fields.Integer("Of", readonly=True, help="Records to deal with.")
    progress = fields.Float(compute="_compute_progress", help="Percent.")
    message = fields.Char(readonly=True, help="What is being done right now.")
    error = fields.Text(readonly=True)
    memory = fields.Json(
        readonly=True,
        groups="base.group_system",
        help="What an interrupted job has to know to go on.",
    )
    result = fields.Json(readonly=True)
    attempts = fields.Integer(
        readonly=True, help="Attempts since the job last got any further."
    )
    run_after = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now
    )
    started_at = fields.Datetime(readonly=True)
    done_at = fields.Datetime("Ended At", readonly=True)

    _due_idx = models.Index(
        "(priority, run_after, id) WHERE state IN ('pending', 'running')"
    )
    _key_uniq = models.UniqueIndex(
        "(key) WHERE state IN ('pending', 'running')",
        "This work is already under way.",
    )

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for job in self:
            job.display_name = localize_digits(job.name or "", self.env.lang)

    @api.depends("state", "done_count", "total_count")
    def _compute_progress(self):
        for job in self:
            if job.state == "done":
                job.progress = 100
            else:
                job.progress = 100 * job.done_count / (job.total_count or 1)

    @api.model
    def _enqueue(self, records, method, name, arguments=None, key=None, **options):
        """Queue ``method`` of ``records`` for the current user and return the job.

        ``name`` tells the user what is done. With a ``key`` the job that already
        waits or runs under it is returned instead. ``options``: ``priority``,
        ``run_after``. The job starts once the transaction is committed.
        """
        if not is_job_method(self.env.registry[records._name], method):
            raise ValueError(f"{records._name}.{method} is not a job method")
        # sudo: users have no right on jobs but to read and cancel their own
        jobs_sudo = without_defaults(self.sudo())
        if key:
            waiting = [("key", "=", key), ("state", "in", ("pending", "running"))]
            if known := jobs_sudo.search(waiting, limit=1):
                return known
        job_sudo = jobs_sudo.create(
            {
                "name": name,
                "model": records._name,
                "res_ids": records.ids,
                "method": method,
                "arguments": arguments or {},
                "key": key,
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "lang": self.env.lang,
                "total_count": len(records),
                **options,
            }
        )
        job_sudo._wake()
        return job_sudo

    def _wake(self, at=None):
        """Have the cron look at the queue, now or ``at`` some time."""
        # sudo: crons belong to the system
        self.env.ref("agency_base.ir_cron_agency_job").sudo()._trigger(at)

    def action_cancel(self):
        """Stop jobs that wait or run; what was committed stays done."""
        jobs_sudo = self._sudo_if_owner()
        if any(job.state not in ("pending", "running") for job in jobs_sudo):
            raise UserError(self.env._("This work has already ended."))
        jobs_sudo.write({"state": "cancelled", "done_at": fields.Datetime.now()})

    def action_retry(self):
        """Run failed or cancelled jobs again from where they stopped."""
        jobs_sudo = self._sudo_if_owner()
        if any(job.state not in ("failed", "cancelled") for job in jobs_sudo):
            raise UserError(self.env._("Only failed or cancelled work is run again."))
        jobs_sudo.write(
            {
                "state": "pending",
                "attempts": 0,
                "error": False,
                "done_at": False,
                "run_after": fields.Datetime.now(),
            }
        )
        self._wake()

    def _sudo_if_owner(self):
        """Return the jobs as superuser if they are the user's own, or he may anyway."""
        self.check_access("read")
        administrator = self.env.user.has_group("agency_base.group_administrator")
        if not administrator and any(job.user_id != self.env.user for job in self):
            raise AccessError(self.env._("This work was asked for by somebody else."))
        # sudo: users have no right to write on jobs
        return self.sudo()

    @api.autovacuum
    def _gc_ended(self):
        """Forget jobs that ended long ago."""
        self.search(
            [
                ("state", "in", ("done", "cancelled")),
                ("done_at", "<", fields.Datetime.now() - KEEP_DONE),
            ],
            limit=10000,
        ).unlink()
