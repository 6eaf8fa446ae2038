from io import BytesIO

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfReader

from odoo.addons.agency_base.tools import to_latin_digits

from .year_common import TODAY, YearCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestShortcoming(YearCase):
    def _found(self, cause="own", **vals):
        return self.env["reform.shortcoming"].create(
            {"committee_id": self.body.id, "name": "Queues", "cause": cause} | vals
        )

    def test_our_own_is_mended_inside(self):
        shortcoming = self._found()
        self.assertEqual(shortcoming.number, "C93/1405/N01")
        mine = self._as("secretary", shortcoming)
        with self.assertRaisesRegex(UserError, "what is done"):
            mine.action_mend()
        mine.measure = "A second counter"
        mine.action_mend()
        with self.assertRaisesRegex(UserError, "our own"):
            mine.action_reflect()
        with self.assertRaisesRegex(UserError, "what came of it"):
            mine.action_close()
        mine.outcome = "No queue any more"
        mine.action_close()
        self.assertEqual(str(shortcoming.closed_on), "2026-11-22")
        with self.assertRaises(UserError):
            mine.name = "x"
        with self.assertRaises(UserError):
            shortcoming.unlink()

    def test_what_others_cause_goes_up_by_letter_and_is_followed(self):
        shortcoming = self._as("secretary", self._found("law"))
        with self.assertRaisesRegex(UserError, "letter with number"):
            shortcoming.action_reflect()
        shortcoming.write(
            {"recipient": "Ministry", "letter_no": "12/3", "letter_on": "2026-11-20"}
        )
        shortcoming.action_reflect()
        muted, refused = mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation)
        with muted, refused, self.env.cr.savepoint():
            shortcoming.letter_no = ""
            shortcoming.flush_recordset()
        shortcoming.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "answer that came"):
            shortcoming.action_answered()
        shortcoming.answer = "The rule will change"
        with self.assertRaisesRegex(UserError, "its date"):
            shortcoming.action_answered()
        shortcoming.answer_on = "2026-11-21"
        shortcoming.action_answered()
        self.assertEqual(shortcoming.state, "answered")

    def test_numbers_are_given(self):
        self.assertEqual(
            [self._found().number for _ in range(2)], ["C93/1405/N01", "C93/1405/N02"]
        )
        with self.assertRaises(AccessError):
            self._as("secretary", self._found()).write({"number": "x"})

    def test_who_sees_and_keeps(self):
        shortcoming = self._found()
        everybody = {**self.users, "outsider": self.outsider}

        def seeing():
            return {
                role
                for role, user in everybody.items()
                if shortcoming.with_user(user).has_access("read")
            }

        inside = {"secretary", "chair", "reform_office", "administrator"}
        inside |= {"member", "approver"}
        self.assertEqual(seeing(), inside)
        with self.assertRaises(AccessError):
            self._as("member", shortcoming).write({"name": "x"})
        with self.assertRaises(AccessError):
            self.env["reform.shortcoming"].with_user(self.other_secretary).create(
                {"committee_id": self.body.id, "name": "x", "cause": "own"}
            )
        foreign = self._other_company_user("reform_office")
        self.assertFalse(shortcoming.with_user(foreign).search([]))

    def test_the_register_is_printed_by_cause(self):
        found = self._found() | self._found("structure", name="Two offices, one task")
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "admin_reform_committees.shortcoming_register", found.ids
        )
        text = to_latin_digits(content.decode())
        self.assertLess(text.index("Queues"), text.index("Two offices, one task"))
        self.assertIn("C93/1405/N01", text)
        content, kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "admin_reform_committees.shortcoming_register", found.ids
        )
        self.assertEqual(kind, "pdf")
        self.assertEqual(len(PdfReader(BytesIO(content)).pages), 1)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestBulletin(YearCase):
    def test_it_shows_what_was_accepted_and_nothing_confidential(self):
        with freeze_time("2026-09-01 08:00:00"):
            self._approved(start_at="2026-09-01 06:00:00")
            hidden = self._approved(
                start_at="2026-09-02 06:00:00", confidentiality="confidential"
            )
        bulletin = self.env["reform.bulletin"].create(
            {
                "committee_id": self.council.id,
                "jalali_year": self.year,
                "quarter": "2",
            }
        )
        self.assertFalse(bulletin._chart())
        self.assertNotIn(hidden.resolution_ids, bulletin._resolutions())
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "admin_reform_committees.bulletin", bulletin.ids
        )
        text = to_latin_digits(content.decode())
        self.assertIn("C93/1405/01-01", text)
        self.assertNotIn("C93/1405/02-01", text)
