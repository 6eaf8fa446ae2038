from freezegun import freeze_time
from psycopg2.errors import CheckViolation, ExclusionViolation

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import ReformCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 08:00:00")
class TestMembership(ReformCase):
    def test_second_chair_for_the_same_days_is_refused_by_name(self):
        person = self._partner("Second Chair")
        with self.assertRaisesRegex(ValidationError, self.people["chair"].name):
            self._seat(self.body, "chair", person, begins_on="2026-01-01")

    def test_second_chair_on_the_form_of_the_body_is_refused_by_name(self):
        with (
            self.assertRaisesRegex(ValidationError, self.people["chair"].name),
            Form(self.body) as body,
            body.membership_ids.new() as seat,
        ):
            seat.partner_id = self._partner("Second Chair")
            seat.role = "chair"
        self.assertEqual(self.body.chair_id, self.people["chair"])

    def test_two_new_chairs_in_one_save_are_refused_by_name(self):
        seats = [
            {"partner_id": self._partner(name).id, "role": "chair"}
            for name in ("One Chair", "Other Chair")
        ]
        with self.assertRaisesRegex(ValidationError, "(One|Other) Chair"):
            self.other_body.web_save(
                {"membership_ids": [Command.create(vals) for vals in seats]}, {}
            )

    def test_second_chair_is_refused_by_the_database_too(self):
        person = self._partner("Second Chair")
        seat = self._seat(self.body, "member", person, begins_on="2026-01-01")
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            self.env.cr.execute(
                "UPDATE reform_membership SET role = 'chair' WHERE id = %s", [seat.id]
            )
            seat._exclude_now()

    def test_the_chair_of_another_body_is_no_second_chair(self):
        seat = self._seat(self.other_body, "chair", self.people["chair"])
        self.assertEqual(self.other_body.chair_id, self.people["chair"])
        self.assertTrue(seat.is_voting)

    def test_one_save_hands_the_chair_over(self):
        successor = self._partner("Successor")
        self.body.write(
            {
                "membership_ids": [
                    Command.update(self.seats["chair"].id, {"ends_on": "2026-11-21"}),
                    Command.create(
                        {
                            "partner_id": successor.id,
                            "role": "chair",
                            "begins_on": "2026-11-22",
                        }
                    ),
                ]
            }
        )
        self.env.flush_all()
        self.assertEqual(self.body.chair_id, successor)

    def test_the_last_day_belongs_to_the_term(self):
        self.seats["chair"].ends_on = "2026-11-22"
        self.assertEqual(self.body.chair_id, self.people["chair"])
        person = self._partner("Too Early")
        with self.assertRaises(ValidationError):
            self._seat(self.body, "chair", person, begins_on="2026-11-22")
        self._seat(self.body, "chair", person, begins_on="2026-11-23")
        with freeze_time("2026-11-23 08:00:00"):
            self.env.invalidate_all()
            self.assertEqual(self.body.chair_id, person)

    def test_nobody_holds_two_seats_of_one_body(self):
        with self.assertRaisesRegex(ValidationError, "already holds a seat"):
            self._seat(self.body, "observer", self.people["member"])

    def test_a_seat_may_be_held_again_later(self):
        self.seats["m1"].ends_on = "2022-01-01"
        person = self.seats["m1"].partner_id
        again = self._seat(self.body, "member", person, begins_on="2025-01-01")
        self.assertTrue(again.is_current)
        self.assertFalse(self.seats["m1"].is_current)

    def test_term_that_ends_before_it_begins_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.seats["m1"].ends_on = "2019-01-01"
            self.env.flush_all()

    def test_organisations_hold_no_seats(self):
        company = self.env["res.partner"].create(
            {"name": "A Company", "is_company": True}
        )
        with self.assertRaisesRegex(ValidationError, "A Company"):
            self._seat(self.body, "guest", company)

    def test_list_of_ten_years_ago(self):
        old = self._seat(
            self.body,
            "member",
            self._partner("Old"),
            "2012-03-20",
            ends_on="2017-03-20",
        )
        self._seat(
            self.body, "chair", self._partner("Old Chair"), "2012-03-20",
            ends_on="2020-03-19",
        )  # fmt: skip
        names = self.body._seats_on(self.today.replace(year=2016)).partner_id
        self.assertEqual(names.mapped("name"), ["Old Chair", "Old"])
        self.assertNotIn(old, self.body._seats_on(self.today))

    def test_search_for_terms_in_office_agrees_with_the_field(self):
        self.seats["m2"].ends_on = "2026-11-21"
        self._seat(self.body, "guest", self._partner("Future"), "2026-11-23")
        seats = self.body.membership_ids
        found = seats.search([("is_current", "=", True), ("id", "in", seats.ids)])
        self.assertEqual(found, seats.filtered("is_current"))
        self.assertEqual(len(seats - found), 2)

    def test_role_says_who_votes_until_told_otherwise(self):
        guest = self._seat(self.body, "guest", self._partner("Guest"))
        silent = self._seat(
            self.body, "secretary", self._partner("Silent"), is_voting=False
        )
        self.assertFalse(guest.is_voting)
        self.assertFalse(silent.is_voting)
        self.assertTrue(self.seats["secretary"].is_voting)

    def test_only_alternates_stand_in(self):
        with self.assertRaises(ValidationError):
            self.seats["m1"].alternate_for_id = self.seats["m2"]
        self._seat(
            self.body, "alternate", self._partner("Alternate"),
            alternate_for_id=self.seats["m2"].id,
        )  # fmt: skip

    def test_tehran_decides_which_day_it_is(self):
        self.seats["m1"].ends_on = "2026-11-22"
        with freeze_time("2026-11-22 20:29:00"):
            self.env.invalidate_all()
            self.assertTrue(self.seats["m1"].is_current)
        with freeze_time("2026-11-22 20:30:00"):
            self.env.invalidate_all()
            self.assertFalse(self.seats["m1"].is_current)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 08:00:00")
class TestDelegation(ReformCase):
    def _delegate(self, **vals):
        return self.env["reform.delegation"].create(
            {
                "membership_id": self.seats["chair"].id,
                "partner_id": self.people["member"].id,
                "begins_on": "2026-01-01",
                "decree_no": "12/345",
            }
            | vals
        )

    def test_deputy_presides_within_the_dates(self):
        delegation = self._delegate(ends_on="2026-12-31")
        self.assertEqual(self.body.delegation_id, delegation)
        self.assertFalse(self.body._delegation_on(self.today.replace(year=2027)))

    def test_delegations_of_one_scope_do_not_overlap(self):
        self._delegate(scope="preside")
        other = self._partner("Other Deputy").id
        self._delegate(scope="sign", partner_id=other)
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            self._delegate(scope="all", partner_id=other)
            self.env.flush_all()

    def test_delegation_lapses_with_the_term_of_the_chair(self):
        delegation = self._delegate()
        self.seats["chair"].ends_on = "2026-11-21"
        self.assertFalse(delegation.is_current)
        self.assertFalse(self.body.delegation_id)
        self.assertFalse(delegation.search([("is_current", "=", True)]) & delegation)

    def test_only_the_chair_is_delegated_and_not_to_himself(self):
        with self.assertRaises(ValidationError):
            self._delegate(membership_id=self.seats["secretary"].id)
        with self.assertRaises(ValidationError):
            self._delegate(partner_id=self.people["chair"].id)

    def test_delegation_does_not_begin_before_the_chair_does(self):
        with self.assertRaises(UserError):
            self._delegate(begins_on="2019-01-01")

    def test_delegation_gives_the_deputy_the_running_of_the_body(self):
        body = self.body.with_user(self.users["member"])
        self.assertFalse(body.user_runs)
        self._delegate(scope="sign")
        self.env.invalidate_all()
        self.assertFalse(body.user_runs)
        self._delegate(scope="preside")
        self.env.invalidate_all()
        self.assertTrue(body.user_runs)
