"""Two people at the same moment, on connections of their own: one result.

Both have begun before either of them is finished: each has read the world as it was.
"""

# Several connections, each with transactions of its own.
# pylint: disable=invalid-commit
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tools import mute_logger

from odoo.addons.agency_base.tests.common import PATIENCE, OwnDatabaseCase

from .common import NATIONAL_CODES, DeskWorld


class AtOnceCase(DeskWorld, OwnDatabaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.registry.cursor() as cr:
            cls.env = cls._env(cls, cr)
            cls._make_world()
            cls.desk.user_ids += cls.other_clerk
            cls.counters = cls.desk.counter_ids + cls.env[
                "service.desk.counter"
            ].create({"desk_id": cls.desk.id, "number": 4})
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
            cr.commit()

    @contextmanager
    def _own(self, *records):
        """Yield ``records`` in a transaction of their own, committed at the end."""
        with self.registry.cursor() as cr:
            env = self._env(cr)
            yield [env[record._name].browse(record.ids) for record in records]
            env.flush_all()
            cr.commit()

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

    def _at_once(self, *acts):
        """Let each ``(user, records, act)`` begin before any is finished.

        Return what each of them came to: its value, or what the person is told.
        """
        barrier = threading.Barrier(len(acts))

        def run(user, records, act):
            with self.registry.cursor() as cr:
                env = self._env(cr, user.id, lang="en_US")
                begun = []

                def attempt():
                    # Under REPEATABLE READ the first query says what is seen.
                    cr.execute("SELECT 1 FROM res_users LIMIT 1")
                    if not begun:
                        begun.append(True)
                        barrier.wait(PATIENCE)
                    return act(env[records._name].browse(records.ids))

                try:
                    return retrying(attempt, env)
                except UserError as error:
                    cr.rollback()
                    return str(error)

        # Odoo's own retrying; only its pauses are shortened.
        with (
            mute_logger("odoo.sql_db"),
            patch("odoo.service.model.random.uniform", lambda low, high: high / 50),
            ThreadPoolExecutor(len(acts)) as pool,
        ):
            return list(pool.map(lambda one: run(*one), acts))

    def _kinds(self, request):
        with self._own(request) as [request]:
            return request.event_ids.sorted("id").mapped("kind")

    def _said(self, results):
        """Return the one sentence that was told to who came second."""
        [sentence] = [text for text in results if isinstance(text, str)]
        return sentence

    def _both(self, records, act, users=None):
        """Let two clerks do the same to ``records`` at once."""
        users = users or (self.clerk, self.other_clerk)
        return self._at_once(*[(user, records, act) for user in users])
