from datetime import datetime

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

# Sunday 1 Azar 1405, 10:24 in Tehran.
NOW = datetime(2026, 11, 22, 6, 54)
WEEK = ("5", "6", "0", "1", "2")  # Saturday to Wednesday
NATIONAL_CODES = ("0076229645", "0499370899", "0084575948", "1234567891")


class DeskWorld:
    """A desk with one counter, two units with a liaison each, a published service."""

    @classmethod
    def _make_world(cls):
        cls.company = cls.env.company
        cls.calendar = cls._make_calendar("Office hours")
        cls.company.resource_calendar_id = cls.calendar
        cls.clerk = cls._make_user("desk_clerk", "group_clerk")
        cls.other_clerk = cls._make_user("desk_other_clerk", "group_clerk")
        cls.liaison = cls._make_user("desk_liaison", "group_unit_liaison")
        cls.other_liaison = cls._make_user("desk_other_liaison", "group_unit_liaison")
        cls.supervisor = cls._make_user("desk_supervisor", "group_supervisor")
        cls.observer = cls._make_user("desk_observer", "group_observer")
        cls.administrator = cls._make_user("desk_admin", "group_administrator")
        units = cls.env["hr.department"].create(
            [{"name": "Desk Unit"}, {"name": "Labour"}, {"name": "Insurance"}]
        )
        cls.desk_unit, cls.unit, cls.other_unit = units
        cls.unit.desk_liaison_ids = cls.liaison
        cls.other_unit.desk_liaison_ids = cls.other_liaison
        cls.desk = cls.env["service.desk"].create(
            {
                "name": "Central",
                "department_id": cls.desk_unit.id,
                "user_ids": [Command.set(cls.clerk.ids)],
                "counter_ids": [Command.create({"number": 3})],
            }
        )
        cls.other_desk = cls.env["service.desk"].create(
            {"name": "Branch", "user_ids": [Command.set(cls.other_clerk.ids)]}
        )
        cls.service = cls._make_service(code="13021042", name="صدور پروانه")
        cls.partner = cls.env["res.partner"].create({"name": "زهرا امینی"})

    @classmethod
    def _make_user(cls, login, group):
        return new_test_user(
            cls.env, login, groups=f"service_desk.{group}", tz="Asia/Tehran"
        )

    @classmethod
    def _make_calendar(cls, name, days=WEEK, hours=(7.5, 14.5)):
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "tz": "Asia/Tehran",
                "attendance_ids": [
                    Command.create(
                        {
                            "name": day,
                            "dayofweek": day,
                            "hour_from": hours[0],
                            "hour_to": hours[1],
                        }
                    )
                    for day in days
                ],
            }
        )

    @classmethod
    def _make_service(cls, publish=True, **vals):
        defaults = {
            "name": "Service",
            "mode": "intake",
            "duration_max": 5,
            "department_id": cls.unit.id,
            "document_ids": [
                Command.create({"name": "کارت ملی", "form": "seen", "sequence": 1}),
                Command.create({"name": "قرارداد", "form": "original", "sequence": 2}),
                Command.create({"name": "پایان کار", "form": "agency", "sequence": 3}),
                Command.create(
                    {"name": "وکالت‌نامه", "condition": "وکیل آمده", "sequence": 4}
                ),
            ],
            "step_ids": [
                Command.create(
                    {"name": "بررسی", "department_id": cls.unit.id, "days": 3}
                )
            ],
        }
        service = cls.env["service.desk.service"].create(defaults | vals)
        if publish:
            service.action_publish()
        return service

    @classmethod
    def _make_request(cls, register=True, complete=True, user=None, **vals):
        defaults = {
            "service_id": cls.service.id,
            "desk_id": cls.desk.id,
            "partner_id": cls.partner.id,
            "client_name": "زهرا امینی",
            "national_id": NATIONAL_CODES[0],
            "mobile": "09121234318",
        }
        requests = cls.env["service.desk.request"].with_user(user or cls.clerk)
        request = requests.create(defaults | vals)
        if register:
            cls._register(request, complete)
        return request

    @staticmethod
    def _register(request, complete=True):
        request._fill_documents()
        if complete:
            request.document_ids.is_received = True
        request.action_register()


class DeskCase(DeskWorld, TransactionCase):
    """The world of a desk on a Sunday morning."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls._make_world()

    def _rejected(self):
        request = self._make_request()
        reason = self.env.ref("service_desk.reject_reason_conditions")
        request.write({"reject_reason_id": reason.id, "reject_reason": "شرط سنی"})
        request.action_reject()
        return request

    def refer(self, request, unit=None, **vals):
        """Refer ``request`` to a unit and return the referral as the superuser."""
        unit = unit or self.unit
        referral = self.env["service.desk.referral"].with_user(self.clerk)
        return referral.create(
            {"request_id": request.id, "department_id": unit.id} | vals
        ).with_env(self.env)
