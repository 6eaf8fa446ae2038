"""The desk's world, for two people at the same moment."""

from odoo.addons.agency_base.tests.at_once import AtOnceCase

from .common import NATIONAL_CODES, DeskWorld


class DeskAtOnceCase(DeskWorld, AtOnceCase):
    @classmethod
    def _populate(cls):
        cls._make_world()
        cls.desk.user_ids += cls.other_clerk
        cls.counters = cls.desk.counter_ids + cls.env["service.desk.counter"].create(
            {"desk_id": cls.desk.id, "number": 4}
        )
        # Appointments are within the days the unit works.
        cls.unit.desk_calendar_id = cls._make_calendar("Always", "0123456", (0, 24))
        cls.presence = cls._make_service(
            code="P", needs_presence=True, document_ids=[], step_ids=[]
        )
        cls.hours = cls.env["service.desk.reception"].create(
            [
                {
                    "department_id": cls.unit.id,
                    "weekday": weekday,
                    "hour_from": 8,
                    "hour_to": 12,
                    "room": "12",
                    "expert_name": "رضا کمالی",
                }
                for weekday in "0123456"
            ]
        )

    def _request(self, **vals):
        with self._own(self.clerk) as [clerk]:
            return self._request_of(clerk.env, **vals)

    def _request_of(self, env, register=True, complete=True, **vals):
        requests = env["service.desk.request"].with_user(self.clerk.id)
        request = requests.create(
            {
                "service_id": self.service.id,
                "desk_id": self.desk.id,
                "partner_id": env["res.partner"].create({"name": "زهرا امینی"}).id,
                "client_name": "زهرا امینی",
                "national_id": NATIONAL_CODES[0],
                "mobile": "09121234318",
            }
            | vals
        )
        if register:
            self._register(request, complete)
        return request

    def _referrals(self, request, *units):
        with self._own(request) as [request]:
            referrals = request.env["service.desk.referral"].with_user(self.clerk.id)
            return referrals.create(
                [{"request_id": request.id, "department_id": unit.id} for unit in units]
            )

    def _kinds(self, request):
        with self._own(request) as [request]:
            return request.event_ids.sorted("id").mapped("kind")

    def _both(self, records, act, users=None):
        """Let two clerks do the same to ``records`` at once."""
        users = users or (self.clerk, self.other_clerk)
        return self._at_once(*[(user, records, act) for user in users])
