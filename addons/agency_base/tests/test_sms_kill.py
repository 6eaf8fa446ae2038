# These tests have real connections of their own to commit.
# pylint: disable=invalid-commit
from odoo.tests import tagged

from odoo.addons.agency_base.tests.common import OwnDatabaseCase
from odoo.addons.agency_base.tests.sms_stub import SmsStub

NUMBER = "+989123456789"


class SlowFromTheSecond(SmsStub):
    """Answers the first message and lets who sends the next ones wait."""

    def take(self, handler, message):
        """Deal with one message."""
        self.mode = "hang" if self.calls and self.pause else "good"
        return super().take(handler, message)


@tagged("post_install", "-at_install")
class TestSmsKill(OwnDatabaseCase):
    """A worker process killed in the middle of a batch, while a call is under way."""

    def test_a_killed_batch_loses_and_doubles_nothing(self):
        stub = SlowFromTheSecond()
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

            stub.pause = 25
            worker = self._start_worker('env["sms.sms"]._process_queue()')
            self._wait(lambda: len(stub.accepted) == 2, worker)
            worker.kill()
            worker.wait()
            cr.rollback()
            batch.invalidate_recordset()
            states = sorted(batch.mapped("state"))
            self.assertEqual(states, ["outgoing", "pending", "process"])

            stub.pause = 0
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
