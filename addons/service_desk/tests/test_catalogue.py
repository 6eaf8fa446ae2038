from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DeskCase


@tagged("post_install", "-at_install")
class TestCatalogue(DeskCase):
    def test_code_is_unique_in_the_agency(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._make_service(code="13021042", publish=False)
            self.env.flush_all()

    def test_another_agency_may_use_the_code(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._make_service(
            code="13021042",
            company_id=other.id,
            department_id=False,
            publish=False,
            step_ids=[],
        )
        self.env.flush_all()

    def test_g2g_is_refused_at_a_desk(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._make_service(code="G", service_type="g2g", publish=False)
            self.env.flush_all()

    def test_g2g_is_kept_in_the_catalogue_but_not_offered(self):
        service = self._make_service(code="G", service_type="g2g", desk_offer="none")
        self.assertNotIn(service, self.desk._offered_services())
        with self.assertRaisesRegex(ValidationError, "not served at a desk"):
            self._make_request(service_id=service.id)

    def test_negative_duration_is_refused(self):
        self.service.duration_average = 3
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(CheckViolation, "durations_are_not_negative"),
        ):
            self.service.duration_max = -1
            self.env.flush_all()

    def test_half_working_days_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "whole numbers"):
            self.service.duration_max = 2.5

    def test_search_finds_arabic_letters_and_missing_half_spaces(self):
        service = self._make_service(code="W", name="ثبت کارگاه‌های خانگی")
        found = self.env["service.desk.service"].name_search
        for text in ("كارگاههاي", "کارگاه‌ها", "خانگي ثبت", "w"):
            self.assertIn(service.id, [row[0] for row in found(text)], text)

    def test_publishing_needs_a_unit_and_a_duration(self):
        service = self._make_service(
            code="X", department_id=False, duration_max=0, publish=False, step_ids=[]
        )
        with self.assertRaisesRegex(ValidationError, "responsible unit.*longest"):
            service.action_publish()

    def test_a_published_version_is_frozen(self):
        first = self.service.version_id
        self.service.document_ids[0].name = "شناسنامه"
        self.assertTrue(self.service._differs_from_version())
        self.assertEqual(first._get_content()["document_ids"][0]["name"], "کارت ملی")
        self.service.action_publish_changes()
        second = self.service.version_id
        self.assertEqual((first.number, second.number), (1, 2))
        self.assertEqual(second._get_content()["document_ids"][0]["name"], "شناسنامه")
        with self.assertRaises(UserError):
            first.write({"digest": "x"})
        with self.assertRaises(UserError):
            first.unlink()

    def test_publishing_without_changes_makes_no_version(self):
        self.service.action_publish_changes()
        self.assertEqual(self.service.version_id.number, 1)

    def test_a_request_keeps_the_version_it_was_made_under(self):
        request = self._make_request()
        self.service.duration_max = 9
        self.service.action_publish_changes()
        self.assertEqual(request.version_id.number, 1)
        self.assertEqual(self._make_request().version_id.number, 2)

    def test_course_refuses_what_the_table_does_not_list(self):
        with self.assertRaisesRegex(UserError, "cannot become"):
            self.service.write({"state": "draft"})
        self.service.suspension_reason = "در دست بازنگری"
        self.service.action_suspend()
        self.assertTrue(self.service.suspended_at)
        self.service.action_retire()
        with self.assertRaisesRegex(UserError, "cannot become"):
            self.service.action_publish()

    def test_suspending_needs_a_reason(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.service.action_suspend()
            self.env.flush_all()

    def test_a_suspended_or_retired_service_takes_no_request(self):
        self.service.write({"suspension_reason": "x", "state": "suspended"})
        for state in ("suspended", "retired"):
            self.service.write({"state": state})
            before = self.env["service.desk.request"].search_count([])
            with (
                self.subTest(state),
                self.assertRaisesRegex(ValidationError, "no new request"),
                self.env.cr.savepoint(),
            ):
                self._make_request()
            self.assertEqual(self.env["service.desk.request"].search_count([]), before)

    def test_versions_cannot_be_claimed(self):
        with self.assertRaises(AccessError):
            self.service.write({"version_id": False})
        with self.assertRaises(UserError):
            self._make_service(code="S", state="published", publish=False)

    def test_only_drafts_are_deleted_whatever_the_context_says(self):
        with self.assertRaises(UserError):
            self.service.with_context(_force_unlink=True).unlink()
        self._make_service(code="D", publish=False).unlink()

    def test_a_service_is_not_its_own_parent(self):
        child = self._make_service(code="K", parent_id=self.service.id, publish=False)
        with self.assertRaises(UserError):
            self.service.parent_id = child
