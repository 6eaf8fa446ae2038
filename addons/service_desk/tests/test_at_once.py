"""Two people at the same moment, on connections of their own: one result."""

from odoo.tests import tagged

from .at_once_clients import ClientsAtOnce
from .at_once_common import DeskAtOnceCase


@tagged("post_install", "-at_install")
class TestAtOnce(ClientsAtOnce, DeskAtOnceCase):
    # === Requests ===

    def test_two_clerks_register_one_draft(self):
        draft = self._request(register=False)
        with self._own(draft) as [request]:
            request._fill_documents()
            request.document_ids.is_received = True
        results = self._both(draft, lambda request: request.action_register())
        self.assertIn("already", self._said(results))
        self.assertEqual(self._kinds(draft), ["registered"])
        with self._own(draft) as [request]:
            self.assertEqual(len(request.promise_ids), 1)

    def test_two_clerks_deliver_one_request(self):
        made = self._request()
        with self._own(made) as [request]:
            request.action_mark_ready()
        results = self._both(made, lambda request: request.action_deliver())
        self.assertRegex(self._said(results), "desk_(other_)?clerk")
        self.assertEqual(self._kinds(made).count("delivered"), 1)

    def test_two_experts_take_one_request(self):
        made = self._request(user_id=False)
        results = self._both(made, lambda request: request.action_take())
        with self._own(made) as [request]:
            self.assertIn(request.user_id.name, self._said(results))
            self.assertIn(request.user_id, self.clerk + self.other_clerk)

    def test_a_client_withdraws_while_the_unit_answers(self):
        made = self._request()
        referral = self._referrals(made, self.unit)
        answer = {"outcome": "done", "answer": "صادر شد", "state": "answered"}
        results = self._at_once(
            (self.clerk, made, lambda request: request.action_cancel()),
            (self.liaison, referral, lambda file: file.write(answer)),
        )
        with self._own(made, referral) as [request, file]:
            states = (request.state, file.state)
        if states == ("cancelled", "answered"):
            # The answer came first; a file that is ready may still be withdrawn.
            self.assertNotIn(str, map(type, results))
        else:
            self.assertEqual(states, ("cancelled", "cancelled"))
            self.assertTrue(self._said(results))
        self.assertEqual(self._kinds(made).count("cancelled"), 1)

    def test_two_duplicates_are_merged_into_one_another(self):
        alike = {"partner_id": self.partner.id}
        first, second = self._request(**alike), self._request(**alike)
        results = self._at_once(
            (self.clerk, first, lambda one: one.action_merge_duplicates()),
            (self.other_clerk, second, lambda one: one.action_merge_duplicates()),
        )
        self.assertTrue(self._said(results))
        with self._own(first, second) as [first, second]:
            living = (first + second).filtered(lambda one: one.state == "registered")
            gone = first + second - living
            self.assertEqual(len(living), 1)
            self.assertEqual(gone.merged_into_id, living)

    # === Units ===

    def _answering(self, referral, user, outcome="done"):
        answer = {"outcome": outcome, "answer": "صادر شد"}

        def act(file):
            file.write(answer)
            file.action_answer()

        return user, referral, act

    def test_units_that_answer_together_leave_no_request_behind(self):
        made = self._request()
        first, second = self._referrals(made, self.unit, self.other_unit)
        results = self._at_once(
            self._answering(first, self.liaison),
            self._answering(second, self.other_liaison),
        )
        self.assertEqual(results, [None, None])
        with self._own(made) as [request]:
            self.assertEqual(request.state, "ready", "and not with a unit for ever")
        kinds = self._kinds(made)
        self.assertEqual((kinds.count("answered"), kinds.count("ready")), (2, 1))

    def test_a_referral_is_answered_once(self):
        made = self._request()
        referral = self._referrals(made, self.unit)
        results = self._at_once(
            self._answering(referral, self.liaison),
            self._answering(referral, self.supervisor, "refused"),
        )
        self.assertIn("closed", self._said(results))
        self.assertEqual(self._kinds(made).count("answered"), 1)

    def test_a_file_goes_to_a_unit_once(self):
        made = self._request()
        vals = {"request_id": made.id, "department_id": self.unit.id}

        def refer(request):
            request.env["service.desk.referral"].create(vals)

        results = self._both(made, refer)
        self.assertIn("already", self._said(results))
        with self._own(made) as [request]:
            self.assertEqual(len(request.referral_ids), 1)
        self.assertEqual(self._kinds(made), ["registered", "referred"])

    def test_a_file_that_goes_out_again_is_not_ready(self):
        made = self._request()
        first = self._referrals(made, self.unit)
        vals = {"request_id": made.id, "department_id": self.other_unit.id}

        def refer(request):
            request.env["service.desk.referral"].create(vals)

        self._at_once(self._answering(first, self.liaison), (self.clerk, made, refer))
        with self._own(made) as [request]:
            is_out = "sent" in request.referral_ids.mapped("state")
            self.assertEqual((request.state, is_out), ("referred", True))
