"""What screens do not offer, sent by RPC: nothing of the year is had that way."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .year_common import TODAY
from .year_forging_common import YearForgingCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestYearForging(YearForgingCase):
    """Whoever sees something of a body, or keeps another one, changes nothing of it."""

    # === Reasons ===

    def test_a_reason_comes_with_giving_back_and_in_no_other_way(self):
        secretary = self.users["secretary"]
        drafts = (
            self._plan(lines=[("One", 1)]),
            self._score(),
            self._shortcoming(),
            self._calling(),
            self.env["reform.quarter.report"].create(
                {"committee_id": self.body.id, "jalali_year": 1405, "quarter": "2"}
            ),
        )
        for draft in drafts:
            first = draft._first_state()
            self._refused(draft, secretary, {"reason": "Forged"})
            self._refused(draft, secretary, {"reason": "Forged", "state": first})
        for draft in drafts[:2]:
            following = {"state": next(iter(draft._state_transitions[draft.state]))}
            self._refused(draft, secretary, {"reason": "Forged"} | following)
        other = {"committee_id": self.body.id, "jalali_year": 1406}
        plans = self.env["reform.plan"].with_user(secretary)
        with self.assertRaises(UserError):
            plans.create(other | {"reason": "Forged"})
        made = plans.with_context(default_reason="Forged").create(other)
        self.assertFalse(made.reason)

    def test_the_reason_of_a_return_is_kept(self):
        plan = self._plan(lines=[("One", 1)])
        self._as("secretary", plan).action_submit()
        with self.assertRaises(UserError):
            self._as("secretary", plan).write({"state": "draft", "reason": "Mine"})
        self._as("approver", plan).write({"state": "draft", "reason": "Too few"})
        self.assertEqual((plan.state, plan.reason), ("draft", "Too few"))

    def test_only_who_calls_writes_the_reason_of_a_unit(self):
        call = self._calling()
        self._as("secretary", call).action_send()
        line = call.line_ids
        for user in (self.liaison, self.users["secretary"]):
            self._refused(line, user, {"reason": "Forged"})
        line.with_user(self.liaison).write({"answer": "Here", "state": "delivered"})
        with self.assertRaises(UserError):
            line.with_user(self.liaison).write({"state": "returned", "reason": "x"})
        self._as("secretary", line).write({"state": "returned", "reason": "Unsigned"})
        self.assertEqual(line.reason, "Unsigned")

    # === Who only sees ===

    def test_who_only_sees_a_record_changes_nothing(self):
        shortcoming, call = self._shortcoming(), self._calling()
        self._as("secretary", call).action_send()
        plan = self._in_force()
        seer = self.other_secretary
        self.assertTrue(shortcoming.with_user(seer).name)
        self.assertTrue(call.with_user(seer).name)
        for record, vals in (
            (shortcoming, {"measure": "Nothing"}),
            (shortcoming, {"state": "mending"}),
            (call, {"state": "closed"}),
            (call, {"due_on": "2027-01-01"}),
            (plan, {"threshold": 0}),
            (plan, {"state": "closed"}),
            (plan, {"note": "Mine"}),
        ):
            self._refused(record, seer, vals)
        with self.assertRaises(AccessError):
            call.with_user(seer).action_remind()
        self.assertFalse(call.line_ids.reminder_count)

    def test_nothing_is_moved_into_another_body(self):
        mine = self._plan(self.other_body, lines=[("Mine", 1)], jalali_year=1403)
        theirs, in_force = self._plan(), self._in_force(jalali_year=1404)
        line = mine.line_ids
        self._refused(mine, self.other_secretary, {"committee_id": self.body.id})
        for plan in (theirs, in_force):
            self._refused(line, self.other_secretary, {"plan_id": plan.id})
        score = self._score()
        own = self._score(
            self._indicator("8-8", committee_id=self.other_body.id),
            committee_id=self.other_body.id,
        )
        annex = self.env["reform.annex"].create(
            {"score_id": own.id, "filename": "a.pdf", "file": "JVBERi0xLjcgb2s="}
        )
        self._refused(annex, self.other_secretary, {"score_id": score.id})
        calls = (
            self._calling(self.other_body, self.offices[1]),
            self._calling(),
        )
        self._refused(calls[0].line_ids, self.other_secretary, {"call_id": calls[1].id})
        shortcoming = self._shortcoming(committee_id=self.other_body.id)
        self._refused(shortcoming, self.other_secretary, {"committee_id": self.body.id})

    def test_an_annex_does_not_slip_into_a_score_that_was_declared(self):
        declared = self._score(actual=30)
        self._as("secretary", declared).action_declare()
        other = self._score(self._indicator("8-9", committee_id=self.body.id))
        annex = self.env["reform.annex"].create(
            {"score_id": other.id, "filename": "a.pdf", "file": "JVBERi0xLjcgb2s="}
        )
        self._refused(annex, self.users["secretary"], {"score_id": declared.id})

    # === What follows from other fields ===

    def test_what_is_computed_is_not_entered(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        line = self._plan(lines=[("One", 1)]).line_ids
        call = self._calling()
        self._as("secretary", call).action_send()
        suggestion = self._suggested()
        suggestion.committee_id = self.body
        secretary = self.users["secretary"]
        for record, user, vals in (
            (line.plan_id, secretary, {"company_id": company.id}),
            (line, secretary, {"committee_id": self.other_body.id}),
            (line, secretary, {"percent": 100}),
            (self._score(), secretary, {"ceiling": 900}),
            (call.line_ids, self.liaison, {"due_on": "2030-01-01"}),
            (call.line_ids, self.liaison, {"call_state": "draft"}),
            (suggestion, secretary, {"mean_score": 100}),
            (suggestion, secretary, {"jalali_year": 1300}),
        ):
            self._refused(record, user, vals, AccessError)
        values = {"plan_id": line.plan_id.id, "name": "Two"}
        lines = self._as("secretary", line)
        with self.assertRaises(AccessError):
            lines.create(values | {"percent": 100})
        made = lines.with_context(
            default_percent=100, default_committee_id=self.other_body.id
        ).create(values)
        self.assertEqual((made.percent, made.committee_id), (0, self.body))

    def test_an_indicator_stays_in_its_agency(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        office = self.users["reform_office"]
        loose = self._indicator("7-7")
        self._refused(loose, office, {"company_id": company.id})

    # === Suggestions ===

    def test_a_review_leads_to_no_other_suggestion(self):
        suggestion, hidden = self._suggested(), self._suggested()
        suggestion.committee_id = self.body
        reviewer = new_test_user(self.env, "reviewer", groups="base.group_user")
        review = self.env["reform.suggestion.review"].create(
            {"suggestion_id": suggestion.id, "reviewer_id": reviewer.id}
        )
        for vals in (
            {"suggestion_id": hidden.id},
            {"reviewer_id": self.outsider.id},
            {"due_on": "2030-01-01"},
        ):
            self._refused(review, reviewer, vals)
        self.assertFalse(hidden.with_user(reviewer).search([("id", "=", hidden.id)]))
        marks = {"usefulness": "5", "feasibility": "5", "novelty": "5", "economy": "5"}
        reviews = self._as("secretary", review)
        with self.assertRaises(AccessError):
            reviews.create(
                {"suggestion_id": suggestion.id, "reviewer_id": self.users["chair"].id}
                | marks
            )

    def test_only_the_body_that_decides_takes_a_suggestion_on_its_agenda(self):
        suggestion = self._suggested()
        suggestion.committee_id = self.other_body
        suggestion.write({"state": "on_agenda"})
        meeting = self._meeting("2026-11-24 06:00:00")
        items = self._as("secretary", self.env["reform.agenda.item"])
        with self.assertRaisesRegex(UserError, "Another body"):
            items.create(
                {
                    "meeting_id": meeting.id,
                    "name": "Ours",
                    "source": "suggestion",
                    "suggestion_id": suggestion.id,
                }
            )

    def test_the_secretariat_sets_aside_and_the_committee_rejects(self):
        suggestion = self._suggested()
        suggestion.committee_id = self.body
        office = self._as("reform_office", suggestion)
        office.action_review()
        with self.assertRaises(UserError):
            office.write({"state": "rejected", "answer": "No"})
        aside = self._suggested()
        self._as("reform_office", aside).write(
            {"state": "rejected", "answer": "This is a complaint"}
        )
        self.assertFalse(aside.meeting_id)
        for vals in (
            {"company_id": self.env["res.company"].create({"name": "X"}).id},
            {"attachment_ids": [Command.set(self._file().ids)]},
        ):
            with self.assertRaises(UserError):
                office.write(vals)

    # === Others ===

    def test_strangers_read_and_write_nothing(self):
        records = (
            self._plan(lines=[("One", 1)]),
            self._score(),
            self._shortcoming(),
            self._calling(),
            self._suggested(),
        )
        portal = new_test_user(self.env, "reform_portal", groups="base.group_portal")
        public = self.env.ref("base.public_user")
        foreign = self._other_company_user("reform_office")
        for record in records:
            name = next(iter(record._rec_names_search or ["id"]))
            for user in (portal, public, foreign):
                with self.subTest(record=record._name, user=user.login):
                    seen = record.with_user(user)
                    with self.assertRaises(AccessError):
                        seen.read(["state", name.split(".")[0]])
                    with self.assertRaises(UserError):
                        seen.write({"state": list(record._state_transitions)[1]})
                    with self.assertRaises(UserError):
                        seen.unlink()
