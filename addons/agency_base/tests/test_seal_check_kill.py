# These tests have real connections of their own to commit.
# pylint: disable=invalid-commit
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.agency_base.models import agency_seal_check
from odoo.addons.agency_base.tests.common import OwnDatabaseCase
from odoo.addons.agency_base.tests.seal_common import use_own_keys
from odoo.addons.agency_base.tests.toy_seals import ToyDocument, ToyLine
from odoo.addons.agency_base.tools.sql import append_only_lifted

# Looks at two entries a step and hangs in the third step.
WORKER = """
import time
from pathlib import Path
from odoo.addons.agency_base.models import agency_seal_check
from odoo.addons.agency_base.tests.common import add_models
from odoo.addons.agency_base.tests.toy_seals import ToyDocument, ToyLine
add_models(env.registry, env.cr, [ToyDocument, ToyLine])
env.cr.commit()
agency_seal_check.BATCH = 2
seals = env.registry["agency.seal"]
step, steps = seals._check_step, []
def halting(self, *args):
    steps.append(1)
    if len(steps) == 3:
        Path(%r).touch()
        time.sleep(600)
    return step(self, *args)
seals._check_step = halting
env["agency.job"]._cron_run()
"""


@tagged("post_install", "-at_install")
class TestSealCheckKill(OwnDatabaseCase):
    """A long check is killed, and the world goes on before it is taken up again."""

    toys = (ToyDocument, ToyLine)

    def setUp(self):
        super().setUp()
        use_own_keys(self)

    def _begin_check(self, env, count):
        """Return a chain of ``count`` documents whose check waits for the cron."""
        env["agency.job"].search([]).unlink()
        env["agency.job"].flush_model()
        company = env["res.company"].create({"name": self._testMethodName})
        self.vals = {"company_id": company.id, "mobile": "+989123456789"}
        self.documents = env["agency.toy.document"].create([self.vals] * count)
        self.documents._seal()
        chain = env["agency.seal.chain"].search([("company_id", "=", company.id)])
        chain.action_verify()
        env.cr.commit()
        return chain

    def _attack(self, env, document, number):
        with append_only_lifted(env.cr, "agency_seal"):
            env.cr.execute(
                "UPDATE agency_seal SET number = %s WHERE id = %s",
                (number, document.seal_id.id),
            )
        env.invalidate_all()

    def test_a_killed_check_goes_on_and_forgets_nothing(self):
        with (
            tempfile.TemporaryDirectory() as folder,
            self.registry.cursor() as cr,
        ):
            env = self._env(cr)
            partner = env["res.partner"].create({"name": "Client"})
            chain = self._begin_check(env, 9)
            job, documents = chain.job_id, self.documents
            self._attack(env, documents[0], "X/1")
            cr.commit()

            marker = Path(folder) / "third step"
            worker = self._start_worker(WORKER % str(marker))
            self._wait(marker.exists, worker)
            worker.kill()
            worker.wait()
            cr.rollback()
            env.invalidate_all()
            self.assertEqual(job.state, "running")
            self.assertEqual((job.done_count, job.total_count), (4, 18))
            self.assertEqual(job.memory["cursor"], 4)

            # Meanwhile one forges what was not looked at yet, others work honestly.
            self._attack(env, documents[6], "X/7")
            late = env["agency.toy.document"].create(
                self.vals | {"partner_id": partner.id}
            )
            late._seal()
            documents[3].seal_id._redact("Retention period over")
            cr.commit()

            seen = []
            check_entries = type(env["agency.seal"])._check_entries

            def counting(seals, check):
                seen.extend(seals.mapped("position"))
                return check_entries(seals, check)

            with (
                patch.object(agency_seal_check, "BATCH", 2),
                patch.object(type(env["agency.seal"]), "_check_entries", counting),
            ):
                self._run_until_done(env, job)
            self.assertEqual(seen, [5, 6, 7, 8, 9])
            self.assertEqual(
                [(problem["code"], problem["position"]) for problem in chain.problems],
                [("content", 1), ("content", 7)],
            )
            self.assertEqual(chain.checked_length, 9)
            self.assertFalse(job.memory)

    def _run_until_done(self, env, job):
        end = time.monotonic() + 60
        while job.state in ("pending", "running"):
            self.assertLess(time.monotonic(), end)
            env["agency.job"]._cron_run()
            env.cr.rollback()
            env.invalidate_all()
        self.assertEqual(job.state, "done", job.error)

    def test_seals_made_while_the_chain_is_checked_are_no_forgery(self):
        with self.registry.cursor() as cr, self.registry.cursor() as clerk_cr:
            env, clerk = self._env(cr), self._env(clerk_cr)
            chain = self._begin_check(env, 3)
            other = clerk["res.partner"].create({"name": "Other"})
            partner = clerk["res.partner"].create({"name": "Client"})
            document = clerk["agency.toy.document"].create(
                self.vals | {"partner_id": partner.id}
            )
            document._seal()
            clerk_cr.commit()
            begin = type(env["agency.seal"])._check_begin

            def busy(seals, company, outside):
                check = begin(seals, company, outside)
                wizard = clerk["base.partner.merge.automatic.wizard"].create({})
                wizard._merge((partner + other).ids, other)
                clerk["agency.toy.document"].create(self.vals)._seal()
                clerk_cr.commit()
                return check

            with (
                patch.object(agency_seal_check, "BATCH", 2),
                patch.object(type(env["agency.seal"]), "_check_begin", busy),
            ):
                self._run_until_done(env, chain.job_id)
            self.assertEqual(chain.verdict, "intact", chain.problems)
            self.assertEqual(document.partner_id, other)
            self.assertLess(chain.checked_length, chain.length)
