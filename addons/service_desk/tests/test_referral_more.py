from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .. import clock
from .common import DeskCase


class ReferralCase(DeskCase):
    def setUp(self):
        super().setUp()
        # A cron commits after each record; a test must not.
        cron_class = self.registry["ir.cron"]
        self.patch(cron_class, "_commit_progress", lambda *_args, **_kw: float("inf"))

    def _referrals(self, request, order="parallel"):
        """Refer ``request`` to both units through the wizard."""
        wizard = Form(
            self.env["service.desk.refer"]
            .with_user(self.clerk)
            .with_context(default_request_id=request.id)
        )
        wizard.order = order
        with wizard.line_ids.new() as line:
            line.department_id = self.other_unit
            line.days = 2
        wizard.save().action_confirm()
        referrals = request.referral_ids.sorted("id")
        return referrals.with_env(self.env)

    def _answer(self, referral, outcome="done", user=None):
        referral.with_user(user or referral.user_id).write(
            {"outcome": outcome, "answer": "انجام شد", "state": "answered"}
        )


@tagged("post_install", "-at_install")
class TestTurns(ReferralCase):
    def test_units_at_once_work_on_their_own_clocks(self):
        request = self._make_request()
        first, second = self._referrals(request)
        self.assertEqual([first.state, second.state], ["sent", "sent"])
        self.assertEqual([first.days, second.days], [3, 2])
        self._answer(first)
        self.assertEqual(request.state, "referred")
        self._answer(second)
        self.assertEqual(request.state, "ready")

    def test_the_next_unit_begins_when_the_one_before_is_done(self):
        request = self._make_request()
        first, second = self._referrals(request, "sequence")
        self.assertEqual([first.state, second.state], ["sent", "waiting"])
        self.assertFalse(second.date_due)
        self._answer(first)
        self.assertEqual(second.state, "sent")
        self.assertEqual(second.user_id, self.other_liaison)
        self.assertEqual(request.department_id, self.other_unit)
        self._answer(second)
        self.assertEqual(request.state, "ready")

    def test_a_refusal_stops_the_turns_and_the_desk_decides(self):
        request = self._make_request()
        first, second = self._referrals(request, "sequence")
        self._answer(first, "refused")
        self.assertEqual(second.state, "cancelled")
        self.assertEqual(request.state, "registered")

    def test_nobody_starts_a_turn_by_hand(self):
        request = self._make_request()
        _first, second = self._referrals(request, "sequence")
        with self.assertRaises(UserError):
            second.with_user(self.supervisor).write({"state": "sent"})

    def test_a_batch_reads_each_calendar_once(self):
        requests = [self._make_request() for _i in range(4)]
        vals_list = [
            {"request_id": request.id, "department_id": self.unit.id}
            for request in requests
        ]
        referrals = self.env["service.desk.referral"].with_user(self.clerk)
        looks = []
        calendar_class = self.registry["resource.calendar"]
        due_batch = calendar_class._desk_due_batch

        def count(calendar, wishes):
            looks.append(calendar)
            return due_batch(calendar, wishes)

        self.patch(calendar_class, "_desk_due_batch", count)
        made = referrals.create(vals_list)
        self.assertEqual(len(looks), len(requests))
        made.with_env(self.env)._start()
        self.assertEqual(len(looks), len(requests) + 1)


@tagged("post_install", "-at_install")
class TestUnitTree(ReferralCase):
    def test_the_liaison_of_the_unit_above_receives_for_the_one_below(self):
        below = self.env["hr.department"].create(
            {"name": "Section", "parent_id": self.unit.id}
        )
        referral = self.refer(self._make_request(), below)
        self.assertEqual(referral.user_id, self.liaison)
        seen = self.env["service.desk.referral"].with_user(self.liaison).search([])
        self.assertIn(referral, seen)
        referral.with_user(self.liaison).action_accept()
        self.assertFalse(seen.with_user(self.other_liaison).search([]))


@tagged("post_install", "-at_install")
class TestAbsence(ReferralCase):
    def _absence(self, user=None, days=2, **vals):
        today = self.env["service.desk.absence"]._today()
        return (
            self.env["service.desk.absence"]
            .with_user(user or self.liaison)
            .create(
                {
                    "user_id": self.liaison.id,
                    "stand_in_id": self.other_liaison.id,
                    "date_from": today,
                    "date_to": today + timedelta(days=days),
                }
                | vals
            )
        )

    def test_open_referrals_go_over_and_the_stand_in_answers(self):
        referral = self.refer(self._make_request())
        with self.assertRaises(AccessError):
            referral.with_user(self.other_liaison).action_accept()
        self._absence()
        self.assertEqual(referral.user_id, self.other_liaison)
        self._answer(referral, user=self.other_liaison)
        self.assertEqual(referral.request_id.state, "ready")

    def test_what_comes_meanwhile_goes_to_the_stand_in(self):
        self._absence()
        self.assertEqual(self.refer(self._make_request()).user_id, self.other_liaison)

    def test_an_absence_of_next_week_waits_for_the_cron_once(self):
        referral = self.refer(self._make_request())
        today = self.env["service.desk.absence"]._today()
        later = today + timedelta(days=7)
        absence = self._absence(date_from=later, date_to=later)
        self.assertEqual(referral.user_id, self.liaison)
        with clock.at(clock.now() + timedelta(days=7)):
            self.env["service.desk.absence"]._cron_hand_over()
            stamped = absence.handed_over_at
            self.env["service.desk.absence"]._cron_hand_over()
        self.assertEqual(referral.user_id, self.other_liaison)
        self.assertEqual(absence.handed_over_at, stamped)

    def test_only_supervisors_send_others_away(self):
        with self.assertRaises(AccessError):
            self._absence(user=self.other_liaison, stand_in_id=self.clerk.id)
        self.assertTrue(self._absence(user=self.supervisor))


@tagged("post_install", "-at_install")
class TestWatch(ReferralCase):
    def _activities(self, user):
        return self.env["mail.activity"].search(
            [("res_model", "=", "service.desk.referral"), ("user_id", "=", user.id)]
        )

    def test_the_liaison_is_reminded_once_in_working_hours(self):
        referral = self.refer(self._make_request(), days=1)
        watch = self.env["service.desk.referral"]._cron_watch
        with clock.at(clock.now().replace(hour=20, minute=30)):
            watch()
        self.assertFalse(referral.reminded_at)
        watch()
        watch()
        self.assertEqual(len(self._activities(self.liaison)), 1)
        self.assertFalse(referral.escalated_at)

    def test_what_is_late_is_reported_to_the_desk_once(self):
        self.desk.representative_id = self.supervisor
        referral = self.refer(self._make_request(), days=1)
        late = referral.date_due + timedelta(days=3)
        shift = self.calendar._desk_shifts(late, late + timedelta(days=7))[0]
        with clock.at(shift[0].replace(tzinfo=None) - shift[0].utcoffset()):
            self.env["service.desk.referral"]._cron_watch()
            self.env["service.desk.referral"]._cron_watch()
        self.assertTrue(referral.escalated_at)
        self.assertEqual(len(self._activities(self.supervisor)), 1)
        events = self.env["service.desk.event"].search(
            [("request_id", "=", referral.request_id.id), ("kind", "=", "escalated")]
        )
        self.assertEqual(len(events), 1)
