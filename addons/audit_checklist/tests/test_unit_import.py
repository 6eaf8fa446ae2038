import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.agency_base.tools.sheets import write_sheet

from .common_field import FieldCase

HEADERS = [
    "کد",
    "name",
    "Belongs To",
    "kind_id",
    "Zone",
    "Clients",
    "visitors_per_day",
    "latitude",
]


@tagged("post_install", "-at_install")
class TestUnitImport(FieldCase):
    def _import(self, rows, headers=None, user=None):
        content = write_sheet("Units", headers or HEADERS[1:], rows)
        wizard = (
            self.env["audit.unit.import"]
            .with_user(user or self.officer)
            .create({"file": base64.b64encode(content), "phase_id": self.phase.id})
        )
        wizard.action_import()
        return wizard

    def test_who_brings_units_in_may_take_them_out(self):
        # A sheet of the units as they are is what officers mend and bring back.
        self.assertTrue(self.officer.has_group("base.group_allow_export"))
        self.assertFalse(self.users["lead"].has_group("base.group_allow_export"))

    def test_a_campaign_of_126_agencies_comes_in_at_once(self):
        kind = self.env.ref("audit_checklist.audit_unit_kind_county")
        rows = [
            [f"Agency {n}", "", "headquarters", f"Zone {n % 9}", "x", f"۱{n}", "29.5"]
            for n in range(100)
        ]
        rows += [
            [f"County office {n}", f"Agency {n}", kind.name, "", "", "", ""]
            for n in range(26)
        ]
        before = self.env["audit.unit"].search_count([])
        wizard = self._import(rows)
        self.assertFalse(wizard.error_ids)
        self.assertEqual(self.env["audit.unit"].search_count([]), before + 126)
        self.assertEqual(len(self.phase.unit_ids), 2 + 126)
        office = self.env["audit.unit"].search([("name", "=", "County office 7")])
        self.assertEqual(office.parent_id.name, "Agency 7")
        self.assertEqual(office.agency_id.name, "Agency 7")
        self.assertEqual(office.kind_id, kind)
        agency = office.parent_id
        self.assertEqual(agency.visitors_per_day, 17)
        self.assertEqual(agency.zone_id.name, "Zone 7")
        self.assertEqual(agency.latitude, 29.5)
        # Again: nothing doubled.
        self._import(rows)
        self.assertEqual(self.env["audit.unit"].search_count([]), before + 126)

    def test_mistakes_are_listed_with_their_rows_and_nothing_is_written(self):
        before = self.env["audit.unit"].search_count([])
        wizard = self._import(
            [
                ["Good", "", "", "", "", "12", ""],
                ["", "", "", "", "", "12", ""],
                ["Bad kind", "", "palace", "", "", "many", ""],
            ]
        )
        self.assertEqual(wizard.error_ids.mapped("row"), [3, 4, 4])
        self.assertEqual(self.env["audit.unit"].search_count([]), before)
        wizard = self._import(
            [["Good", "", "", "", "", "", ""], ["Lost", "Nowhere", "", "", "", "", ""]]
        )
        self.assertEqual(wizard.error_ids.mapped("row"), [3])
        self.assertEqual(self.env["audit.unit"].search_count([]), before)

    def test_what_is_no_spreadsheet_is_refused(self):
        wizard = self.env["audit.unit.import"].create(
            {"file": base64.b64encode(b"%PDF-1.7 \0 not a workbook")}
        )
        with self.assertRaises(UserError):
            wizard.action_import()
        with self.assertRaises(AccessError):
            self.env["audit.unit.import"].with_user(self.inspector).create({})
