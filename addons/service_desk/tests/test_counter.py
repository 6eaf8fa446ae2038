from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.agency_base.tools import to_latin_digits

from .common import NATIONAL_CODES, DeskCase

KEY = "0123456789abcdef0123456789abcdef"


@tagged("post_install", "-at_install")
class TestCounter(DeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visits = cls.env["service.desk.visit"].with_user(cls.clerk)
        cls.counter = cls.desk.counter_ids
        cls.documents = cls.service.document_ids

    def _visit(self, key=KEY, received=None, **vals):
        documents = self.documents[:2] if received is None else received
        line = {"service_id": self.service.id, "received": documents.ids}
        return {
            "key": key,
            "counter_id": self.counter.id,
            "seconds": 90,
            "kind": "national",
            "identifier": NATIONAL_CODES[0],
            "name": "زهرا امینی",
            "mobile": "09121234318",
            "lines": [line],
        } | vals

    def test_opening_brings_all_the_screen_needs(self):
        screen = self.visits.counter_open()
        self.assertEqual(screen["counter"]["id"], self.counter.id)
        card = next(s for s in screen["services"] if s["id"] == self.service.id)
        self.assertEqual(len(card["documents"]), 4)
        self.assertTrue(card["promised"])

    def test_a_service_has_one_number_wherever_the_screen_shows_it(self):
        asked = self._make_service(code="Z9", name="خدمت پرخواهان", sequence=99)
        for moment in ("2026-11-18 08:00", "2026-11-26 08:00"):
            with freeze_time(moment):
                self._make_request(service_id=asked.id)
        with freeze_time("2026-11-26 09:00"):
            screen = self.visits.counter_open()
        numbers = {card["id"]: card["number"] for card in screen["services"]}
        shown = [numbers[service] for service in screen["tiles"]]
        self.assertEqual(shown, list(range(1, len(shown) + 1)))
        self.assertEqual(screen["tiles"][0], asked.id)
        # What is asked for during a week moves no number in it.
        with freeze_time("2026-11-26 09:00"):
            for _i in range(3):
                self._make_request()
            again = self.visits.counter_open()
        self.assertEqual(again["tiles"], screen["tiles"])

    def test_what_is_served_elsewhere_is_named_with_the_place_or_the_reason(self):
        elsewhere = self._make_service(code="E", name="خدمت دیگر")
        retired = self._make_service(code="R", name="خدمت پیشین")
        retired.with_user(self.administrator).write({"state": "retired"})
        g2g = self._make_service(
            code="G", name="استعلام", service_type="g2g", desk_offer="none"
        )
        suspended = self._make_service(code="S", name="خدمت ایستاده")
        suspended.write({"suspension_reason": "تا پایان آذر", "state": "suspended"})
        self.desk.service_ids = self.service
        self.other_desk.service_ids = elsewhere | suspended
        screen = self.visits.counter_open()
        reasons = {card["id"]: card["reason"] for card in screen["elsewhere"]}
        self.assertIn("Branch", reasons[elsewhere.id])
        self.assertIn("Retired", reasons[retired.id])
        self.assertIn("agencies", reasons[g2g.id])
        self.assertEqual("تا پایان آذر", reasons[suspended.id])
        self.assertNotIn(self.service.id, reasons)
        self.assertFalse(any(card["is_open"] for card in screen["elsewhere"]))
        for service, told in (
            (elsewhere, "not offered at this desk: .*Branch"),
            (retired, f"{retired.name}.*: Retired"),
        ):
            with self.assertRaisesRegex(UserError, told):
                self.visits.counter_register(
                    self._visit(
                        key=f"elsewhere-{service.id:08}",
                        lines=[{"service_id": service.id}],
                    )
                )

    def test_the_calendar_is_read_once_for_the_whole_catalogue(self):
        for code in range(12):
            self._make_service(code=f"Q{code}")
        self.visits.counter_open()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(80):
            self.visits.counter_open()

    def test_a_new_client_is_made_and_found_again(self):
        self.visits.counter_register(self._visit())
        found = self.visits.counter_find_client("۰۰۷۶۲۲۹۶۴۵")
        self.assertEqual(found["name"], "زهرا امینی")
        self.assertEqual(len(found["open"]), 1)
        self.assertIn("•••", found["mobile"])
        self.assertNotIn("09121234318", str(found))

    def test_registering_gives_code_date_and_sentence(self):
        result = self.visits.counter_register(self._visit())
        (line,) = result["requests"]
        self.assertEqual(line["state"], "registered")
        self.assertFalse(line["missing"])
        self.assertIn(line["promised"], result["sentence"])
        self.assertEqual(result["seconds"], 90)
        request = self.env["service.desk.request"].browse(line["id"])
        self.assertEqual(request.user_id, self.clerk)
        self.assertEqual(request.counter_id, self.counter)

    def test_pressing_again_registers_nothing_twice(self):
        first = self.visits.counter_register(self._visit())
        again = self.visits.counter_register(self._visit(name="دیگری"))
        self.assertEqual(first["requests"], again["requests"])
        self.assertEqual(self.visits.search_count([("id", "=", first["visit_id"])]), 1)

    def test_the_key_of_another_clerk_opens_nothing(self):
        first = self.visits.counter_register(self._visit())
        self.desk.user_ids += self.other_clerk
        other = self.visits.with_user(self.other_clerk)
        result = other.counter_register(self._visit())
        self.assertNotEqual(first["visit_id"], result["visit_id"])

    def test_a_missing_document_is_told_and_pauses(self):
        result = self.visits.counter_register(self._visit(received=self.documents[:1]))
        self.assertEqual(result["requests"][0]["missing"], ["قرارداد"])
        self.assertIn("قرارداد", result["sentence"])

    def test_a_condition_that_holds_makes_the_document_needed(self):
        visit = self._visit()
        visit["lines"][0]["needed"] = self.documents[3:].ids
        result = self.visits.counter_register(visit)
        self.assertEqual(result["requests"][0]["missing"], ["وکالت‌نامه"])

    def test_several_services_share_one_visit(self):
        other = self._make_service(code="B", name="گواهی", document_ids=[])
        visit = self._visit()
        visit["lines"].append({"service_id": other.id})
        result = self.visits.counter_register(visit)
        self.assertEqual(len(result["requests"]), 2)

    def test_on_the_spot_is_delivered_by_the_second_press(self):
        service = self._make_service(
            code="S", mode="on_the_spot", duration_max=0, document_ids=[]
        )
        visit = self._visit(deliver=True, lines=[{"service_id": service.id}])
        result = self.visits.counter_register(visit)
        self.assertEqual(result["requests"][0]["state"], "delivered")

    def test_bad_input_is_refused_in_words_and_saves_nothing(self):
        hidden = self._make_service(code="N", desk_offer="none")
        visits = self.visits.search_count([])
        bad = {
            "check digit": {"identifier": "0076229646"},
            "name": {"name": " "},
            "mobile": {"mobile": "0912"},
            "service first": {"lines": []},
            "not offered": {"lines": [{"service_id": hidden.id}]},
            "out of date": {"key": "x"},
        }
        for words, change in bad.items():
            with self.subTest(words):
                with self.assertRaises(UserError) as caught:
                    self.visits.counter_register(self._visit(**change))
                self.assertIn(words, str(caught.exception))
        self.assertEqual(self.visits.search_count([]), visits)

    def test_a_closed_desk_is_named_and_what_to_do(self):
        self.desk.active = False
        with self.assertRaisesRegex(UserError, "“Central” is closed"):
            self.visits.counter_register(self._visit())
        with self.assertRaisesRegex(UserError, "“Central” is closed"):
            self.visits.counter_returns(self.counter.id)
        self.assertIn("Central", self.visits.counter_open(self.counter.id)["closed"])
        # What is closed elsewhere concerns nobody here.
        strangers = self.visits.with_user(self.other_clerk)
        with self.assertRaisesRegex(AccessError, "not a counter of your desks"):
            strangers.counter_returns(self.counter.id)
        self.assertFalse(strangers.counter_open()["closed"])
        self.assertFalse(self.visits.search([]), "nothing is registered")

    def test_a_closed_counter_is_named_and_what_to_do(self):
        self.counter.active = False
        with self.assertRaisesRegex(UserError, "Counter 3.*is closed"):
            self.visits.counter_register(self._visit())

    def test_information_is_logged_without_a_client(self):
        result = self.visits.counter_inform(
            {"key": KEY, "counter_id": self.counter.id, "service_id": self.service.id}
        )
        visit = self.visits.browse(result["visit_id"])
        self.assertEqual((visit.kind, visit.service_id), ("information", self.service))
        self.assertFalse(visit.partner_id)

    def test_returns_show_the_ready_first_and_no_numbers(self):
        late = self._make_request()
        ready = self._make_request(client_name="رضا مهدوی")
        for request in (late, ready):
            request._set_stamps({"date_promised": "2026-11-22"})
        ready.action_mark_ready()
        rows = self.visits.counter_returns(self.counter.id)["rows"]
        self.assertEqual([row["id"] for row in rows], [ready.id, late.id])
        self.assertNotIn(NATIONAL_CODES[0], str(rows))

    def test_visits_are_written_by_the_screen_only(self):
        with self.assertRaises(AccessError):
            self.visits.create({"key": "x" * 20, "desk_id": self.desk.id})

    def test_the_receipt_names_no_one(self):
        result = self.visits.counter_register(self._visit())
        report = self.env["ir.actions.report"].with_user(self.clerk)
        html, _kind = report._render_qweb_html(
            "service_desk.report_receipt", [result["visit_id"]]
        )
        # Documents are in the language of their body, digits included.
        text = to_latin_digits(html.decode() if isinstance(html, bytes) else html)
        self.assertIn(result["requests"][0]["code"], text)
        for secret in ("زهرا امینی", NATIONAL_CODES[0], "09121234318", "9121234318"):
            self.assertNotIn(secret, text)
