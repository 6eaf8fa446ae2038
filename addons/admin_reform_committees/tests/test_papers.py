from io import BytesIO

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfReader

from odoo.addons.agency_base.tests.seal_common import use_own_keys
from odoo.addons.agency_base.tools import to_latin_digits

from .year_common import TODAY, IndicatorCase

ADDON = "admin_reform_committees"


class PaperCase(IndicatorCase):
    def setUp(self):
        super().setUp()
        use_own_keys(self)

    def _html(self, report, records):
        reports = self.env["ir.actions.report"]
        content, _kind = reports._render_qweb_html(f"{ADDON}.{report}", records.ids)
        return content.decode()

    def _pages(self, report, records):
        reports = self.env["ir.actions.report"]
        content, kind = reports._render_qweb_pdf(f"{ADDON}.{report}", records.ids)
        self.assertEqual(kind, "pdf")
        return len(PdfReader(BytesIO(content)).pages)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPapers(PaperCase):
    def _when(self, line):
        return line["minutes"], line["begins"]

    def test_an_agenda_says_when_each_item_begins(self):
        self._approved(start_at="2026-11-15 06:00:00")
        meeting = self._meeting("2026-11-29 06:00:00")
        self.env["reform.agenda.item"].create(
            {"meeting_id": meeting.id, "name": "Forms", "planned_minutes": 20}
        )
        lines = meeting._invitation_content()["items"]
        self.assertEqual(
            [tuple(map(to_latin_digits, self._when(line))) for line in lines],
            [("5", "9:30"), ("20", "9:35"), ("15", "9:55")],
        )

    def test_after_an_item_of_unknown_length_nobody_knows(self):
        meeting = self._meeting("2026-11-29 06:00:00")
        for name in ("Forms", "Signs"):
            item = {"meeting_id": meeting.id, "name": name}
            self.env["reform.agenda.item"].create(item)
        lines = meeting._invitation_content()["items"]
        begins = [to_latin_digits(line["begins"]) for line in lines]
        self.assertEqual(begins, ["9:30", ""])

    def test_columns_that_nobody_fills_are_not_printed(self):
        meeting = self._meeting("2026-11-29 06:00:00")
        item = self.env["reform.agenda.item"].create(
            {"meeting_id": meeting.id, "name": "Forms"}
        )
        self.assertEqual(self._html("report_agenda", meeting).count("<th>"), 4)
        item.presenter_id = self.people["member"]
        self.assertEqual(self._html("report_agenda", meeting).count("<th>"), 5)

    def test_the_attendance_sheet_has_a_line_for_everybody_and_for_guests(self):
        meeting = self._meeting("2026-11-29 06:00:00")
        self._as("secretary", meeting).action_convene()
        meeting.attendance_ids[0].status = "declined"
        content = meeting._attendance_content()
        self.assertEqual(
            [person["away"] for person in content["people"]].count(True), 1
        )
        text = self._html("report_attendance", meeting)
        for seat in meeting.attendance_ids:
            self.assertEqual(text.count(f"<td>{seat.partner_id.name}<"), 1)
        self.assertEqual(text.count('style="height: 11mm"'), 5 + content["guests"])
        self.assertEqual(self._pages("report_attendance", meeting), 1)

    def test_the_register_of_resolutions_is_one_paper_of_adopted_ones(self):
        resolutions = self._approved().resolution_ids
        resolutions |= self._approved(start_at="2026-11-20 06:00:00").resolution_ids
        draft = self._held(start_at="2026-11-21 06:00:00").resolution_ids
        draft.text = "Not adopted yet"
        text = to_latin_digits(self._html("resolution_register", resolutions | draft))
        self.assertEqual(text.count("<tbody>"), 1)
        self.assertIn("C93/1405/01-01", text)
        self.assertIn("C93/1405/02-01", text)
        self.assertNotIn("Not adopted yet", text)
        self.assertEqual(self._pages("resolution_register", resolutions | draft), 1)
        text = self._html("resolution_register", draft)
        self.assertNotIn("<tbody>", text)

    def test_signatures_are_sealed_in_the_language_of_the_agency(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.company.partner_id.lang = "fa_IR"
        meeting = self._submitted()
        for name in ("Member 1", "Member 2"):
            signature = meeting.minutes_ids.signature_ids.filtered(
                lambda each, name=name: each.partner_id.name == name
            )
            scan = self.env["ir.attachment"].create(
                {
                    "name": f"{name}.png",
                    "raw": b"x",
                    "res_model": meeting._name,
                    "res_id": meeting.id,
                }
            )
            self._as("secretary", signature)._stamp("paper", scan)
        self._as("approver", meeting).with_context(lang="en_US").approve()
        content = meeting.minutes_ids._document()
        notes = [line["note"] for line in content["signatures"] if line["note"]]
        self.assertEqual([note[-1] for note in notes], ["۱", "۲"])
        for line in content["signatures"]:
            self.assertNotRegex(line["role"] + line["note"], "[A-Za-z0-9]")
        self.assertNotRegex(content["approval"]["at"], "[A-Za-z0-9]")


@tagged("post_install", "-at_install")
class TestPapersOfOthers(PaperCase, HttpCase):
    def test_papers_are_for_those_who_may_read_the_meeting(self):
        meeting = self._held(confidentiality="confidential")
        absent = self.users["observer"]
        names = ("report_invitation", "report_agenda", "report_attendance")
        for name in (*names, "report_minutes_draft"):
            with self.subTest(name), self.assertRaises(AccessError):
                reports = self.env["ir.actions.report"].with_user(absent)
                reports._render_qweb_html(f"{ADDON}.{name}", meeting.ids)
        self.env.cr.flush()
        absent.password = "a long password"
        self.authenticate(absent.login, "a long password")
        for name in (*names, "report_minutes_draft"):
            url = f"/report/html/{ADDON}.{name}/{meeting.id}"
            with self.subTest(name):
                # As for a meeting that is not there.
                self.assertEqual(self.url_open(url).status_code, 404)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestNames(PaperCase):
    def test_a_name_has_the_digits_of_its_reader(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        shortcoming = self.env["reform.shortcoming"].create(
            {"committee_id": self.body.id, "name": "Queues", "cause": "own"}
        )
        suggestion = self.env["reform.suggestion"].create(
            {"name": "A sign", "problem": "None", "proposal": "One"}
        )
        for record in (shortcoming, suggestion):
            english, persian = (
                record.with_context(lang=lang).display_name
                for lang in ("en_US", "fa_IR")
            )
            self.assertTrue(english.startswith(record.number))
            self.assertNotRegex(persian, "[0-9]")
            self.assertEqual(to_latin_digits(persian), english)
