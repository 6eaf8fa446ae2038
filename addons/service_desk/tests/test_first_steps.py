from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase, tagged

from .common import DeskCase, DeskWorld


@tagged("post_install", "-at_install")
class TestFirstSteps(DeskWorld, TransactionCase):
    """An agency in which nothing is set up yet, but for Odoo's own company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "اداره کل نو"})
        cls.company.resource_calendar_id = cls._make_calendar(
            "Odoo's own", ("0", "1", "2", "3", "4")
        )
        cls.unit = cls.env["hr.department"].create(
            {"name": "واحد", "company_id": cls.company.id}
        )
        cls.administrator = cls._user("first_admin", "group_administrator")
        cls.summary = cls.env["service.desk.summary"].with_user(cls.administrator)

    @classmethod
    def _user(cls, login, group):
        user = cls._make_user(login, group)
        user.write(
            {
                "company_ids": [Command.set(cls.company.ids)],
                "company_id": cls.company.id,
            }
        )
        return user

    def _steps(self, user=None):
        return self.summary.with_user(user or self.administrator).board_load()[
            "first_steps"
        ]

    def _done(self):
        return [step["done"] for step in self._steps()]

    def test_each_step_is_done_when_it_can_serve(self):
        self.assertEqual(self._done(), [False] * 6)
        self.company.resource_calendar_id = self._make_calendar("Week")
        self.assertEqual(self._done(), [True] + [False] * 5)
        clerk = self._user("first_clerk", "group_clerk")
        self.assertEqual(self._done(), [True] + [False] * 5)
        liaison = self._user("first_liaison", "group_unit_liaison")
        self.assertEqual(self._done(), [True] * 2 + [False] * 4)
        self.unit.desk_liaison_ids = liaison
        self.assertEqual(self._done(), [True] * 3 + [False] * 3)
        desk = self.env["service.desk"].create(
            {
                "name": "میز",
                "company_id": self.company.id,
                "counter_ids": [Command.create({"number": 1})],
            }
        )
        self.assertEqual(self._done(), [True] * 3 + [False] * 3)
        desk.user_ids = clerk
        self.assertEqual(self._done(), [True] * 4 + [False] * 2)
        service = self._make_service(
            publish=False, code="1", company_id=self.company.id
        )
        self.assertFalse(self._done()[4])
        service.action_publish()
        self.assertEqual(self._done(), [True] * 5 + [False])

    def test_a_liaison_without_the_role_is_named(self):
        clerk = self._user("first_clerk", "group_clerk")
        self.unit.desk_liaison_ids = clerk
        step = self._steps()[2]
        self.assertFalse(step["done"])
        self.assertIn(clerk.name, step["note"])

    def test_who_may_not_do_a_step_is_told_who_does_it(self):
        steps = self._steps()
        self.assertEqual(
            [bool(step["action"]) for step in steps],
            [False, False, False, True, True, True],
        )
        self.assertIn("An administrator of the system", steps[0]["note"])
        self.administrator.group_ids += self.env.ref("base.group_system")
        self.administrator.group_ids += self.env.ref("hr.group_hr_user")
        self.assertTrue(all(step["action"] for step in self._steps()))

    def test_only_administrators_are_told(self):
        self.assertFalse(self._steps(self._user("first_super", "group_supervisor")))
        self.assertFalse(self._steps(self._user("first_seer", "group_observer")))

    def test_an_administrator_without_a_counter_is_led_to_the_desks(self):
        visits = self.env["service.desk.visit"].with_user(self.administrator)
        self.assertTrue(visits.counter_open()["may_set_up"])
        clerk = self._user("first_clerk", "group_clerk")
        self.assertFalse(visits.with_user(clerk).counter_open()["may_set_up"])


@tagged("post_install", "-at_install")
class TestLaterSteps(DeskCase):
    def test_a_desk_names_an_expert_without_the_role(self):
        self.assertNotIn("Without the role", self.desk.checklist)
        self.desk.user_ids += self.liaison
        self.assertIn("Without the role", self.desk.checklist)
        self.assertIn(self.liaison.name, self.desk.checklist)

    def test_once_something_was_registered_nothing_is_told(self):
        board = self.env["service.desk.summary"].with_user(self.administrator)
        self.assertTrue(board.board_load()["first_steps"])
        self._make_request()
        self.assertFalse(board.board_load()["first_steps"])


@tagged("post_install", "-at_install")
class TestEmptyCatalogue(DeskWorld, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_world()

    def test_an_empty_catalogue_does_not_speak_of_a_search(self):
        services = self.env["service.desk.service"].search(
            [("company_id", "=", self.company.id), ("state", "=", "published")]
        )
        services.action_retire()
        self.assertIn("has not published", self.url_open("/desk?lang=en_US").text)
        found = self.url_open("/desk?lang=en_US&q=xyz").text
        self.assertIn("Try a shorter word", found)
        self.assertNotIn("has not published", found)
