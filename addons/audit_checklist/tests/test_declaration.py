from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_declaration import DeclarationCase
from .common_field import TODAY
from .common_follow import PDF


@tagged("post_install", "-at_install")
class TestDeclaration(DeclarationCase):
    def test_inviting_opens_a_declaration_each_and_mails_once(self):
        self.assertEqual(len(self.call.declaration_ids), 2)
        self.assertEqual(self.call.missing_count, 2)
        mails = self.env["mail.mail"].search(
            [("recipient_ids", "in", self.representative.partner_id.ids)]
        )
        [mail] = mails.filtered(lambda m: self.declaration.instance_uuid in m.body_html)
        self.assertEqual(mail.state, "outgoing")
        self.call.unit_ids += self.unit
        self.call.with_user(self.officer).action_invite_more()
        self.assertEqual(len(self.call.declaration_ids), 3)

    def test_answers_are_saved_one_by_one_and_scored(self):
        agency = self._as_agency()
        status = agency._declare("A1", {"option": "yes"})
        self.assertEqual((status["answered"], status["asked"]), (1, 3))
        self.assertEqual(status["missing"], ["A2", "B1"])
        status = agency._declare("A1", {"option": "no", "note": "Not any more"})
        self.assertEqual(status["answered"], 1)
        [answer] = self.declaration.answer_ids
        self.assertEqual((answer.option_id.code, answer.revision), ("no", 2))
        self.assertEqual(answer.answered_by_id, self.representative)
        for code, payload in (
            ("Z9", {"option": "yes"}),
            ("A1", {"option": "nonsense"}),
            ("A1", None),
        ):
            with self.assertRaises(UserError):
                agency._declare(code, payload)

    def test_submitting_needs_all_answers_and_locks(self):
        agency = self._fill(A1="yes", A2="yes")
        with self.assertRaisesRegex(UserError, "Not answered yet"):
            agency._submit_declaration()
        self._fill(B1="yes")
        agency._submit_declaration()
        declaration = self.declaration
        self.assertEqual(
            (declaration.state, declaration.declared_by_id, declaration.is_late),
            ("submitted", self.representative, False),
        )
        self.assertEqual((declaration.score, self.call.submitted_count), (100, 1))
        with self.assertRaisesRegex(UserError, "locked"):
            agency._declare("A1", {"option": "no"})
        with self.assertRaisesRegex(UserError, "locked"):
            agency._declare_document("A1", "a.pdf", PDF)

    def test_sent_back_it_is_open_again_and_then_sealed(self):
        agency = self._fill(A1="yes", A2="yes", B1="yes")
        agency._submit_declaration()
        officer = self.declaration.with_user(self.officer)
        self._send_back("A2 is not readable", self.second)
        self.assertEqual(self.declaration.state, "returned")
        self.assertEqual(self.declaration.declaration_to_mend, self.second.display_name)
        agency._declare("A2", {"option": "part"})
        with self.assertRaisesRegex(UserError, "was not sent back"):
            agency._declare("A1", {"option": "no"})
        with self.assertRaisesRegex(UserError, "was not sent back"):
            agency._declare_document("A1", "a.pdf", PDF)
        agency._submit_declaration()
        self.assertFalse(self.declaration.declaration_return_codes)
        officer.action_accept_declaration()
        self.assertEqual(self.declaration.accepted_by_id, self.officer)
        self.assertTrue(self.declaration.is_sealed)
        self.assertTrue(self.declaration.number)
        with self.assertRaises(UserError):
            self.declaration.answer_ids[0].sudo().write({"ratio": 1})

    def test_sent_back_without_items_all_of_it_is_open(self):
        agency = self._fill(A1="yes", A2="yes", B1="yes")
        agency._submit_declaration()
        with self.assertRaises(AccessError):
            self._send_back("Mine", user=self.lead)
        self._send_back("Look at all of it again")
        self.assertFalse(agency._kept_codes())
        agency._declare("A1", {"option": "no"})

    def test_what_is_asked_anew_while_mending_can_be_answered(self):
        agency = self._fill(A1="yes", A2="yes", B1="yes")
        agency._submit_declaration()
        self._send_back("A1", self.first)
        # As skip logic leaves an item that was not asked before.
        self.declaration.answer_ids.filtered(lambda a: a.item_code == "B1").write(
            {"payload": {}, "outcome": "irrelevant"}
        )
        self.assertEqual(agency._kept_codes(), {"A2"})

    def test_after_the_deadline_it_is_late_and_after_the_end_refused(self):
        with freeze_time(self.call.date_due + timedelta(days=1)):
            agency = self._fill(A1="yes", A2="yes", B1="yes")
            agency._submit_declaration()
        self.assertTrue(self.declaration.is_late)
        other = self.call.declaration_ids - self.declaration
        self.call.with_user(self.officer).action_close()
        with self.assertRaisesRegex(UserError, "closed"):
            other.with_user(self.stranger_agency).sudo()._declare(
                "A1", {"option": "yes"}
            )

    def test_what_was_declared_cannot_be_forged(self):
        officer = self.declaration.with_user(self.officer)
        for vals in (
            {"unit_id": self.other_agency.id},
            {"source": "reported", "reported_by": "Me"},
            {"phase_id": False},
            {"declaration_return_reason": "x"},
            {"declared_by_id": self.officer.id},
            {"is_late": False},
            {"round_id": False},
            {"state": "submitted"},
            {"score": 100},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                officer.write(vals)

    def test_officers_neither_answer_for_an_agency_nor_invent_declarations(self):
        self._fill(A1="no")
        self.env.flush_all()
        [answer] = self.declaration.answer_ids
        with self.assertRaisesRegex(UserError, "recorded, not entered"):
            answer.with_user(self.officer).write({"payload": {"option": "yes"}})
        with self.assertRaisesRegex(UserError, "recorded, not entered"):
            answer.with_user(self.officer).unlink()
        with self.assertRaisesRegex(UserError, "recorded, not entered"):
            self.env["audit.answer"].with_user(self.officer).create(
                {
                    "assessment_id": self.declaration.id,
                    "item_id": self.second.id,
                    "payload": {"option": "yes"},
                }
            )
        for vals in (
            {"kind": "self_declaration", "source": "declared"},
            {"kind": "audit", "source": "visit", "visit_id": self.visit.id},
        ):
            with (
                self.subTest(vals),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                self.env["audit.assessment"].with_user(self.officer).create(
                    vals
                    | {
                        "unit_id": self.unit.id,
                        "phase_id": self.phase.id,
                        "version_id": self.version.id,
                    }
                )

    def test_inspectors_do_not_see_it_before_their_own_submission(self):
        visit = self._later_visit(self.other_agency_in_phase(), 1)
        declaration = self.call.declaration_ids - self.declaration
        agency = declaration.with_user(self.stranger_agency).sudo()
        for code in ("A1", "A2", "B1"):
            agency._declare(code, {"option": "yes"})
        agency._submit_declaration()
        inspector = self.env["audit.assessment"].with_user(self.inspector)
        answers = self.env["audit.answer"].with_user(self.inspector)

        def seen():
            self.env.flush_all()
            return (
                inspector.search_count([("id", "=", declaration.id)]),
                answers.search_count([("assessment_id", "=", declaration.id)]),
            )

        self.assertEqual(seen(), (0, 0))
        with self.assertRaises(AccessError):
            declaration.with_user(self.inspector).read(["score"])
        self.programme.is_blind = False
        self.assertEqual(seen(), (1, 3))
        self.programme.is_blind = True
        self.assertEqual(seen(), (0, 0))
        self._make_visit(visit, A1="yes", A2="no", B1="yes")
        self.assertEqual(seen(), (1, 3))
        outsider = self.env["audit.assessment"].with_user(self.outsider)
        self.assertFalse(outsider.search_count([("id", "=", declaration.id)]))
        with self.assertRaises(AccessError):
            declaration.with_user(self.inspector).write({"conclusion": "x"})

    def test_phones_carry_it_only_where_inspectors_are_not_blind(self):
        visit = self._later_visit(self.other_agency_in_phase(), 1)
        declaration = self.call.declaration_ids - self.declaration
        agency = declaration.with_user(self.stranger_agency).sudo()
        for code in ("A1", "A2", "B1"):
            agency._declare(code, {"option": "yes"})
        field = self.env["audit.field"].with_user(self.lead)

        def carried():
            self.env.flush_all()
            mine = visit.with_user(self.lead).with_env(field.env)
            return field._visit_package(mine)["declared"]

        self.programme.is_blind = False
        self.assertEqual(carried(), {}, "not sent yet")
        agency._submit_declaration()
        self.assertEqual(
            carried()["A2"], {"text": "Yes", "number": None, "tint": "yes"}
        )
        self.assertEqual(set(carried()), {"A1", "A2", "B1"})
        self.programme.is_blind = True
        self.assertEqual(carried(), {})
        self._make_visit(visit, A1="yes", A2="no", B1="yes")
        self.assertEqual(carried(), {}, "the colleague's phone asks as well")
        self.assertNotIn("declared", field._visit_news(visit, visit.assessment_id))

    def other_agency_in_phase(self):
        self.phase.unit_ids += self.other_agency
        return self.other_agency

    def test_reminders_reach_who_has_not_answered_and_then_the_officer(self):
        model = self.env["audit.assessment"]
        self.call.user_id.lang = "en_US"
        with freeze_time(TODAY + timedelta(days=3)):
            model._cron_remind_declarants()
        self.assertFalse(self.declaration.reminder_count)
        for days in (5, 6, 13):
            with freeze_time(TODAY + timedelta(days=days)):
                model._cron_remind_declarants()
        self.assertEqual(self.declaration.reminder_count, 2)
        self.assertIn("does not answer", str(self.call.message_ids.mapped("body")))

    def test_a_reminder_speaks_the_language_of_the_agency(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.representative.lang = "fa_IR"
        self.env.flush_all()  # who is written to is read from the database
        before = self.env["mail.mail"].search([])
        with freeze_time(TODAY + timedelta(days=5)):
            self.env["audit.assessment"]._cron_remind_declarants()
        mail = (self.env["mail.mail"].search([]) - before).filtered(
            lambda m: m.recipient_ids == self.representative.partner_id
        )
        self.assertTrue(mail.subject.startswith("یادآوری"), mail.subject)
        self.assertIn("تا ۱۴۰۵", mail.body)
        self.assertIn('dir="rtl"', mail.body_html)
        self.assertNotIn("System", mail.body_html, "no cron signs it")

    def test_documents_are_checked_and_counted(self):
        agency = self._fill(A1="yes")
        with self.assertRaises(UserError):
            agency._declare_document("A1", "a.exe", b"MZ")
        with self.assertRaises(UserError):
            agency._declare_document("Z9", "a.pdf", PDF)
        kept = agency._declare_document("A1", "a.pdf", PDF)
        self.assertEqual(kept.answer_id.item_code, "A1")
        self.assertEqual(self.declaration.document_count, 1)
        kept._remove_document()
        self.declaration.invalidate_recordset()
        self.assertEqual(self.declaration.document_count, 0)
