from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.reform_quarter_report import FIGURES
from .report_common import ReportCase
from .year_common import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestQuarterReport(ReportCase):
    def test_it_is_made_of_what_is_on_record(self):
        plan = self._in_force()
        plan.line_ids[0]._report("2", 40)
        self._evaluated()
        with freeze_time("2026-09-01 08:00:00"):
            self._approved(start_at="2026-09-01 06:00:00")
            self._held(start_at="2026-09-05 06:00:00")
            self._meeting("2026-09-10 06:00:00")
        self._approved(start_at="2026-10-01 06:00:00")
        report = self._report()
        figures = report.read(
            [
                "meetings_planned", "meetings_held", "resolutions_adopted",
                "resolutions_verified", "resolutions_open", "resolutions_overdue",
                "planned_percent", "realised_percent", "score", "ceiling",
            ]
        )[0]  # fmt: skip
        figures.pop("id")
        self.assertEqual(
            figures,
            {
                "meetings_planned": 1, "meetings_held": 2, "resolutions_adopted": 1,
                "resolutions_verified": 0, "resolutions_open": 1,
                "resolutions_overdue": 0, "planned_percent": 100,
                "realised_percent": 30, "score": 15, "ceiling": 20,
            },
        )  # fmt: skip
        sections = report.line_ids.mapped("section")
        self.assertEqual(
            {section: sections.count(section) for section in sections},
            {"1_meeting": 2, "2_resolution": 1, "3_plan": 2, "4_indicator": 1,
             "5_course": 4},
        )  # fmt: skip
        lines = report.line_ids.grouped("section")
        # work that serves no reform programme has no number
        self.assertEqual(set(lines["3_plan"].mapped("code")), {""})
        self.assertEqual(lines["5_course"][1].name, "First 6 months")

    def test_planned_meetings_of_the_quarters_make_those_of_the_year(self):
        for a_year in (0, 1, 4, 6, 7, 12):
            self.body.meetings_per_year = a_year
            planned = [
                self._report(quarter)._meeting_figures()["meetings_planned"]
                for quarter in ("1", "2", "3")
            ]
            self.env["reform.quarter.report"].search(
                [("committee_id", "=", self.body.id)]
            ).unlink()
            with freeze_time("2027-03-01 08:00:00"):
                planned.append(self._report("4").meetings_planned)
                self.env["reform.quarter.report"].search(
                    [("committee_id", "=", self.body.id)]
                ).unlink()
            self.assertEqual(sum(planned), a_year)
            self.assertLessEqual(max(planned) - min(planned), 1)

    def test_confidential_meetings_are_counted_and_not_named(self):
        with freeze_time("2026-09-01 08:00:00"):
            self._approved(
                start_at="2026-09-01 06:00:00", confidentiality="confidential"
            )
        report = self._report()
        self.assertEqual((report.meetings_held, report.resolutions_adopted), (1, 1))
        self.assertFalse([line.name for line in report.line_ids if line.name])

    def test_a_quarter_is_reported_once(self):
        self._report()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._report()

    def test_a_second_report_of_an_accepted_quarter_is_refused(self):
        accepted = self._accepted()
        secretary = self.users["secretary"]
        begun = accepted.with_user(secretary).new(
            {"committee_id": self.body.id, "jalali_year": self.year, "quarter": "2"}
        )
        self.assertEqual(begun.earlier_id, accepted, "said before a word is written")
        begun.quarter = "1"
        self.assertFalse(begun.earlier_id)
        # neither begun nor duplicated: the way to the accepted one is shown
        for begin in (self._report, accepted.with_user(secretary).copy):
            with self.assertRaises(RedirectWarning) as refusal:
                begin()
            message, action, *_button = refusal.exception.args
            self.assertIn("amend it", message)
            self.assertEqual(action["res_id"], accepted.id)
        # nor moved there from another quarter
        other = self._as("secretary", self._report("1"))
        other.quarter = "2"
        with self.assertRaisesRegex(UserError, "amend it"):
            other.action_submit()

    def test_what_keeps_it_from_being_submitted_and_accepted(self):
        with self.assertRaisesRegex(UserError, "has not begun"):
            self._report("4")
        report = self._report(summary=" ")
        score = self._score(actual=1)
        with self.assertRaises(UserError) as refusal:
            self._as("secretary", report).action_submit()
        self.assertIn("summary is empty", str(refusal.exception))
        self.assertIn("is not declared", str(refusal.exception))
        report.summary = "Something"
        self._as("secretary", score).action_declare()
        self._as("secretary", report).action_submit()
        with self.assertRaises(AccessError):
            self._as("secretary", report).action_accept()
        with self.assertRaisesRegex(UserError, "not evaluated"):
            self._as("reform_office", report).action_accept()
        self._as("reform_office", report).write(
            {"state": "draft", "reason": "Add the problems"}
        )
        self.assertEqual(report.reason, "Add the problems")
        self.assertIn("Add the problems", report.message_ids[0].body)
        with self.assertRaises(AccessError):
            self._as("secretary", report).write({"score": 1000})

    def test_who_submitted_does_not_accept(self):
        report = self._report()
        self._as("reform_office", report).action_submit()
        with self.assertRaisesRegex(AccessError, "as well"):
            self._as("reform_office", report).action_accept()

    def test_a_quarter_is_not_sealed_before_it_ends(self):
        report = self._report("3")
        self._as("secretary", report).action_submit()
        with self.assertRaisesRegex(UserError, "runs until"):
            self._as("reform_office", report).action_accept()
        self.assertEqual(report.state, "submitted")
        with freeze_time("2026-12-21 08:00:00"):  # 30 Azar, the last day
            self._as("reform_office", report).action_accept()
        self.assertEqual(report.state, "accepted")

    def test_stamps_are_not_forged_by_rpc(self):
        secretary = self._as("secretary", self._report())
        vals = {"committee_id": self.body.id, "jalali_year": self.year, "quarter": "1"}
        now, chair = "2026-10-01 00:00:00", self.users["chair"].id
        forged = dict.fromkeys(FIGURES, 99) | {
            "number": "C93/1405/Q9",
            "made_at": now,
            "submitted_at": now,
            "submitted_by_id": chair,
            "accepted_at": now,
            "accepted_by_id": chair,
            "chain_length": 9,
            "chain_hash": "x" * 64,
        }
        self.assertEqual(set(forged), secretary._state_stamps)
        self._refuse_forging(secretary, vals, forged)
        self.assertEqual(secretary.state, "draft")
        with self.assertRaises(AccessError):
            secretary.line_ids.create({"report_id": secretary.id, "section": "3_plan"})

    def test_who_sees_a_report(self):
        report = self._report()
        seat = self._partner("Councillor")
        self._seat(self.council, "member", seat)
        councillor = self._user("councillor", "member")
        councillor.partner_id = seat
        everybody = {**self.users, "councillor": councillor, "outsider": self.outsider}

        def sees(role):
            found = report.with_user(everybody[role])
            if not found.has_access("read"):
                return False
            return bool(found.line_ids.search_count([("report_id", "=", report.id)]))

        self._in_force()
        self._as("secretary", report).action_refresh()
        running = {"secretary", "chair", "reform_office", "administrator"}
        self.assertEqual({role for role in everybody if sees(role)}, running)
        self._as("secretary", report).action_submit()
        members = running | {"member", "approver"}
        self.assertEqual({role for role in everybody if sees(role)}, members)
        self._as("reform_office", report).action_accept()
        readers = members | {"councillor", "observer"}
        self.assertEqual({role for role in everybody if sees(role)}, readers)

    def test_making_a_report_costs_the_same_however_much_is_on_record(self):
        self._in_force()
        self._report().unlink()

        def queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            report = self._report()
            self.env.flush_all()
            count = self.env.cr.sql_log_count - before
            report.unlink()
            return count

        few = queries()
        with freeze_time("2026-09-01 08:00:00"):
            for day in (1, 2, 3, 5):
                self._approved(start_at=f"2026-09-0{day} 06:00:00")
        self.assertLessEqual(queries(), few + 12)
