from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.agency_base.models import agency_job_run
from odoo.addons.agency_base.models.agency_job import MAX_ATTEMPTS
from odoo.addons.agency_base.tests.common import register_toys, run_jobs
from odoo.addons.agency_base.tests.toy_jobs import ToyWork


@tagged("post_install", "-at_install")
class TestJob(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        register_toys(cls, ToyWork)
        cls.user = new_test_user(cls.env, "job_user")
        cls.other = new_test_user(cls.env, "job_other")
        cls.administrator = new_test_user(
            cls.env, "job_administrator", groups="agency_base.group_administrator"
        )
        cls.works = cls.env["agency.toy.work"].create([{}, {}, {}])
        cls.jobs = cls.env["agency.job"]

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        # what other addons left in the queue is not ours to run
        self.jobs.search([]).unlink()

    def _enqueue(self, method, **options):
        return self.jobs._enqueue(self.works, method, "Toy", **options)

    def test_a_job_is_run_and_tells_its_result(self):
        job = self._enqueue("_job_count")
        self.assertEqual((job.state, job.progress), ("pending", 0))
        run_jobs(self.env)
        self.assertEqual(self.works.mapped("times"), [1, 1, 1])
        self.assertEqual((job.state, job.progress), ("done", 100))
        self.assertEqual(job.result, {"counted": 3})
        run_jobs(self.env)
        self.assertEqual(self.works.mapped("times"), [1, 1, 1])

    def test_only_marked_methods_run(self):
        for method in ("_not_a_job", "unlink", "write"):
            with self.assertRaises(ValueError):
                self._enqueue(method)
        job = self._enqueue("_job_count")
        job.method = "unlink"
        run_jobs(self.env)
        self.assertEqual(job.state, "failed")
        self.assertEqual(len(self.works.exists()), 3)

    def test_users_cannot_make_or_change_jobs(self):
        job = self._enqueue("_job_count")
        for user in (self.user, self.administrator):
            jobs = self.jobs.with_user(user)
            with self.assertRaises(AccessError):
                jobs.create({"name": "x", "model": "res.users", "method": "unlink"})
            with self.assertRaises(AccessError):
                job.with_user(user).write({"method": "unlink"})

    def test_a_job_acts_for_who_asked(self):
        works = self.works.with_user(self.user).with_context(lang="fa_IR")
        job = works.env["agency.job"]._enqueue(works.browse(), "_job_whoami", "Who")
        run_jobs(self.env)
        expected = {
            "user": self.user.id,
            "su": False,
            "lang": "fa_IR",
            "company": self.env.company.id,
        }
        self.assertEqual(job.sudo().result, expected)

    @mute_logger("odoo.addons.agency_base.models.agency_job_run")
    def test_a_failing_job_changes_nothing_and_stops_nobody(self):
        bad = self._enqueue("_job_explode", priority=1)
        good = self._enqueue("_job_count", priority=2)
        run_jobs(self.env)
        self.assertEqual(good.state, "done")
        self.assertEqual(self.works.mapped("times"), [1, 1, 1])
        self.assertEqual(bad.state, "pending")
        self.assertGreater(bad.run_after, datetime.now())
        self.assertIn("ZeroDivisionError", bad.error)

    @mute_logger("odoo.addons.agency_base.models.agency_job_run")
    def test_attempts_are_further_and_further_apart_and_end(self):
        bad = self._enqueue("_job_explode")
        cron = self.env.ref("agency_base.ir_cron_agency_job")
        pauses = []
        for _attempt in range(MAX_ATTEMPTS):
            now = bad.run_after
            with freeze_time(now):
                run_jobs(self.env)
            pauses.append(bad.run_after - now)
        minutes = [timedelta(minutes=m) for m in (1, 4, 16, 64)]
        self.assertEqual(pauses[:-1], minutes)
        self.assertEqual(bad.state, "failed")
        self.assertTrue(cron.active)
        bad.action_retry()
        self.assertEqual((bad.state, bad.attempts), ("pending", 0))

    def test_a_refusal_is_told_and_not_repeated(self):
        job = self._enqueue("_job_refuse")
        run_jobs(self.env)
        self.assertEqual((job.state, job.error), ("failed", "Nothing to count."))

    def test_what_cannot_even_be_begun_stops_nobody(self):
        broken = self._enqueue("_job_count", priority=1)
        good = self._enqueue("_job_count", priority=2)
        begin = agency_job_run.AgencyJobRun._begin

        def fail(job):
            if job == broken:
                raise RuntimeError
            return begin(job)

        with (
            patch.object(type(self.jobs), "_begin", fail),
            mute_logger("odoo.addons.agency_base.models.agency_job_run"),
        ):
            run_jobs(self.env)
        self.assertEqual(good.state, "done")

    def test_long_work_is_cut_into_slices(self):
        job = self._enqueue("_job_count")
        with patch.object(agency_job_run, "SLICE_SECONDS", 0):
            self.env.flush_all()
            job._run()
            self.env.invalidate_all()
            self.assertEqual((job.state, job.done_count), ("pending", 1))
            self.assertEqual(round(job.progress), 33)
            job._run()
        run_jobs(self.env)
        self.assertEqual(job.state, "done")
        self.assertEqual(self.works.mapped("times"), [1, 1, 1])

    def test_records_deleted_meanwhile_are_left_out(self):
        job = self._enqueue("_job_count")
        self.works[1].unlink()
        run_jobs(self.env)
        self.assertEqual(job.state, "done")
        self.assertEqual(self.works.exists().mapped("times"), [1, 1])

    def test_what_keeps_killing_the_server_is_given_up(self):
        job = self._enqueue("_job_count")
        job.write({"state": "running", "attempts": MAX_ATTEMPTS})
        run_jobs(self.env)
        self.assertEqual(job.state, "failed")
        self.assertEqual(self.works.mapped("times"), [0, 0, 0])

    def test_a_cancelled_job_does_not_start(self):
        job = self._enqueue("_job_count")
        job.action_cancel()
        run_jobs(self.env)
        self.assertEqual((job.state, self.works[0].times), ("cancelled", 0))
        with self.assertRaises(UserError):
            job.action_cancel()

    def test_the_same_work_waits_once(self):
        job = self._enqueue("_job_count", key="one")
        self.assertEqual(self._enqueue("_job_count", key="one"), job)
        run_jobs(self.env)
        self.assertNotEqual(self._enqueue("_job_count", key="one"), job)

    def test_users_see_and_stop_their_own(self):
        jobs = self.jobs.with_user(self.user)
        job = jobs._enqueue(self.works.with_user(self.user), "_job_count", "Mine")
        self.assertEqual(jobs.search([]), job)
        self.assertFalse(self.jobs.with_user(self.other).search([]))
        self.assertTrue(self.jobs.with_user(self.administrator).search([]))
        with self.assertRaises(AccessError):
            job.with_user(self.other).action_cancel()
        job.with_user(self.user).action_cancel()
        job.with_user(self.administrator).action_retry()
        self.assertEqual(job.sudo().state, "pending")

    def test_ended_jobs_are_forgotten_and_failed_ones_kept(self):
        done, failed = self._enqueue("_job_count"), self._enqueue("_job_refuse")
        run_jobs(self.env)
        with freeze_time(datetime.now() + timedelta(days=31)):
            self.jobs._gc_ended()
        self.assertFalse(done.exists())
        self.assertTrue(failed.exists())
