from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import NATIONAL_CODES, NOW, DeskCase

# model, role: the verbs allowed of read, write, create, unlink
MATRIX = {
    "service.desk.service": {
        "clerk": "r",
        "liaison": "r",
        "observer": "r",
        "supervisor": "r",
        "administrator": "rwcu",
    },
    "service.desk.service.version": {
        "clerk": "r",
        "liaison": "r",
        "observer": "r",
        "supervisor": "r",
        "administrator": "r",
    },
    "service.desk": {"clerk": "r", "liaison": "r", "administrator": "rwcu"},
    "service.desk.counter": {"clerk": "r", "administrator": "rwcu"},
    "service.desk.request": {
        "clerk": "rwcu",
        "liaison": "r",
        "observer": "r",
        "supervisor": "rwcu",
    },
    "service.desk.request.document": {
        "clerk": "rwcu",
        "liaison": "r",
        "observer": "r",
    },
    "service.desk.referral": {"clerk": "rwc", "liaison": "rw", "observer": "r"},
    "service.desk.event": {"clerk": "r", "liaison": "r", "observer": "r"},
    "service.desk.promise": {"clerk": "r", "liaison": "r", "observer": "r"},
    "service.desk.visit": {"clerk": "r", "liaison": "", "observer": "r"},
    "service.desk.opinion": {
        "clerk": "",
        "liaison": "",
        "observer": "r",
        "supervisor": "rw",
    },
    "agency.sms.inbound": {"clerk": "", "observer": "", "supervisor": "rw"},
    "service.desk.message": {"clerk": "r", "liaison": "", "administrator": "rwcu"},
    "service.desk.notice": {"clerk": "r", "liaison": "", "observer": "r"},
    "service.desk.ticket": {"clerk": "r", "liaison": "", "observer": "r"},
    "service.desk.ticket.event": {"clerk": "r", "liaison": "", "observer": "r"},
    "service.desk.summary": {"clerk": "", "observer": "r", "supervisor": "r"},
    "service.desk.month": {"clerk": "", "observer": "r", "supervisor": "r"},
    "service.desk.report": {"clerk": "", "observer": "r", "supervisor": "r"},
    "service.desk.sending.report": {"clerk": "", "observer": "r"},
    "service.desk.rating.report": {"clerk": "r", "liaison": "", "observer": "r"},
    "service.desk.monthly": {"clerk": "", "observer": "rwc", "supervisor": "rwc"},
    # Ratings of a person: not even his own desk reads them.
    "service.desk.feedback": {
        "clerk": "",
        "liaison": "",
        "observer": "r",
        "supervisor": "r",
        "administrator": "r",
    },
    "service.desk.reject.reason": {"clerk": "r", "administrator": "rwcu"},
    "service.desk.promise.move": {"clerk": "", "supervisor": "rwc"},
    "service.desk.reject": {"clerk": "rwc", "liaison": "", "observer": ""},
    "service.desk.refer": {"clerk": "rwc", "liaison": "", "observer": ""},
}
VERBS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
class TestSecurity(DeskCase):
    def test_access_matrix(self):
        for model, roles in MATRIX.items():
            for role, allowed in roles.items():
                records = self.env[model].with_user(getattr(self, role))
                for letter, verb in VERBS.items():
                    with self.subTest(model=model, role=role, verb=verb):
                        self.assertEqual(records.has_access(verb), letter in allowed)

    def test_every_model_of_ours_is_closed_to_others(self):
        nobody = new_test_user(self.env, "desk_nobody", groups="base.group_portal")
        for name in self.env:
            model = self.env[name]
            if model._original_module == "service_desk" and not model._abstract:
                self.assertFalse(model.with_user(nobody).has_access("read"), name)

    def test_a_clerk_sees_the_requests_of_his_desks(self):
        request = self._make_request()
        requests = self.env["service.desk.request"]
        self.assertIn(request, requests.with_user(self.clerk).search([]))
        other = requests.with_user(self.other_clerk)
        self.assertNotIn(request.id, other.search([]).ids)
        for read in (
            lambda: other.browse(request.id).client_name,
            lambda: other.browse(request.id).write({"subject": "x"}),
            lambda: other.browse(request.id).action_cancel(),
            lambda: other.browse(request.id).event_ids.sudo(False).mapped("kind"),
        ):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                read()

    def test_what_a_closed_desk_has_begun_stays_with_its_clerks(self):
        request = self._make_request()
        self.desk.active = False
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        requests = self.env["service.desk.request"]
        self.assertIn(request, requests.with_user(self.clerk).search([]))
        self.assertNotIn(request, requests.with_user(self.other_clerk).search([]))
        request.with_user(self.clerk).action_mark_ready()
        self.assertEqual(request.state, "ready")

    def test_a_clerk_who_joins_a_desk_sees_it_at_once(self):
        request = self._make_request()
        requests = self.env["service.desk.request"].with_user(self.other_clerk)
        self.assertNotIn(request.id, requests.search([]).ids)
        self.desk.user_ids += self.other_clerk
        self.assertIn(request.id, requests.search([]).ids)

    def test_a_liaison_sees_what_was_referred_to_his_unit(self):
        request = self._make_request()
        requests = self.env["service.desk.request"]
        self.assertFalse(requests.with_user(self.liaison).search([]))
        referral = self.refer(request)
        self.assertEqual(requests.with_user(self.liaison).search([]).ids, request.ids)
        self.assertFalse(requests.with_user(self.other_liaison).search([]))
        with self.assertRaises(AccessError):
            referral.with_user(self.other_liaison).read(["note"])
        with self.assertRaises(AccessError):
            request.with_user(self.liaison).write({"subject": "x"})

    def test_who_does_not_need_them_sees_no_identifiers(self):
        request = self._make_request()
        self.refer(request)
        for user in (self.liaison, self.observer):
            as_user = request.with_user(user)
            self.assertNotIn("0076229645", as_user.national_id)
            with self.assertRaises(AccessError):
                as_user.read(["mobile"])
            with self.assertRaises(AccessError):
                as_user.read(["identifier_clear"])
        self.assertEqual(request.with_user(self.clerk).national_id, "0076229645")

    def test_exports_mask_identifiers_for_who_may_not_see_them(self):
        request = self._make_request()
        wanted = ["client_name", "national_id", "state"]
        for user, sees in ((self.supervisor, True), (self.observer, False)):
            with self.subTest(user.login):
                row = request.with_user(user).export_data(wanted)["datas"][0]
                self.assertEqual(row[0], request.client_name)
                self.assertEqual(NATIONAL_CODES[0] in row[1], sees)
                self.assertNotIn(NATIONAL_CODES[0][:7], "" if sees else row[1])
        with self.assertRaises(AccessError):
            request.with_user(self.observer).export_data(["mobile"])
        for user in (self.clerk, self.liaison):
            with self.assertRaises(UserError):
                request.with_user(user).export_data(wanted)

    def test_figures_leave_as_spreadsheets(self):
        self._make_request()
        for model in ("report", "summary", "month", "feedback", "sending.report"):
            records = self.env[f"service.desk.{model}"].with_user(self.observer)
            with self.subTest(model):
                records.search([]).export_data(["company_id"])

    def test_an_observer_changes_nothing(self):
        request = self._make_request().with_user(self.observer)
        for step in (
            lambda: request.action_cancel(),
            lambda: request.write({"subject": "x"}),
            lambda: request.action_move_promise(NOW.date(), "x"),
        ):
            with self.assertRaises(AccessError):
                step()

    def test_another_company_is_hidden_from_everybody(self):
        request = self._make_request()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "desk_stranger",
            groups="service_desk.group_administrator",
            company_id=other.id,
            company_ids=other.ids,
        )
        for model in (
            "service.desk",
            "service.desk.service",
            "service.desk.request",
            "service.desk.event",
            "service.desk.promise",
            "service.desk.service.version",
        ):
            self.assertFalse(self.env[model].with_user(stranger).search([]), model)
        with self.assertRaises(AccessError):
            request.with_user(stranger).read(["client_name"])

    def test_history_is_closed_to_the_superuser_too(self):
        event = self._make_request().event_ids[:1].sudo()
        with self.assertRaises(UserError):
            event.write({"kind": "delivered"})
        with self.assertRaises(UserError):
            event.unlink()

    def test_private_steps_are_not_reachable_by_rpc(self):
        request = self._make_request()
        for name in ("_set_stamps", "_enter", "_replay", "_find_tracked", "_log"):
            self.assertTrue(name.startswith("_") and hasattr(request, name), name)

    def test_a_counter_of_another_desk_is_refused(self):
        visits = self.env["service.desk.visit"]
        counter = self.desk.counter_ids
        for user in (self.other_clerk, self.liaison, self.observer):
            with self.assertRaises(AccessError):
                visits.with_user(user).counter_returns(counter.id)
        with self.assertRaises(AccessError):
            visits.with_user(self.liaison).counter_find_client("0076229645")
