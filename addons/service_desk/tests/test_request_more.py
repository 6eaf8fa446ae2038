from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DeskCase


@tagged("post_install", "-at_install")
class TestVisits(DeskCase):
    def test_visits_are_counted_against_the_sheet(self):
        request = self._make_request()
        self.assertFalse(request.has_extra_visits)
        request.action_came_again()
        self.assertTrue(request.has_extra_visits)
        more = self.env["service.desk.request"].search(
            [("has_extra_visits", "=", True), ("id", "=", request.id)]
        )
        self.assertEqual(more, request)
        events = request.event_ids.search([("request_id", "=", request.id)])
        self.assertIn("came_again", events.mapped("kind"))

    def test_the_sheet_of_the_day_counts_not_the_present_one(self):
        request = self._make_request()
        self.service.visits_allowed = 9
        self.service.action_publish_changes()
        self.assertEqual(request.visits_allowed, 1)
        with self.assertRaises(AccessError):
            request.visits_allowed = 5

    def test_visits_of_a_registered_request_are_counted_not_entered(self):
        request = self._make_request()
        request.action_came_again()
        with self.assertRaises(UserError):
            request.visit_count = 1
        self.assertEqual(request.visit_count, 2)

    def test_a_closed_request_is_not_visited(self):
        request = self._make_request()
        request.action_cancel()
        with self.assertRaises(UserError):
            request.action_came_again()


@tagged("post_install", "-at_install")
class TestDuplicates(DeskCase):
    def setUp(self):
        super().setUp()
        self.first = self._make_request(complete=False)
        self.second = self._make_request()

    def test_the_same_client_and_service_are_found(self):
        self.assertEqual(self.first.duplicate_ids, self.second)
        other = self._make_request(partner_id=self.partner.copy().id)
        self.assertNotIn(other, self.first.duplicate_ids)

    def test_merging_keeps_one_with_all_documents_and_visits(self):
        self.first.action_merge_duplicates()
        self.assertEqual(self.second.state, "cancelled")
        self.assertEqual(self.second.merged_into_id, self.first)
        self.assertFalse(self.first.missing_count)
        self.assertEqual(self.first.visit_count, 2)
        self.assertFalse(self.first.duplicate_ids)
        merged = self.first.event_ids.search([("kind", "=", "merged")], limit=1)
        self.assertIn(self.second.tracking_code, merged.note)

    def test_an_objection_is_no_duplicate_of_what_it_is_about(self):
        self.second.write(
            {
                "reject_reason_id": self.env.ref(
                    "service_desk.reject_reason_conditions"
                ).id,
                "reject_reason": "شرط سنی",
            }
        )
        self.second.action_reject()
        appeal = self.second.action_appeal("رهن آزاد شده است")
        # Whoever rejected would close it by merging it into a request of his own.
        self.assertFalse(self.first.duplicate_ids | appeal.duplicate_ids)
        with self.assertRaises(UserError):
            self.first.action_merge_duplicates()

    def test_the_code_of_the_merged_one_shows_the_living_one(self):
        self.first.action_merge_duplicates()
        shown = self.second.sudo()._tracking_values()
        self.assertEqual(shown["code"], self.first.sudo()._tracking_values()["code"])

    def test_what_is_with_a_unit_stays_there(self):
        self.refer(self.second)
        with self.assertRaises(UserError):
            self.first.action_merge_duplicates()
        self.second.action_merge_duplicates()
        self.assertEqual(self.first.merged_into_id, self.second)

    def test_nobody_merges_by_writing(self):
        with self.assertRaises(AccessError):
            self.first.merged_into_id = self.second

    def test_nobody_keeps_a_client_from_being_forgotten_by_writing(self):
        with self.assertRaises(AccessError):
            self.first.is_redacted = True


@tagged("post_install", "-at_install")
class TestReviewer(DeskCase):
    def test_an_objection_is_decided_by_another_expert(self):
        self.desk.user_ids += self.other_clerk
        request = self._make_request()
        reason = self.env.ref("service_desk.reject_reason_conditions")
        request.write({"reject_reason_id": reason.id, "reject_reason": "شرط سنی"})
        request.action_reject()
        appeal = request.action_appeal("شرط سنی برقرار است")
        with self.assertRaisesRegex(UserError, "another expert"):
            appeal.with_user(self.clerk).action_mark_ready()
        appeal.with_user(self.other_clerk).action_mark_ready()
        self.assertEqual(appeal.state, "ready")

    def test_a_clerk_takes_the_objection_of_who_comes(self):
        request = self._rejected()
        wizards = self.env["service.desk.appeal"].with_user(self.clerk)
        action = wizards.create(
            {"request_id": request.id, "text": "شناسنامه‌ام اصلاح شده است"}
        ).action_confirm()
        appeal = request.appeal_ids
        self.assertEqual(action["res_id"], appeal.id)
        self.assertEqual(appeal.subject, "شناسنامه‌ام اصلاح شده است")
        self.assertFalse(appeal.user_id)
        with self.assertRaises(AccessError):
            wizards.with_user(self.other_clerk).create(
                {"request_id": self._rejected().id, "text": "x"}
            ).action_confirm()

    def test_an_expert_takes_what_nobody_has(self):
        self.desk.user_ids += self.other_clerk
        request = self._make_request(user_id=False)
        request.action_take()
        request.action_take()
        self.assertEqual(request.user_id, self.clerk)
        with self.assertRaisesRegex(UserError, "desk_clerk"):
            request.with_user(self.other_clerk).action_take()

    def test_who_rejected_does_not_take_the_objection(self):
        self.desk.user_ids += self.other_clerk
        appeal = self._rejected().action_appeal("چرا؟")
        with self.assertRaisesRegex(UserError, "another expert"):
            appeal.action_take()
        appeal.with_user(self.other_clerk).action_take()
        self.assertEqual(appeal.user_id, self.other_clerk)
