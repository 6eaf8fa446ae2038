from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import NOW, DeskCase
from .test_track_actions import PublicCase


@tagged("post_install", "-at_install")
class TestTrackCourse(DeskCase):
    """Who has the file and how far it is, as its client reads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        steps = [
            ("Taken in", False),
            ("Checked", cls.unit),
            ("Decided", cls.other_unit),
            ("Handed over", False),
        ]
        cls.long = cls._make_service(
            code="LONG",
            document_ids=[],
            step_ids=[
                Command.create(
                    {"name": name, "department_id": unit and unit.id, "days": 2}
                )
                for name, unit in steps
            ],
        )

    def _values(self, request):
        return request.with_env(self.env)._tracking_values()

    def _places(self, request):
        return [place["name"] for place in self._values(request)["places"]]

    def _course(self, request):
        steps = self._values(request)["steps"]
        return [(step["name"], step["status"]) for step in steps]

    def _answer(self, referral):
        referral = referral.with_user(referral.department_id.desk_liaison_ids)
        referral.write({"outcome": "done", "answer": "OK"})
        referral.action_answer()

    def test_before_it_is_referred_the_desk_has_it(self):
        request = self._make_request(service_id=self.long.id)
        [place] = self._values(request)["places"]
        self.assertEqual(place["name"], self.desk.name)
        self.assertNotIn(self.unit.name, place["title"])
        self.assertEqual(
            self._course(request),
            [
                ("Taken in", "done"),
                ("In turn at the desk", "now"),
                ("Checked", "todo"),
                ("Decided", "todo"),
                ("Handed over", "todo"),
            ],
        )

    def test_every_unit_that_has_it_is_named_with_its_telephone(self):
        self.unit.desk_phone = "03500001121"
        request = self._make_request(service_id=self.long.id)
        for unit in (self.unit, self.other_unit):
            self.refer(request, unit)
        places = {p["name"]: p["phone"] for p in self._values(request)["places"]}
        self.assertEqual(places.keys(), {self.unit.name, self.other_unit.name})
        self.assertEqual(places[self.unit.name], "03500001121")
        self.assertEqual(
            [status for _name, status in self._course(request)],
            ["done", "now", "now", "todo"],
        )

    def test_a_step_is_done_when_its_unit_has_answered(self):
        request = self._make_request(service_id=self.long.id)
        first = self.refer(request, self.unit)
        self.refer(request, self.other_unit)
        self._answer(first)
        self.assertEqual(self._places(request), [self.other_unit.name])
        self.assertEqual(
            [status for _name, status in self._course(request)],
            ["done", "done", "now", "todo"],
        )

    def test_what_a_unit_returned_is_at_the_desk_again(self):
        request = self._make_request(service_id=self.long.id)
        referral = self.refer(request, self.unit)
        referral = referral.with_user(self.liaison)
        referral.return_reason = "Not ours"
        referral.action_return()
        self.assertEqual(self._places(request), [self.desk.name])
        self.assertIn(("In turn at the desk", "now"), self._course(request))
        self.assertIn(("Checked", "todo"), self._course(request))

    def test_a_unit_without_a_step_is_shown_while_it_works(self):
        request = self._make_request(service_id=self.long.id)
        self.refer(request, self.env["hr.department"].create(self._aside()))
        self.assertEqual(self._places(request), ["Aside"])
        self.assertEqual(self._course(request)[1], ("Review", "now"))
        self.assertEqual(self._values(request)["steps"][1]["note"], "Aside")

    def _aside(self):
        return {"name": "Aside", "desk_liaison_ids": [Command.set(self.liaison.ids)]}

    def test_who_is_late_is_named(self):
        request = self._make_request(service_id=self.long.id)
        with freeze_time(NOW + timedelta(days=30)):
            late = self._values(request)["overdue"]
            self.assertIn(self.desk.name, late)
            self.refer(request, self.unit)
            self.assertIn(self.unit.name, self._values(request)["overdue"])

    def test_who_was_told_the_way_has_it_before_him(self):
        service = self._make_service(
            code="INFO",
            mode="information",
            document_ids=[],
            step_ids=[Command.create({"name": name}) for name in ("Told", "Go there")],
        )
        request = self._make_request(service_id=service.id)
        self.assertEqual(
            self._course(request), [("Told", "done"), ("Go there", "todo")]
        )
        self.assertEqual(self._places(request), [])

    def test_exactly_one_step_is_present_until_it_is_closed(self):
        request = self._make_request(service_id=self.long.id)
        self.assertEqual(self._present(request), 1)
        referral = self.refer(request, self.unit)
        self.assertEqual(self._present(request), 1)
        self._answer(referral)
        self.assertEqual((request.state, self._present(request)), ("ready", 1))
        request.action_deliver()
        self.assertEqual(self._present(request), 0)

    def _present(self, request):
        return [status for _name, status in self._course(request)].count("now")


@tagged("post_install", "-at_install")
class TestTrackRating(PublicCase):
    """Whom no SMS brought the link rates from the tracking page."""

    def _rate(self, request):
        return self._send("/desk/track/rate", **{"pass": self._pass(request)})

    def test_a_delivered_request_leads_to_its_rating_and_only_once(self):
        request = self._make_request()
        request.action_mark_ready()
        request.action_deliver()
        self.assertIn("/desk/track/rate", self._enter(request).text)
        page = self._rate(request)
        token = request._feedback().sudo().token
        self.assertTrue(page.url.endswith(f"/desk/rate/{token}"))
        self._send(f"/desk/rate/{token}", score="4")
        self.assertEqual(request._feedback().score, 4)
        self.assertNotIn("/desk/track/rate", self._enter(request).text)

    def test_an_open_request_is_not_rated(self):
        request = self._make_request()
        page = self._rate(request)
        self.assertIn("d-steps", page.text)
        self.assertFalse(
            self.env["service.desk.feedback"].search([("request_id", "=", request.id)])
        )
