import json

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.agency_base.tests.common import run_jobs
from odoo.addons.agency_base.tests.seal_common import use_own_keys

from .common import MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestMinutesRedaction(MeetingCase):
    """A person is taken out of approved minutes; the minutes stay proven."""

    def setUp(self):
        super().setUp()
        use_own_keys(self)
        self.meeting = self._submitted()
        self._as("approver", self.meeting).approve()
        self.minutes = self.meeting.minutes_ids
        self.seal = self.minutes.seal_id
        self.name = self.users["member"].partner_id.name

    def _places_of(self, name):
        kept = self.seal._personal().items()
        return {path for path, value in kept if name in str(value)}

    def test_no_name_stands_in_the_chain_itself(self):
        everybody = self.meeting.attendance_ids.partner_id | (
            self.meeting.approved_by_id.partner_id
        )
        for person in everybody:
            self.assertNotIn(person.name, self.seal.snapshot)
        self.assertEqual(
            self.minutes._sealed_content(self.seal), self.minutes._document()
        )

    def test_a_person_is_taken_out_of_text_seal_and_digest(self):
        places = self._places_of(self.name)
        # among those who were there, and who signed
        self.assertGreater(len(places), 1)
        digest = self.minutes.digest
        self.seal._redact("Asked for by the person", places)
        self.assertNotIn(self.name, self.minutes.content)
        self.assertNotIn(self.name, str(self.seal._document()))
        # The text is known but for the name: a digest of it would give that away.
        self.assertNotEqual(self.minutes.digest, digest)
        self.assertEqual(
            json.loads(self.minutes.content)["resolutions"][0]["text"], "Do it"
        )
        self.assertFalse(self.env["agency.seal"]._verify(self.company))

    def test_the_pdf_is_made_anew_without_the_name_and_says_so(self):
        self.registry_enter_test_mode()
        run_jobs(self.env)
        before = self.minutes._pdf()
        self.assertTrue(before)
        self.seal._redact("Asked for by the person", self._places_of(self.name))
        self.assertFalse(before.exists())
        self.assertFalse(self.minutes.has_pdf)
        run_jobs(self.env)
        self.minutes.invalidate_recordset()
        self.assertTrue(self.minutes.has_pdf)
        lang = json.loads(self.seal.snapshot)["lang"]
        html = self.env["ir.actions.report"].with_context(lang=lang)
        page, _kind = html._render_qweb_html(self.minutes._seal_report, self.seal.ids)
        self.assertNotIn(self.name, page.decode())
        self.assertIn(self.seal._redaction_note(), page.decode())
        self.assertFalse(self.env["agency.seal"]._verify(self.company))
