# Several connections, each with transactions of its own.
# pylint: disable=invalid-commit
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged

from odoo.addons.agency_base.tests.common import OwnDatabaseCase
from odoo.addons.agency_base.tests.seal_common import use_own_keys


@tagged("post_install", "-at_install")
class TestApprovalConcurrency(OwnDatabaseCase):
    def setUp(self):
        super().setUp()
        use_own_keys(self)

    def _submitted(self, env, count):
        """Return meetings of one body whose minutes wait for approval."""
        person = env["res.partner"].create({"name": "Chair"})
        body = env["reform.committee"].create(
            {"name": "Body", "code": "CC", "kind": "committee", "quorum_rule": "none"}
        )
        env["reform.membership"].create(
            {
                "committee_id": body.id,
                "partner_id": person.id,
                "role": "chair",
                "begins_on": "2020-03-20",
            }
        )
        meetings = env["reform.meeting"]
        for day in range(1, count + 1):
            meeting = meetings.create(
                {"committee_id": body.id, "start_at": f"2026-11-{day:02d} 06:00:00"}
            )
            meeting.action_start()
            meeting.attendance_ids.status = "present"
            item = env["reform.agenda.item"].create(
                {"meeting_id": meeting.id, "name": "An item"}
            )
            meeting.item_ids.outcome = "noted"
            env["reform.resolution"].create(
                {
                    "item_id": item.id,
                    "text": "Do it",
                    "responsible_id": person.id,
                    "due_on": "2026-12-22",
                }
            )
            meeting.action_hold()
            meeting.action_submit_minutes()
            meetings |= meeting
        return meetings

    def _approve(self, meeting_id):
        """Approve in a transaction of its own; return what came of it."""
        with self.registry.cursor() as cr:
            env = self._env(cr)
            meeting = env["reform.meeting"].browse(meeting_id)
            try:
                retrying(meeting.approve, env)
            except UserError as error:
                return str(error)
            return "approved"

    def test_approvals_at_the_same_moment_leave_no_gap_and_one_wins(self):
        with self.registry.cursor() as cr:
            meetings = self._submitted(self._env(cr), 4)
            # what is called off takes no number
            meetings[1].write({"state": "held", "reason": "Wrong date"})
            cr.commit()
            wanted = [meetings[0], meetings[0], meetings[2], meetings[3]]
            # Odoo's own retrying; only its pauses are shortened.
            with (
                patch("odoo.service.model.random.uniform", lambda low, high: high / 50),
                patch("odoo.service.model.MAX_TRIES_ON_CONCURRENCY_FAILURE", 50),
                ThreadPoolExecutor(4) as pool,
            ):
                results = list(pool.map(self._approve, [m.id for m in wanted]))
            cr.rollback()
            meetings.invalidate_recordset()
            self.assertEqual(results.count("approved"), 3, results)
            self.assertIn("somebody decided on it", "".join(results))
            numbers = meetings.filtered("number").mapped("number")
            self.assertEqual(
                sorted(numbers), ["CC/1405/01", "CC/1405/02", "CC/1405/03"]
            )
            resolutions = meetings.resolution_ids.filtered("number").mapped("number")
            self.assertEqual(sorted(resolutions), [f"{n}-01" for n in sorted(numbers)])
            self.assertEqual(len(meetings[0].minutes_ids), 1)
            company = meetings.company_id
            self.assertFalse(meetings.env["agency.seal"]._verify(company))
