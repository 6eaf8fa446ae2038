# These tests have real connections of their own to commit.
# pylint: disable=invalid-commit
from odoo.tests import tagged

from odoo.addons.agency_base.tests.common import OwnDatabaseCase
from odoo.addons.agency_base.tests.sms_stub import SmsStub

NUMBER = "+989123456789"


@tagged("post_install", "-at_install")
class TestSmsKill(OwnDatabaseCase):
    """A worker process killed while the provider is being called."""

    def test_a_killed_batch_loses_and_doubles_nothing(self):
        stub = SmsStub()
        self.addCleanup(stub.close)
        with self.registry.cursor() as cr:
            env = self._env(cr)
            queue = env["sms.sms"]
            queue.search([]).unlink()
            gateways = env["agency.sms.gateway"]
            gateways.search([]).active = False
            gateways.create(
                stub.gateway_vals(env.company) | {"timeout": 25, "daily_limit": 0}
            )
            batch = queue.create([{"number": NUMBER, "body": f"{n}"} for n in range(3)])
            ids = batch.mapped("uuid")
            cr.commit()

            stub.mode, stub.pause = "hang", 25
            worker = self._start_worker('env["sms.sms"]._process_queue()')
            self._wait(lambda: stub.accepted, worker)
            worker.kill()
            worker.wait()
            cr.rollback()
            batch.invalidate_recordset()
            states = sorted(batch.mapped("state"))
            self.assertEqual(states, ["outgoing", "outgoing", "process"])

            stub.mode = "good"
            logs = env["agency.sms.log"]

            def all_sent():
                queue._process_queue()
                cr.rollback()
                logs.invalidate_model()
                sent = [("local_id", "in", ids), ("state", "=", "sent")]
                return logs.search_count(sent) == 3

            # until PostgreSQL has noticed that the worker's lock is gone
            self._wait(all_sent, worker)
            self.assertEqual({len(got) for got in stub.accepted.values()}, {1})
            self.assertEqual(set(stub.accepted), set(ids))
