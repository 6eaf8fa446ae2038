import base64
import io
import zipfile

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.agency_base.tools.sheets import write_sheet

from .common import AuditCase

HEADERS = ["Section code", "Section", "Item code", "Item", "Weight", "Response set"]


@tagged("post_install", "-at_install")
class TestImport(AuditCase):
    def _import(self, rows, headers=HEADERS, version=None, content=None):
        content = content or write_sheet("Sheet", headers, rows)
        wizard = (
            self.env["audit.checklist.import"]
            .with_user(self.officer)
            .create(
                {
                    "version_id": (version or self.version).id,
                    "file": base64.b64encode(content),
                }
            )
        )
        wizard.action_import()
        return wizard

    def _assert_refused(self, rows, row, message, **kw):
        digest = self.version._content_digest()
        wizard = self._import(rows, **kw)
        self.assertIn(row, wizard.error_ids.mapped("row"))
        text = " / ".join(wizard.error_ids.mapped("message"))
        self.assertIn(message, text)
        self.assertEqual(self.version._content_digest(), digest)

    def _row(
        self, code="A1", name="Text", weight=1, answers="yes_part_no", section="A"
    ):
        return [section, "Place", code, name, weight, answers]

    def test_what_was_exported_is_read_in_unchanged(self):
        self._depend(self.third, self.first, "yes", "part")
        self._depend(self.second, self.first)
        self.first.write(
            {
                "comment_phrase_ids": [Command.create({"name": "Dirty"})],
                "guidance": "=1+1 is no formula",
                "kind_rule": "except",
                "unit_kind_ids": self.env.ref(
                    "audit_checklist.audit_unit_kind_branch"
                ).ids,
                "is_critical": True,
                "photo_policy": "always",
            }
        )
        digest = self.version._content_digest()
        content = self.version._export_xlsx()
        other = self.env["audit.checklist"].create({"name": "Other", "code": "OTHER"})
        version = self.env["audit.checklist.version"].create({"checklist_id": other.id})
        for target in (self.version, version):
            with self.subTest(target.display_name):
                wizard = self._import([], version=target, content=content)
                self.assertFalse(wizard.error_ids.mapped("message"))
                self.assertEqual(target._content_digest(), digest)

    def test_the_default_checklist_survives_a_round_trip_in_persian(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.officer.lang = "fa_IR"
        default = self.env.ref("audit_checklist.audit_version_desk")
        content = default.with_context(lang="fa_IR")._export_xlsx()
        wizard = self._import([], content=content)
        self.assertFalse(wizard.error_ids.mapped("message"))
        self.assertEqual(self.version.item_count, 39)
        self.assertEqual(self.version.critical_count, 6)
        self.assertEqual(self.version.weight_total, 100)

    def test_items_are_changed_made_and_removed(self):
        before = self.first
        self._import(
            [
                self._row("A1", "Changed", "۲٫۵"),
                self._row("C1", "New", 4, "yes_no", section="C"),
            ]
        )
        self.assertEqual(before.name, "Changed")
        self.assertEqual(before.weight, 2.5)
        self.assertEqual(self.version.item_ids.mapped("code"), ["A1", "C1"])
        self.assertEqual(self.version.section_ids.mapped("code"), ["A", "C"])

    def test_every_mistake_is_shown_with_its_row(self):
        rows = [
            self._row("A1", weight="heavy"),
            self._row("A2", weight=-1),
            self._row("A3", answers="maybe"),
            self._row("A1"),
            self._row("A4", name=""),
        ]
        digest = self.version._content_digest()
        wizard = self._import(rows)
        self.assertEqual(
            sorted(wizard.error_ids.mapped(lambda e: (e.row, e.column))),
            [
                (2, "Weight"),
                (3, "Weight"),
                (4, "Response set"),
                (5, "Item code"),
                (6, "Item"),
            ],
        )
        self.assertEqual(self.version._content_digest(), digest)

    def test_a_code_that_is_none_is_refused(self):
        self._assert_refused(
            [self._row("A1"), self._row("1A")], 3, "cannot be the code"
        )

    def test_a_circle_is_refused(self):
        rows = [[*self._row("A1"), "A2"], [*self._row("A2"), "A1=yes"]]
        self._assert_refused(
            rows, 3, "wait for each other", headers=[*HEADERS, "Asked if"]
        )

    def test_a_condition_on_nothing_is_refused(self):
        for condition, message in (
            ("Z9", "no item Z9"),
            ("A1=never", "no such answer"),
        ):
            with self.subTest(condition):
                rows = [[*self._row("A1"), ""], [*self._row("A2"), condition]]
                self._assert_refused(rows, 3, message, headers=[*HEADERS, "Asked if"])

    def test_a_missing_column_is_named(self):
        self._assert_refused(
            [["A", "A1"]], 1, "missing", headers=["Section code", "Item code"]
        )
        self._assert_refused([], 1, "no rows")

    def test_files_that_are_no_workbooks_are_refused(self):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"0" * (70 * 1024 * 1024))
        for name, content, message in (
            ("picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "could not be read"),
            ("broken", b"PK\x03\x04" + b"0" * 100, "could not be read"),
            ("large", b"0" * (6 * 1024 * 1024), "too large"),
            ("bomb", bomb.getvalue(), "too large"),
        ):
            with self.subTest(name), self.assertRaisesRegex(UserError, message):
                self._import([], content=content)

    def test_a_published_version_is_not_overwritten(self):
        self._publish()
        with self.assertRaises(UserError):
            self._import([self._row("A1", "Changed")])

    def test_only_officers_import(self):
        with self.assertRaises(AccessError):
            self.env["audit.checklist.import"].with_user(self.users["lead"]).create(
                {"version_id": self.version.id}
            )


@tagged("post_install", "-at_install")
class TestExport(AuditCase, HttpCase):
    def _fetch(self, login):
        self.authenticate(login, login)
        return self.url_open(f"/audit/checklist/{self.version.id}/xlsx")

    def test_readers_download_the_version(self):
        self.first.guidance = "=HYPERLINK(0)"
        response = self._fetch("audit_inspector")
        self.assertEqual(response.status_code, 200)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        self.assertEqual(sheet.max_row, 4)
        formulas = [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        self.assertFalse(formulas)

    def test_others_learn_nothing(self):
        company = self.env["res.company"].create({"name": "Other province"})
        self.users["observer"].write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        foreign = self._fetch("audit_observer")
        missing = self.url_open("/audit/checklist/999999/xlsx")
        self.assertEqual(foreign.status_code, 404)
        self.assertEqual(foreign.content, missing.content)
        self.logout()
        anonymous = self.url_open(f"/audit/checklist/{self.version.id}/xlsx")
        self.assertIn("/web/login", anonymous.url)
