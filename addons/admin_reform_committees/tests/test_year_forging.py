"""What screens do not offer, sent by RPC: nothing of the year is had that way."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .suggestion_common import SuggestionCase
from .year_common import TODAY, IndicatorCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestYearForging(SuggestionCase, IndicatorCase):
    """Whoever sees something of a body, or keeps another one, changes nothing of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # secretary of another body, and a member of this one
        cls._seat(cls.body, "member", cls.other_secretary.partner_id)

    def _calling(self, body=None, unit=None, **vals):
        unit = unit or self.offices[0]
        return self.env["reform.evidence.call"].create(
            {
                "committee_id": (body or self.body).id,
                "jalali_year": self.year,
                "name": "Evidence of summer",
                "quarter": "2",
                "due_on": "2026-11-30",
                "line_ids": [Command.create({"department_id": unit.id})],
            }
            | vals
        )

    def _shortcoming(self, **vals):
        return self.env["reform.shortcoming"].create(
            {"committee_id": self.body.id, "name": "No queue", "cause": "own"} | vals
        )

    def _refused(self, record, user, vals, error=UserError):
        before = {name: record.sudo()[name] for name in vals}
        with self.subTest(record=record._name, vals=vals):
            with self.assertRaises(error):
                record.with_user(user).write(vals)
            record.invalidate_recordset()
            self.assertEqual({name: record.sudo()[name] for name in vals}, before)

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

    # === Calls for evidence ===

    def test_coverage_is_not_raised_by_leaving_units_out(self):
        call = self._calling()
        self._as("secretary", call).action_send()
        with self.assertRaisesRegex(UserError, "was sent"):
            self._as("secretary", call.line_ids).unlink()
        with self.assertRaises(UserError):
            self._as("secretary", call).write(
                {"line_ids": [Command.delete(call.line_ids.id)]}
            )
        self._refused(call.line_ids, self.liaison, {"asked": "Nothing"})

    def test_a_unit_that_is_asked_later_is_told_and_none_once_it_is_closed(self):
        call = self._calling(unit=self.offices[1])
        kept = self._as("secretary", call)
        kept.action_send()
        unit = Command.create({"department_id": self.offices[0].id})
        kept.write({"line_ids": [unit]})
        line = call.line_ids[1]
        self.assertIn(self.liaison.partner_id, line.message_ids.partner_ids)
        kept.action_close()
        late = self.env["hr.department"].create({"name": "Office C"})
        with self.assertRaisesRegex(UserError, "closed"):
            line.with_user(self.users["secretary"]).create(
                {"call_id": call.id, "department_id": late.id}
            )

    # === Files ===

    def test_nobody_hands_in_the_file_of_somebody_else(self):
        secret = self._file(self.users["administrator"], "secret.pdf").sudo()
        secret.write({"res_model": "res.partner", "res_id": self.people["chair"].id})
        line = self._plan()
        self._line(line, owner_id=self.liaison.partner_id.id)
        self._as("secretary", line).action_submit()
        self._as("approver", line).action_approve()
        report = self.env["reform.plan.report"].with_user(self.liaison)
        forged = {"line_id": line.line_ids.id, "quarter": "3", "percent": 100}
        with self.assertRaises(AccessError):
            report.create(
                forged | {"evidence_ids": [Command.set(secret.ids)]}
            ).action_report()
        call = self._calling()
        self._as("secretary", call).action_send()
        with self.assertRaises(AccessError):
            call.line_ids.with_user(self.liaison).write(
                {"evidence_ids": [Command.set(secret.ids)]}
            )
        self.assertEqual(secret.res_model, "res.partner")

    def test_files_on_record_stay_as_they_are(self):
        call = self._calling()
        self._as("secretary", call).action_send()
        line = call.line_ids.with_user(self.liaison)
        handed = self._file(self.liaison)
        line.write({"evidence_ids": [Command.set(handed.ids)], "state": "delivered"})
        progressed = self._in_force().line_ids[0]
        reported = self._file()
        progressed._report("3", 100, evidence=reported)
        score = self._score(actual=30)
        annex = self.env["reform.annex"].create(
            {"score_id": score.id, "filename": "a.pdf", "file": "JVBERi0xLjcgb2s="}
        )
        self._as("secretary", score).action_declare()
        annexed = self.env["ir.attachment"].search(
            [
                ("res_model", "=", annex._name),
                ("res_field", "=", "file"),
                ("res_id", "=", annex.id),
            ]
        )
        suggestion = self._suggested(uploads=[("a.pdf", b"%PDF-1.7 x")])
        suggestion.committee_id = self.body
        secretary = self.users["secretary"]
        for file, user in (
            (handed, self.liaison),
            (handed, secretary),
            (reported, secretary),
            (annexed, secretary),
            (suggestion.attachment_ids, secretary),
        ):
            before = file.sudo().raw
            self.assertTrue(before)
            for act in (
                lambda each: each.write({"raw": b"%PDF-1.7 forged"}),
                lambda each: each.write({"res_id": 1}),
                lambda each: each.unlink(),
            ):
                with self.subTest(file=file.res_model), self.assertRaises(UserError):
                    act(file.with_user(user))
            self.assertEqual(file.sudo().raw, before)

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
