from odoo.tests import tagged

from .common import NATIONAL_CODES, DeskCase

BATCH = 200


@tagged("post_install", "-at_install")
class TestPerformance(DeskCase):
    """Query counts only: how long a query takes depends on the machine."""

    def _vals_list(self, count):
        return [
            {
                "service_id": self.service.id,
                "desk_id": self.desk.id,
                "partner_id": self.partner.id,
                "client_name": "زهرا امینی",
                "national_id": NATIONAL_CODES[0],
                "mobile": "09121234318",
            }
            for _i in range(count)
        ]

    def _count(self, step):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = step()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, result

    def _create(self, count):
        requests = self.env["service.desk.request"]
        return self._count(lambda: requests.create(self._vals_list(count)))

    def _per_record(self, step):
        """Return the queries that one more record costs, the fixed part left out."""
        small, large = (step(count) for count in (BATCH // 2, BATCH))
        return (large - small) / (BATCH - BATCH // 2)

    def test_a_batch_is_created_with_a_tenth_of_a_query_each(self):
        self.assertLessEqual(self._per_record(lambda n: self._create(n)[0]), 0.1)

    def test_a_batch_is_registered_with_few_queries_each(self):
        service = self._make_service(code="P", document_ids=[])

        def register(count):
            requests = self.env["service.desk.request"].create(
                [vals | {"service_id": service.id} for vals in self._vals_list(count)]
            )
            return self._count(requests.action_register)[0]

        self.assertLessEqual(self._per_record(register), 0.1)

    def test_a_batch_is_closed_with_few_queries_each(self):
        def close(count):
            requests = self._create(count)[1]
            requests.document_ids.unlink()
            requests._fill_documents()
            requests.document_ids.is_received = True
            requests.action_register()
            requests.action_mark_ready()
            return self._count(requests.action_deliver)[0]

        self.assertLessEqual(self._per_record(close), 0.1)

    def test_one_request_is_created_with_few_queries(self):
        self._create(1)
        self.assertLessEqual(self._create(1)[0], 12)

    def test_one_request_is_closed_with_few_queries(self):
        request = self._make_request()
        request.action_mark_ready()
        self.assertLessEqual(self._count(request.action_deliver)[0], 12)
