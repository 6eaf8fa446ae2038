# These tests have real connections of their own to commit.
# pylint: disable=invalid-commit
import tempfile
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.agency_base.models.agency_job_run import LOCK_SPACE
from odoo.addons.agency_base.tests.common import OwnDatabaseCase
from odoo.addons.agency_base.tests.toy_jobs import ToyWork

WORKER = """
from odoo.addons.agency_base.tests.common import add_models
from odoo.addons.agency_base.tests.toy_jobs import ToyWork
add_models(env.registry, env.cr, [ToyWork])
env.cr.commit()
env["agency.job"]._cron_run()
"""


@tagged("post_install", "-at_install")
class TestJobKill(OwnDatabaseCase):
    """A worker process killed in the middle of a job."""

    toys = (ToyWork,)

    def _is_locked(self, job_id):
        with self.registry.cursor() as cr:
            cr.execute(
                SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK_SPACE, job_id)
            )
            return not cr.fetchone()[0]

    def test_a_killed_job_is_taken_up_where_it_was(self):
        with (
            tempfile.TemporaryDirectory() as folder,
            self.registry.cursor() as cr,
        ):
            marker = Path(folder) / "second record"
            env = self._env(cr)
            jobs = env["agency.job"]
            jobs.search([]).unlink()
            works = env["agency.toy.work"].create([{}, {}, {}])
            halting = jobs._enqueue(
                works, "_job_halt", "Halts", {"marker": str(marker)}, priority=1
            )
            other = jobs._enqueue(works, "_job_count", "Counts", priority=2)
            cr.commit()

            worker = self._start_worker(WORKER)
            self._wait(marker.exists, worker)
            env.invalidate_all()
            cr.rollback()
            # What is done is seen while the job runs …
            self.assertEqual((halting.state, halting.done_count), ("running", 1))
            # … and nobody else takes it up meanwhile.
            halting._run()
            cr.rollback()
            self.assertEqual((halting.attempts, works[1].times), (1, 0))

            worker.kill()
            worker.wait()
            self._wait(lambda: not self._is_locked(halting.id), worker)
            cr.rollback()
            self.assertEqual((halting.state, other.state), ("running", "pending"))
            jobs._cron_run()
            cr.rollback()
            self.assertEqual((halting.state, other.state), ("done", "done"))
            self.assertEqual(works.mapped("times"), [2, 2, 2])
            self.assertTrue(env.ref("agency_base.ir_cron_agency_job").active)

    def test_cancelling_stops_a_running_job(self):
        with self.registry.cursor() as cr, self.registry.cursor() as clerk_cr:
            env = self._env(cr)
            jobs = env["agency.job"]
            jobs.search([]).unlink()
            works = env["agency.toy.work"].create([{}, {}, {}])
            job = jobs._enqueue(works, "_job_count", "Counts", {"pause": 0.5})
            cr.commit()
            clerk = self._env(clerk_cr)["agency.job"].browse(job.id)
            worker = self._start_worker(WORKER)

            def has_begun():
                clerk_cr.rollback()
                return clerk.state == "running"

            self._wait(has_begun, worker)
            clerk.action_cancel()
            clerk_cr.commit()
            worker.wait(60)
            cr.rollback()
            self.assertEqual(job.state, "cancelled")
            self.assertEqual(sum(works.mapped("times")), job.done_count)
            self.assertLess(job.done_count, 3)
