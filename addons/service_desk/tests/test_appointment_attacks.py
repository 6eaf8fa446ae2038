"""Another person's appointment or slip, met by who only guesses its id or his pass."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import NATIONAL_CODES, NOW
from .test_track_actions import PublicCase

PAPERS = ("report_appointment_slip", "report_slip")
WAYS = ("html", "pdf")


@tagged("post_install", "-at_install")
class TestAppointmentAttacks(PublicCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.presence = cls._make_service(
            code="P", needs_presence=True, document_ids=[], step_ids=[]
        )
        cls.theirs = cls._make_request(service_id=cls.presence.id)
        cls.mine = cls._make_request(
            service_id=cls.presence.id,
            partner_id=cls.env["res.partner"].create({"name": "رضا"}).id,
            client_name="رضا",
            national_id=NATIONAL_CODES[1],
            mobile="09121230000",
        )
        cls.appointment = cls.env["service.desk.appointment"].create(
            {
                "request_id": cls.theirs.id,
                "department_id": cls.unit.id,
                "place": "unit",
                "room": "12",
                "expert_name": "کمالی",
                "date_start": NOW + timedelta(days=1),
            }
        )
        cls.sent = cls.env["service.desk.referral"]._send_person(
            cls.unit.id, "کریمی", "تطبیق", {"request_id": cls.theirs.id}
        )
        elsewhere = cls.env["res.company"].create(
            {"name": "Elsewhere", "desk_is_public": False}
        )
        # The highest right of another company, the desks of this one named to him.
        cls.foreigner = new_test_user(
            cls.env,
            "desk_foreigner",
            groups="service_desk.group_administrator,service_desk.group_supervisor",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
            service_desk_ids=[Command.set(cls.desk.ids)],
        )
        cls.portal = new_test_user(cls.env, "desk_portal", groups="base.group_portal")
        cls.strangers = {
            "clerk of another desk": cls.other_clerk,
            "liaison of another unit": cls.other_liaison,
            "supervisor of another company": cls.foreigner,
            "somebody with an account": cls.portal,
            "nobody": cls.env.ref("base.public_user"),
        }

    def test_who_guesses_an_id_reads_and_moves_nothing(self):
        calls = {
            "read": lambda records: records.read(["client_name", "expert_name"]),
            "export": lambda records: records.export_data(["client_name"]),
            "write": lambda records: records.write({"note": "x"}),
            "copy": lambda records: records.copy(),
            "held": lambda records: records.action_held(),
            "missed": lambda records: records.action_missed(),
            "cancel": lambda records: records.action_cancel(),
            "slip": lambda records: records.action_print_slip(),
        }
        for who, user in self.strangers.items():
            records = self.appointment.with_user(user)
            for name, call in calls.items():
                with self.subTest(f"{who}: {name}"), self.assertRaises(UserError):
                    self.env.invalidate_all()
                    call(records)
            with self.subTest(f"{who}: sent inside"), self.assertRaises(UserError):
                self.sent.with_user(user).read(["coordinated_with"])
        self.env.invalidate_all()
        self.assertEqual(self.appointment.state, "planned")
        self.assertFalse(self.appointment.note)
        self.assertEqual(self.theirs.visit_count, 1)

    def test_who_guesses_an_id_makes_no_appointment(self):
        values = {
            "request_id": self.theirs.id,
            "department_id": self.unit.id,
            "expert_name": "x",
            "date_start": NOW + timedelta(days=2),
        }
        for who, user in self.strangers.items():
            makers = self.env["service.desk.appointment"].with_user(user)
            with self.subTest(who), self.assertRaises(UserError):
                self.env.invalidate_all()
                makers.create(values)
        self.assertEqual(self.theirs.appointment_ids, self.appointment)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_qweb")
    def test_who_guesses_an_id_prints_no_slip(self):
        ids = {PAPERS[0]: self.appointment.id, PAPERS[1]: self.sent.id}
        self.env.flush_all()
        for who, user in self.strangers.items():
            login = None if who == "nobody" else user.login
            self.authenticate(login, login)
            for paper, number in ids.items():
                for way in WAYS:
                    path = f"/report/{way}/service_desk.{paper}/{number}"
                    with self.subTest(f"{who}: {path}"):
                        answer = self.url_open(path)
                        self.assertNotIn("کمالی", answer.text)
                        self.assertNotIn("کریمی", answer.text)
                        self.assertFalse(answer.content.startswith(b"%PDF"))

    def test_the_pass_of_one_person_moves_nothing_of_another(self):
        """What else is sent along names the other: only the pass is looked at."""
        note = self._pass_of_mine()
        guessed = {
            "request_id": self.theirs.id,
            "id": self.appointment.id,
            "code": self.theirs.tracking_code,
        }
        forms = {
            "/desk/track/appointment": {"choice": "cancel"},
            "/desk/track/inside": {"answer": "yes", "unit": self.unit.name},
            "/desk/track/rate": {},
        }
        for path, fields in forms.items():
            with self.subTest(path):
                answer = self._send(path, **{"pass": note}, **fields, **guessed)
                self.assertEqual(answer.status_code, 200)
                self.assertNotIn("کمالی", answer.text)
                self.assertNotIn(self.theirs.tracking_code, answer.text)
        self.env.invalidate_all()
        self.assertEqual(self.appointment.state, "planned")
        told = self.env["service.desk.feedback"].search([("sent_inside", "=", "yes")])
        self.assertEqual(told.request_id, self.mine)

    def test_a_pass_of_another_company_opens_nothing(self):
        note = self._pass(self.theirs)
        token = self._csrf()
        self.company.desk_is_public = False
        self.foreigner.company_id.write({"desk_is_public": True, "website": False})
        self.env.flush_all()
        for path, fields in (
            ("/desk/track/appointment", {"choice": "cancel"}),
            ("/desk/track/inside", {"answer": "yes", "unit": self.unit.name}),
        ):
            with self.subTest(path):
                data = {"csrf_token": token, "pass": note} | fields
                answer = self.url_open(path, data=data)
                self.assertNotIn("کمالی", answer.text)
        self.env.invalidate_all()
        self.assertEqual(self.appointment.state, "planned")
        self.assertFalse(self._answers())

    def test_a_pass_that_was_altered_opens_nothing(self):
        mine, theirs = self._pass_of_mine(), self._pass(self.theirs)
        half = len(theirs) // 2
        for forged in (
            theirs[:-1],
            theirs[:-1] + ("0" if theirs[-1] != "0" else "1"),
            mine[:half] + theirs[half:],
            theirs[:half] + mine[half:],
            str(self.theirs.id),
            self.theirs.tracking_code,
        ):
            with self.subTest(forged[:20]):
                data = {"pass": forged, "choice": "cancel"}
                answer = self._send("/desk/track/appointment", **data)
                self.assertNotIn("کمالی", answer.text)
        self.env.invalidate_all()
        self.assertEqual(self.appointment.state, "planned")

    def test_the_counter_tells_no_appointment_of_another_desk(self):
        visits = self.env["service.desk.visit"]
        for who, user in self.strangers.items():
            with self.subTest(who), self.assertRaises(UserError):
                self.env.invalidate_all()
                visits.with_user(user).counter_returns(self.desk.counter_ids.id)

    def _pass_of_mine(self):
        page = self._enter(self.mine, digits="0000").text
        return page.split('name="pass" value="', 1)[1].split('"', 1)[0]

    def _answers(self):
        return self.env["service.desk.feedback"].search_count(
            [("sent_inside", "!=", False)]
        )
