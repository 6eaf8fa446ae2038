"""What counters, the hall and clients do at the same moment; run by test_at_once."""

from .common import NATIONAL_CODES

KEY = "0123456789abcdef"
PDF = b"%PDF-1.4 one page"
TICKET = "service.desk.ticket"


class ClientsAtOnce:
    # === The counter and the hall ===

    def _visit(self, counter, **vals):
        return {
            "counter_id": counter.id,
            "key": KEY,
            "identifier": NATIONAL_CODES[2],
            "name": "مریم رضایی",
            "mobile": "09121112233",
            "lines": [{"service_id": self.service.id}],
        } | vals

    def test_a_visit_that_is_sent_twice_is_registered_once(self):
        visit = self._visit(self.counters[0])

        def register(visits):
            shown = visits.counter_register(visit)
            return [request["code"] for request in shown["requests"]]

        visits = self.env["service.desk.visit"]
        first, second = self._both(visits, register, [self.clerk] * 2)
        self.assertEqual(first, second)
        self.assertEqual(len(first), 1)

    def test_two_counters_meet_one_new_client(self):
        visit = {"identifier": NATIONAL_CODES[1], "name": "علی کریمی"}
        first, second = self.counters

        def register(counter, key):
            return lambda visits: visits.counter_register(
                self._visit(counter, key=key * 16, **visit)
            )

        visits = self.env["service.desk.visit"]
        results = self._at_once(
            (self.clerk, visits, register(first, "a")),
            (self.other_clerk, visits, register(second, "b")),
        )
        self.assertEqual([type(result) for result in results], [dict, dict])
        with self._own(self.partner) as [partners]:
            domain = partners._identified_by(NATIONAL_CODES[1])
            self.assertEqual(partners.search_count(domain), 1)

    def _calling(self, counter, shown=None):
        def call(tickets):
            queue = tickets.queue_call(counter.id, shown)
            return queue["current"]["number"]

        return call

    def test_two_draw_and_two_call_at_once(self):
        desk, (first, second) = self.desk, self.counters
        one, other = self._both(desk, lambda desk: desk.env[TICKET]._draw(desk).number)
        self.assertEqual(abs(one - other), 1)
        one, other = self._at_once(
            (self.clerk, self.env[TICKET], self._calling(first)),
            (self.other_clerk, self.env[TICKET], self._calling(second)),
        )
        self.assertNotEqual(one, other)

    def test_a_counter_that_calls_twice_has_one_client(self):
        counter = self.counters[0]
        with self._own(self.desk) as [desk]:
            for _n in range(3):
                desk.env[TICKET]._draw(desk)
            tickets = desk.env[TICKET]
            tickets.search(tickets._at(counter.with_env(desk.env))).write(
                {"state": "done"}
            )
        one, other = self._both(
            self.env[TICKET], self._calling(counter, 0), [self.clerk] * 2
        )
        self.assertEqual(one, other, "the second press changes nothing")
        with self._own(self.env[TICKET]) as [tickets]:
            at_counter = tickets.search(tickets._at(counter.with_env(tickets.env)))
            self.assertEqual(at_counter.mapped("number"), [one])

    # === What clients send ===

    def test_a_form_that_is_sent_twice_makes_one_request(self):
        clean = {
            "kind": "national",
            "identifier": NATIONAL_CODES[2],
            "name": "مریم رضایی",
            "mobile": "+989121112233",
            "subject": "",
        }

        def apply(service):
            service = service.sudo()
            requests = service.env["service.desk.request"]
            known = requests._made_of(KEY, service.company_id)
            made = known or requests._apply_make(KEY, service, clean)
            made._apply_register()
            return made.id

        with self._own(self.service) as [service]:
            public = service.env.ref("base.public_user")
        first, second = self._both(self.service, apply, [public] * 2)
        self.assertEqual(first, second)
        with self._own(self.env["service.desk.request"].browse(first)) as [request]:
            self.assertEqual(request.event_ids.mapped("kind"), ["incomplete"])

    def test_a_rejection_is_objected_to_once(self):
        made = self._request()
        with self._own(made) as [request]:
            reason = request.env.ref("service_desk.reject_reason_other")
            request.write({"reject_reason_id": reason.id, "reject_reason": "ناقص"})
            request.action_reject()

        def object_online(request):
            return request.sudo()._object_online("چرا؟")

        results = self._at_once(
            (self.other_clerk, made, object_online),
            (self.other_clerk, made, object_online),
            (self.clerk, made, lambda request: bool(request.action_appeal("تلفنی"))),
        )
        with self._own(made) as [request]:
            self.assertEqual(len(request.appeal_ids), 1)
        # Who sends the page again is shown the objection; the clerk is told of it.
        self.assertEqual(results[:2], ["", ""])
        self.assertTrue(results[2] is True or "already" in results[2], results)

    def test_answers_of_a_client_are_kept_once(self):
        made = self._request()

        def answer(request):
            return request.sudo()._answer_sent_inside("yes")

        def rate(request):
            return request.sudo()._take_rating({"score": 2})

        results = self._at_once(
            *[(self.clerk, made, act) for act in (answer, answer, rate, rate)]
        )
        self.assertEqual(results[:2], [None, None])
        self.assertEqual(set(results[2:]), {False, True}, results)
        with self._own(made) as [request]:
            self.assertEqual(len(request.sudo().feedback_ids), 1)

    def test_a_file_that_is_sent_twice_is_kept_once(self):
        made = self._request(complete=False)
        with self._own(made) as [request]:
            document = request.document_ids.filtered("is_missing")[0]

        def upload(request):
            request.sudo()._take_missing(str(document.id), [("card.pdf", PDF)])

        results = self._both(made, upload)
        self.assertEqual(results, [None, None])
        with self._own(document) as [document]:
            self.assertEqual(len(document.upload_ids), 1)
        self.assertEqual(self._kinds(made).count("uploaded"), 1)

    def test_the_same_bytes_of_two_clients_are_kept_for_both(self):
        made = [self._request(complete=False) for _n in range(2)]
        content = PDF + b" " * 3_000_000

        def upload(request):
            document = request.document_ids.filtered("is_missing")[0]
            request.sudo()._take_missing(str(document.id), [("card.pdf", content)])

        results = self._at_once(*[(self.clerk, one, upload) for one in made])
        self.assertEqual(results, [None, None])
        for one in made:
            with self._own(one) as [request]:
                self.assertEqual(len(request.document_ids.upload_ids), 1)

    def test_a_time_is_given_once_and_a_client_gets_one(self):
        with self._own(self.presence) as [service]:
            one, other = (
                self._request_of(service.env, service_id=service.id) for _n in "12"
            )
            times = [
                time["choice"] for day in one._free_days() for time in day["times"]
            ]

        def book(choice):
            return lambda request: request.sudo()._book_online(choice)

        results = self._at_once(
            (self.clerk, one, book(times[0])), (self.clerk, other, book(times[0]))
        )
        self.assertIn("no longer free", self._said(results))
        late = other if results[0] is None else one
        self._at_once(
            (self.clerk, late, book(times[1])), (self.clerk, late, book(times[2]))
        )
        with self._own(late) as [request]:
            self.assertEqual(len(request.appointment_ids), 1)

    def test_originals_change_hands_once(self):
        made = self._request()
        referral = self._referrals(made, self.unit)
        with self._own(referral) as [files]:
            lists = files.env["service.desk.transmittal"]
            for _n in range(2):
                lists += lists._make_for(files)
            lists.write({"receiver_name": "رابط", "is_signed_on_paper": True})
        first, second = lists
        results = self._at_once(
            (self.clerk, first, lambda paper: paper.action_sign()),
            (self.clerk, second, lambda paper: paper.action_sign()),
        )
        self.assertIn("not here", self._said(results))
        with self._own(lists) as [lists]:
            self.assertEqual(sorted(lists.mapped("state")), ["draft", "signed"])
