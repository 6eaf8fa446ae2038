from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_field import TODAY
from .common_follow import PDF, FollowCase


@tagged("post_install", "-at_install")
class TestFinding(FollowCase):
    def _as_agency(self, record):
        return record.with_user(self.representative).sudo()

    def _mails(self):
        return self.env["mail.mail"].search([("model", "in", ["audit.finding", False])])

    def test_issuing_sets_deadlines_and_tells_the_agency_once(self):
        before = self._mails()
        finding = self._issued()
        self.assertEqual(finding.date_answer_due, TODAY + timedelta(days=10))
        self.assertEqual(finding.date_due, TODAY + timedelta(days=45))
        mail = self._mails() - before
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, self.representative.partner_id)
        self.assertEqual(mail.state, "outgoing")
        self.assertIn(f"/my/findings/{finding.id}", mail.body_html)

    def test_only_its_own_agency_finds_an_issued_finding(self):
        findings = self.env["audit.finding"]

        def seen_by(user):
            model = findings.with_user(user).sudo()
            return model.search(model._agency_domain())

        self.assertFalse(seen_by(self.representative))
        self._issued()
        self.assertEqual(seen_by(self.representative), self.finding)
        self.assertFalse(seen_by(self.stranger_agency))

    def test_a_head_office_answers_for_its_units_where_the_programme_says_so(self):
        visit = self._later_visit(self.unit, 1)
        below = self._make_visit(visit, A1="no", A2="yes", B1="yes").finding_ids
        below.action_issue()
        model = self.env["audit.finding"].with_user(self.representative).sudo()
        self.assertIn(below, model.search(model._agency_domain()))
        self.assertEqual(below._representatives(), self.representative)
        self.programme.head_answers = False
        self.assertNotIn(below, model.search(model._agency_domain()))
        self.assertFalse(below._representatives())

    def test_accepting_is_stamped_with_the_representative(self):
        finding = self._accepted()
        self.assertEqual((finding.state, finding.answer), ("accepted", "accept"))
        self.assertEqual(finding.answered_by_id, self.representative)
        with self.assertRaisesRegex(UserError, "not waiting for an answer"):
            self._as_agency(finding)._agency_answer("contest", "Too late")

    def test_contesting_needs_words_and_is_ruled_on_once(self):
        finding = self._issued()
        agency = self._as_agency(finding)
        with self.assertRaisesRegex(UserError, "Say why"):
            agency._agency_answer("contest", "  ")
        agency._agency_answer("contest", "The board hangs there")
        self.assertEqual(finding.state, "contested")
        self.assertEqual(finding.activity_ids.user_id, self.programme.user_id)
        ruler = finding.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "Write the ruling"):
            ruler.action_uphold()
        ruler.ruling = "The photo shows none"
        ruler.action_uphold()
        self.assertEqual((finding.state, finding.ruled_by_id), ("issued", self.officer))
        with self.assertRaisesRegex(UserError, "ruled on already"):
            agency._agency_answer("contest", "Again")
        agency._agency_answer("accept", "")
        self.assertEqual(finding.state, "accepted")

    def test_a_withdrawn_finding_is_closed_with_its_ruling(self):
        finding = self._issued()
        self._as_agency(finding)._agency_answer("contest", "Wrong unit")
        finding.with_user(self.officer).ruling = "True"
        finding.with_user(self.officer).action_withdraw()
        self.assertEqual((finding.state, finding.close_reason), ("closed", "True"))
        with self.assertRaisesRegex(UserError, "closed finding"):
            finding.with_user(self.officer).name = "Other"
        # What was withdrawn was never there: it is not found again, nor counted.
        later = self._make_visit(
            self._later_visit(self.agency, kind="follow_up"),
            A1="yes",
            A2="no",
            B1="yes",
        )
        self.assertFalse(later.finding_ids.is_repeated)
        figures = self.env["audit.daily.figures"]._figures(self.phase, TODAY)
        self.assertEqual(figures["findings"]["whole"], 1)

    def test_an_older_visit_accepted_later_does_not_judge(self):
        finding = self._accepted()
        earlier = self._later_visit(self.agency, days=-1, kind="follow_up")
        self._make_visit(earlier, A1="yes", A2="yes", B1="yes")
        self.assertEqual(finding.outcome, "unknown")

    def test_answers_and_outcomes_cannot_be_forged(self):
        finding = self._issued().with_user(self.officer)
        for vals in (
            {"answer": "accept"},
            {"answered_by_id": self.officer.id},
            {"outcome": "effective"},
            {"ruled_at": "2026-06-27 00:00:00"},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                finding.write(vals)

    def test_closing_needs_verified_actions_and_an_outcome_or_a_reason(self):
        action = self._action()
        finding = self.finding.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "actions that nobody verified"):
            finding.action_close()
        self._as_agency(action)._agency_report("Done", [("board.pdf", PDF)])
        action.with_user(self.officer).action_verify()
        with self.assertRaisesRegex(UserError, "say why it is closed"):
            finding.action_close()
        finding.close_reason = "Seen by the governor"
        finding.action_close()
        self.assertEqual(finding.state, "closed")
        self.assertTrue(finding.closed_at)

    def test_the_next_visit_judges_what_was_done(self):
        finding = self._accepted()
        visit = self._later_visit(
            self.agency, kind="follow_up", earlier_visit_id=self.visit.id
        )
        seen = self._make_visit(visit, A1="yes", A2="yes", B1="yes")
        self.assertEqual(seen.kind, "follow_up")
        self.assertEqual(
            (finding.outcome, finding.outcome_assessment_id), ("effective", seen)
        )
        finding.with_user(self.officer).action_close()
        self.assertEqual(finding.state, "closed")

    def test_a_fault_that_is_found_again_is_a_repeated_finding(self):
        finding = self._accepted()
        visit = self._later_visit(self.agency, kind="follow_up")
        again = self._make_visit(visit, A1="no", A2="no", B1="yes").finding_ids
        repeated = again.filtered("is_repeated")
        self.assertEqual(repeated.item_code, "A2")
        self.assertEqual(
            (repeated.repeat_of_id, finding.outcome), (finding, "ineffective")
        )
        self.assertEqual(finding.repeat_ids, repeated)
        elsewhere = self._make_visit(
            self._later_visit(self.unit, 3), A1="yes", A2="no", B1="yes"
        )
        self.assertFalse(elsewhere.finding_ids.is_repeated)

    def test_a_repeated_finding_is_known_by_its_code_in_a_new_version(self):
        new = self.version.browse(self.version.action_new_version()["res_id"])
        item = new.item_ids.filtered(lambda i: i.code == "A2")
        self.assertNotEqual(item, self.second)
        assessment = self.env["audit.assessment"].create(
            {
                "unit_id": self.agency.id,
                "source": "reported",
                "reported_by": "Governor",
                "version_id": new.id,
            }
        )
        answer = self.env["audit.answer"].create(
            {
                "assessment_id": assessment.id,
                "item_id": item.id,
                "payload": {"option": "no"},
            }
        )
        values = assessment._prepare_finding(answer)
        self.assertEqual(values["repeat_of_id"], self.finding.id)

    def test_praise_needs_neither_answer_nor_reason(self):
        self.finding.action_good_practice()
        finding = self._issued()
        self.assertFalse(finding.date_answer_due)
        with self.assertRaisesRegex(UserError, "Praise"):
            self._as_agency(finding)._agency_answer("accept", "")
        finding.with_user(self.officer).action_close()
        self.assertEqual(finding.state, "closed")

    def test_a_reminder_speaks_the_language_of_the_agency(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.representative.lang = "fa_IR"
        before = self._mails()
        finding = self._issued()
        with freeze_time(finding.date_answer_due):
            self.env["audit.finding"]._cron_remind()
        issued, reminder = (self._mails() - before).sorted("id")
        self.assertTrue(issued.subject.startswith("یافته‌های"), issued.subject)
        self.assertTrue(reminder.subject.startswith("یادآوری"), reminder.subject)

    def test_reminders_go_out_once_a_week_and_reach_the_officer_at_last(self):
        finding = self._issued()
        before = self._mails()
        due = finding.date_answer_due
        for days, sent, escalated in (
            (-5, 0, False),
            (-3, 1, False),
            (-1, 1, False),
            (4, 2, True),
            (5, 2, True),
        ):
            with freeze_time(due + timedelta(days=days)):
                self.env["audit.finding"]._cron_remind()
            self.assertEqual(len(self._mails() - before), sent, days)
            self.assertEqual(bool(finding.activity_ids), escalated, days)
        with freeze_time(due + timedelta(days=1)):
            overdue = self.env["audit.finding"].search(
                [("is_answer_overdue", "=", True)]
            )
            self.assertIn(finding, overdue)
            finding.invalidate_recordset()
            self.assertTrue(finding.is_answer_overdue)
