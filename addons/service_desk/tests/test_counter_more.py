from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .. import clock
from .common import NATIONAL_CODES, DeskCase

KEY = "fedcba9876543210fedcba9876543210"
# A PNG of one pixel.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6"
    "kgAAAABJRU5ErkJggg=="
)


class CounterCase(DeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visits = cls.env["service.desk.visit"].with_user(cls.clerk)
        cls.counter = cls.desk.counter_ids

    def _visit(self, service=None, **vals):
        service = service or self.service
        received = service.document_ids.filtered(lambda line: not line.condition)
        return {
            "key": KEY,
            "counter_id": self.counter.id,
            "kind": "national",
            "identifier": NATIONAL_CODES[0],
            "name": "زهرا امینی",
            "mobile": "09121234318",
            "lines": [{"service_id": service.id, "received": received.ids}],
        } | vals

    def _register(self, *args, **vals):
        result = self.visits.counter_register(self._visit(*args, **vals))
        ids = [line["id"] for line in result["requests"]]
        return self.env["service.desk.request"].browse(ids)

    def _inform(self, service=None, **vals):
        return self.visits.counter_inform(
            {
                "key": KEY,
                "counter_id": self.counter.id,
                "service_id": (service or self.service).id,
            }
            | vals
        )


@tagged("post_install", "-at_install")
class TestCounterVisit(CounterCase):
    def test_nobody_is_sent_to_the_own_unit_of_the_desk(self):
        visits = self.visits.search_count([])
        with self.assertRaisesRegex(UserError, "own unit"), self.env.cr.savepoint():
            self._inform(
                outcome="sent",
                sending={
                    "department_id": self.desk_unit.id,
                    "coordinated_with": "راد",
                    "reason": "امضا",
                },
            )
        self.assertEqual(self.visits.search_count([]), visits)

    def test_one_fee_is_taken_for_the_services_that_cost_something(self):
        costly = self._make_service(
            code="F", document_ids=[], cost_ids=[(0, 0, {"name": "x", "amount": 9000})]
        )
        visit = self._visit(fee={"method": "pos", "number": "۱۲۳۴"})
        visit["lines"].append({"service_id": costly.id})
        result = self.visits.counter_register(visit)
        free, paid = self.env["service.desk.request"].browse(
            line["id"] for line in result["requests"]
        )
        self.assertEqual((free.fee_paid, free.fee_method), (0, False))
        self.assertEqual((paid.fee_paid, paid.fee_number), (9000, "1234"))

    def test_on_behalf_of_someone_names_who_came_and_by_what_right(self):
        request = self._register(
            representative={"name": "علي مهدوي", "kind": "attorney", "number": "۱۲/۴"}
        )
        self.assertEqual(request.representative_name, "علی مهدوی")
        self.assertEqual(request.representative_kind, "attorney")
        self.assertEqual(request.client_name, "زهرا امینی")

    def test_a_representative_without_name_or_deed_is_refused(self):
        for given in ({"name": " ", "kind": "attorney"}, {"name": "علی"}):
            with self.subTest(given), self.assertRaises(UserError):
                self._register(representative=given)
        with self.assertRaisesRegex(ValidationError, "power of attorney"):
            self._register(representative={"name": "علی", "kind": "attorney"})

    def test_an_original_is_handed_over_against_a_signature_only(self):
        service = self._make_service(
            code="O", mode="on_the_spot", document_ids=[], output_is_original=True
        )
        with self.assertRaisesRegex(ValidationError, "signs for the original"):
            self._register(service, deliver=True)
        request = self._register(
            service,
            key=KEY + "9",
            deliver=True,
            signature=SIGNATURE,
            handling_seconds=120,
        )
        self.assertEqual(request.state, "delivered")
        self.assertEqual(request.date_closed - request.date_started, timedelta(0, 120))
        self.assertTrue(request.signature)
        # Who has it in his hand is not told a day to come back.
        (line,) = request.visit_id._paper_values()["requests"]
        self.assertEqual((line["promised"], bool(line["delivered"])), (False, True))

    def test_a_date_the_screen_did_not_show_is_marked_changed(self):
        visit = self._visit()
        visit["lines"][0]["promised"] = "2026-01-01"
        (line,) = self.visits.counter_register(visit)["requests"]
        self.assertTrue(line["is_changed"])

    def test_a_tracking_code_finds_requests_of_own_desks_only(self):
        request = self._register()
        code = request.tracking_code
        self.assertEqual(self.visits.counter_find_request(code)["id"], request.id)
        other = self.visits.with_user(self.other_clerk)
        with self.assertRaises(UserError):
            other.counter_find_request(code)

    def test_the_clerk_is_told_that_no_sms_leaves_without_a_gateway(self):
        result = self.visits.counter_register(self._visit())
        self.assertEqual(result["sms"], "no_gateway")


@tagged("post_install", "-at_install")
class TestCounterInformation(CounterCase):
    def test_a_link_is_given_for_electronic_services_only(self):
        online = self._make_service(
            code="L", desk_offer="link", portal_url="https://example.org"
        )
        visit_id = self._inform(online, outcome="link")["visit_id"]
        self.assertEqual(self.visits.browse(visit_id).outcome, "link")
        with self.assertRaises(UserError):
            self._inform(outcome="link", key=KEY + "2")

    def test_help_with_an_electronic_service_is_counted(self):
        service = self._make_service(
            code="A", desk_offer="assisted", portal_url="https://example.org"
        )
        request = self._register(service)
        self.assertEqual(request.visit_id.outcome, "assisted")

    def test_nobody_is_sent_inside_without_coordination(self):
        sending = {
            "department_id": self.unit.id,
            "coordinated_with": "آقای کریمی",
            "reason": "تطبیق اثر انگشت",
        }
        for missing in sending:
            with self.subTest(missing), self.assertRaises(ValidationError):
                self._inform(outcome="sent", sending=sending | {missing: ""})
        self.assertFalse(self.visits.search([("kind", "=", "information")]))
        result = self._inform(outcome="sent", sending=sending)
        referral = self.env["service.desk.referral"].browse(result["slip_id"])
        self.assertEqual((referral.kind, referral.department_id), ("person", self.unit))
        self.assertIn("آقای کریمی", referral._slip_values()["person"])


@tagged("post_install", "-at_install")
class TestAppointment(CounterCase):
    def setUp(self):
        super().setUp()
        self.request = self._register()
        self.appointments = self.env["service.desk.appointment"].with_user(self.clerk)

    def _book(self, request=None, **vals):
        return self.appointments.create(
            {
                "request_id": (request or self.request).id,
                "department_id": self.unit.id,
                "expert_name": "اکبر نیک‌رأی",
                "date_start": clock.now() + timedelta(hours=1),
            }
            | vals
        )

    def test_it_stands_beside_the_counter_and_on_a_slip(self):
        appointment = self._book()
        (row,) = self.visits.counter_returns(self.counter.id)["rows"]
        self.assertEqual(row["state"], "appointment")
        slip = appointment._slip_values()
        self.assertIn("اکبر نیک‌رأی", slip["person"])
        for secret in ("زهرا امینی", NATIONAL_CODES[0]):
            self.assertNotIn(secret, str(slip))
        self.assertIn("appointment", self.request.event_ids.mapped("kind"))

    def test_the_client_is_told_time_place_and_person(self):
        appointment = self._book()
        event = self.env["service.desk.event"].search(
            [("request_id", "=", self.request.id), ("kind", "=", "appointment")]
        )
        told = self.request.sudo()._notice_values(event.sudo())["reason"]
        self.assertIn("اکبر نیک‌رأی", told)
        appointment.action_cancel()
        last = event.search([("request_id", "=", self.request.id)], limit=1)
        self.assertIn("لغو شد", last.note)

    def test_a_room_inside_is_for_services_that_need_presence(self):
        with self.assertRaisesRegex(ValidationError, "needs no presence"):
            self._book(place="unit", room="۲۱۴")
        service = self._make_service(code="P", needs_presence=True)
        request = self._register(service, key=KEY + "3")
        booked = self._book(request, place="unit", room="۲۱۴")
        self.assertIn("۲۱۴", booked.with_context(lang="fa_IR")._place_text())

    def test_the_past_and_closed_requests_are_refused(self):
        with self.assertRaises(ValidationError):
            self._book(date_start=clock.now() - timedelta(days=1))
        self.request.with_user(self.clerk).action_cancel()
        with self.assertRaises(UserError):
            self._book()

    def test_a_held_appointment_does_not_change(self):
        appointment = self._book()
        appointment.action_held()
        with self.assertRaises(UserError):
            appointment.action_cancel()
        with self.assertRaises(UserError):
            appointment.note = "x"
        with self.assertRaises(UserError):
            appointment.sudo().unlink()

    def test_liaisons_see_their_own_units_only(self):
        self._book()
        own = self.env["service.desk.appointment"].with_user(self.liaison)
        self.assertEqual(len(own.search([])), 1)
        self.assertFalse(own.with_user(self.other_liaison).search([]))


@tagged("post_install", "-at_install")
class TestShift(CounterCase):
    def test_a_shift_is_summed_up_and_handed_over(self):
        request = self._register()
        self._inform(key=KEY + "4")
        self.desk.user_ids += self.other_clerk
        sums = self.visits.counter_shift(self.counter.id)
        self.assertEqual(
            (sums["registered"], sums["informed"], sums["open"]), (1, 1, 1)
        )
        self.assertIn("قرارداد (زهرا امینی)", sums["originals"])
        done = self.visits.counter_hand_over(
            self.counter.id, self.other_clerk.id, "چاپگر کاغذ ندارد"
        )
        handover = self.env["service.desk.handover"].browse(done["handover_id"])
        self.assertEqual(handover.to_user_id, self.other_clerk)
        self.assertEqual(handover.open_count, 1)
        self.assertEqual(request.user_id, self.other_clerk)

    def test_the_next_shift_begins_after_the_hand_over(self):
        self._register()
        self.visits.counter_hand_over(self.counter.id)
        with clock.at(clock.now() + timedelta(minutes=1)):
            self.assertEqual(
                self.visits.counter_shift(self.counter.id)["registered"], 0
            )

    def test_only_colleagues_of_the_desk_take_over(self):
        with self.assertRaises(UserError):
            self.visits.counter_hand_over(self.counter.id, self.other_clerk.id)
        with self.assertRaises(AccessError):
            self.visits.with_user(self.other_clerk).counter_shift(self.counter.id)
