from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_field import TODAY
from .common_follow import PDF, FollowCase, picture


@tagged("post_install", "-at_install")
class TestAction(FollowCase):
    def test_actions_follow_accepted_findings_only(self):
        with self.assertRaisesRegex(UserError, "issued and not closed"):
            self.env["audit.action"].create(
                {
                    "finding_id": self.finding.id,
                    "name": "Early",
                    "owner": "Somebody",
                    "date_due": TODAY,
                }
            )
        agency = self._issued().with_user(self.representative).sudo()
        values = {"name": "A", "owner": "B", "date_due": date(2026, 7, 9)}
        with self.assertRaisesRegex(UserError, "Accept the finding first"):
            agency._agency_add_action(values)
        agency._agency_answer("accept", "")
        for name, value in (("name", " "), ("owner", ""), ("date_due", None)):
            with self.assertRaisesRegex(UserError, "Say what is done"):
                agency._agency_add_action(values | {name: value})
        with self.assertRaisesRegex(UserError, "in the past"):
            agency._agency_add_action(values | {"date_due": date(2026, 6, 26)})
        action = agency._agency_add_action(values | {"kind": "nonsense"})
        self.assertEqual((action.kind, action.state), ("corrective", "open"))
        self.assertEqual(str(action.date_first_due), "2026-07-09")

    def test_done_needs_proof_and_another_person_verifies(self):
        action = self._action()
        agency = action.with_user(self.representative).sudo()
        with self.assertRaisesRegex(UserError, "Add the proof"):
            agency._agency_report("Done", [])
        agency._agency_report("Done", [("سند.pdf", PDF)])
        self.assertEqual(
            (action.state, action.claimed_by_id), ("claimed", self.representative)
        )
        with self.assertRaises(AccessError):
            action.with_user(self.users["lead"]).action_verify()
        action.with_user(self.officer).action_verify()
        self.assertEqual(action.verified_by_id, self.officer)
        with self.assertRaisesRegex(UserError, "has ended"):
            action.with_user(self.officer).name = "Other"

    def test_who_reported_it_does_not_verify_it(self):
        action = self._action().with_user(self.officer)
        self.env["audit.action.proof"].with_user(self.officer)._add(
            action, "a.pdf", PDF
        )
        action.action_claim()
        with self.assertRaisesRegex(AccessError, "does not verify"):
            action.action_verify()
        self.assertIn(self.second_officer.name, action.verify_hindrance)
        self.assertNotIn(f": {self.officer.name}", action.verify_hindrance)
        self.assertFalse(action.with_user(self.second_officer).verify_hindrance)
        action.with_user(self.second_officer).action_verify()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE audit_action SET verified_by_id = claimed_by_id WHERE id = %s",
                (action.id,),
            )

    def test_a_recused_officer_does_not_verify(self):
        action = self._action()
        action.with_user(self.representative).sudo()._agency_report(
            "", [("a.pdf", PDF)]
        )
        self.env["audit.recusal"].create(
            {
                "user_id": self.officer.id,
                "unit_id": self.agency.id,
                "reason": "Own agency",
                "date_from": TODAY,
            }
        )
        officer = action.with_user(self.officer)
        self.assertIn("recused", officer.verify_hindrance)
        with self.assertRaisesRegex(AccessError, "recused"):
            officer.action_verify()

    def test_sent_back_it_can_be_reported_again(self):
        action = self._action()
        agency = action.with_user(self.representative).sudo()
        agency._agency_report("", [("a.pdf", PDF)])
        officer = action.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "Say why"):
            officer.action_return()
        officer.return_reason = "Not readable"
        officer.action_return()
        self.assertEqual((action.state, action.return_count), ("open", 1))
        agency._agency_report("Better", [("b.jpg", picture())])
        self.assertEqual(len(action.proof_ids), 2)
        self.assertFalse(action.return_reason)

    def test_moving_a_deadline_keeps_the_first_and_says_why(self):
        action = self._action()
        with self.assertRaisesRegex(UserError, "Say why"):
            action.date_due = "2026-08-01"
        action.with_user(self.representative).sudo()._agency_move(
            date(2026, 8, 1), "No budget yet"
        )
        self.assertEqual(str(action.date_first_due), "2026-07-10")
        self.assertEqual(str(action.date_due), "2026-08-01")

    def test_proof_is_checked_by_its_bytes_and_stripped(self):
        action = self._action()
        proof = self.env["audit.action.proof"]
        for name, content, words in (
            ("a.exe", b"MZ\x90", "not accepted"),
            ("a.pdf", b"<html>", "not what its name says"),
            ("a.pdf", b"", "empty|needs its file"),
            ("a.jpg", PDF, "not what its name says"),
        ):
            with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                proof._add(action, name, content)
        self.assertFalse(action.proof_ids)
        exif = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00"
        kept = proof._add(action, "place.jpg", picture(exif=exif, comment=b"secret"))
        raw = kept.attachment_id.raw
        self.assertNotIn(b"secret", raw)
        self.assertNotIn(b"Exif", raw)
        self.assertEqual(kept.attachment_id.res_model, "audit.action.proof")
        self.assertFalse(kept.attachment_id.public)
        with self.assertRaises(UserError):
            kept.with_user(self.officer).write({"sha256": "0" * 64})

    def test_stamps_of_actions_cannot_be_forged(self):
        action = self._action().with_user(self.officer)
        for vals in (
            {"verified_by_id": self.second_officer.id},
            {"claimed_at": "2026-06-27 00:00:00"},
            {"state": "verified"},  # from open it leads nowhere
        ):
            # An AccessError is a UserError too.
            with self.subTest(vals), self.assertRaises(UserError):
                action.write(vals)
        with self.assertRaises(AccessError):
            action.with_context(default_state="verified").create(
                {
                    "finding_id": self.finding.id,
                    "name": "x",
                    "owner": "y",
                    "date_due": TODAY,
                    "state": "verified",
                }
            )
        with self.assertRaises(UserError):
            self._action_claimed().unlink()

    def _action_claimed(self):
        action = self._action(name="Another")
        action.with_user(self.representative).sudo()._agency_report(
            "", [("a.pdf", PDF)]
        )
        return action

    def test_overdue_actions_are_found_and_reminded_of(self):
        action = self._action()
        action.programme_id.user_id.lang = "en_US"
        model = self.env["audit.action"]
        with freeze_time("2026-07-11 08:00:00"):
            action.invalidate_recordset()
            self.assertTrue(action.is_overdue)
            self.assertIn(action, model.search([("is_overdue", "=", True)]))
            model._remind_of_actions(self.env.company)
            model._remind_of_actions(self.env.company)
        self.assertEqual(action.reminder_count, 1)
        with freeze_time("2026-07-19 08:00:00"):
            model._remind_of_actions(self.env.company)
        self.assertEqual(action.reminder_count, 2)
        self.assertIn("overdue", self.finding.activity_ids.note)
