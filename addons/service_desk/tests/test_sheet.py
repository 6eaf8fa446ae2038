import base64
import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.agency_base.tools import to_latin_digits
from odoo.addons.agency_base.tools.sheets import read_rows, write_sheet

from .common import DeskCase


class SheetCase(DeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.full = cls._make_service(
            code="13021099",
            name="گواهی سکونت",
            summary="برای ساکنان",
            output="گواهی",
            conditions="سکونت شش ماه",
            keywords="سکونت خانه",
            sector="امور شهری",
            life_event_ids=[
                Command.link(cls.env.ref("service_desk.life_event_housing").id)
            ],
            cost_ids=[Command.create({"name": "کارمزد", "amount": 120000})],
            legal_ids=[Command.create({"name": "قانون شهرداری", "article": "ماده ۵۵"})],
            channel_ids=[Command.create({"channel": "desk", "days": 2})],
            required_service_ids=[Command.link(cls.service.id)],
            parent_id=cls.service.id,
        )


@tagged("post_install", "-at_install")
class TestLinkedData(SheetCase):
    def test_the_document_says_what_the_published_sheet_says(self):
        node = self.full._jsonld()
        self.assertEqual(node["@type"], "cpsv:PublicService")
        self.assertEqual(node["dct:identifier"], "13021099")
        self.assertEqual(node["cv:processingTime"]["@value"], "P5D")
        self.assertEqual(len(node["cv:hasInputType"]), 4)
        self.assertEqual(node["cv:hasCost"][0]["cv:hasValue"], 120000)
        self.assertEqual(node["cv:isGroupedBy"][0]["@type"], "cv:LifeEvent")
        self.assertTrue(node["dct:requires"][0]["@id"].endswith("/13021042"))
        for name in ("cv:hasCompetentAuthority", "cpsv:produces", "cpsv:follows"):
            self.assertTrue(node[name])
        self.full.name = "نام تازه"
        self.assertNotIn("نام تازه", json.dumps(self.full._jsonld()))

    def test_what_nobody_translated_is_told_in_the_agencys_language_alone(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.company.partner_id.lang = "fa_IR"
        self.full.with_context(lang="fa_IR").action_publish_changes()
        [title] = self.full._jsonld()["dct:title"]
        self.assertEqual(title, {"@language": "fa-IR", "@value": "گواهی سکونت"})
        self.full.with_context(lang="en_US").name = "Certificate of residence"
        self.full.with_context(lang="fa_IR").name = "گواهی سکونت"
        self.full.action_publish_changes()
        titles = self.full._jsonld()["dct:title"]
        self.assertEqual([one["@language"] for one in titles], ["fa-IR", "en-US"])

    def test_every_prefix_is_defined(self):
        node = self.full._jsonld()

        def prefixes(value):
            if isinstance(value, list):
                for item in value:
                    yield from prefixes(item)
            elif isinstance(value, dict):
                for name, item in value.items():
                    if not name.startswith("@"):
                        yield name.partition(":")[0]
                    elif name == "@type":
                        yield item.partition(":")[0]
                    yield from prefixes(item)

        context = node.pop("@context")
        self.assertLessEqual(set(prefixes(node)), set(context))


@tagged("post_install", "-at_install")
class TestLinkedDataPage(HttpCase):
    def test_programs_read_published_services_only(self):
        self.env["res.company"].search([]).write({"desk_is_public": False})
        self.env.company.desk_is_public = True
        unit = self.env["hr.department"].create({"name": "Unit"})
        vals = {"duration_max": 3, "department_id": unit.id}
        services = self.env["service.desk.service"].create(
            [
                {"name": "One", "code": "J1", **vals},
                {"name": "Two", "code": "J2", **vals},
                {
                    "name": "G",
                    "code": "J3",
                    "service_type": "g2g",
                    "desk_offer": "none",
                    **vals,
                },
            ]
        )
        (services[0] | services[2]).action_publish()
        answer = self.url_open("/desk/service/J1.jsonld")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("application/ld+json", answer.headers["Content-Type"])
        self.assertEqual(answer.json()["dct:identifier"], "J1")
        for code in ("J2", "J3", "nothing"):
            self.assertEqual(
                self.url_open(f"/desk/service/{code}.jsonld").status_code, 404
            )


@tagged("post_install", "-at_install")
class TestSheetImport(SheetCase):
    def _import(self, rows, user=None):
        wizard = self.env["service.desk.service.import"]
        headings = wizard._headings()
        content = write_sheet("x", headings, [self._cells(row) for row in rows])
        wizard = wizard.with_user(user or self.administrator).create(
            {"file": base64.b64encode(content), "filename": "x.xlsx"}
        )
        wizard.action_import()
        return self.env["service.desk.service"].search([], order="id desc", limit=1)

    def _cells(self, row):
        columns = self.env["service.desk.service.import"]._sheet_columns
        return [row.get(name, "") for name in columns]

    def test_what_was_exported_comes_back_with_every_field(self):
        self.full.write(
            {
                "process_name": "فرایند سکونت",
                "description": "شرح؛ با نقطه‌ویرگول | و خط",
                "beneficiaries": "ساکنان",
                "spatial": "استان",
                "frequency": "سالی یک بار",
                "identification": "کارت ملی",
                "not_electronic_reason": "امضای اصل",
                "related_systems": "سامانه املاک",
                "appeal_route": "دیوان عدالت اداری",
                "trigger": "event",
                "needs_presence": True,
                "output_is_original": True,
                "duration_average": 3,
                "visits_allowed": 0,
                "yearly_volume": 120,
                "calendar_id": self.full._get_calendar().id,
                "related_service_ids": [Command.link(self.service.id)],
            }
        )
        self.full.document_ids[1].write(
            {"is_mandatory": False, "source": "ثبت؛ اسناد", "note": "رونوشت | اصل"}
        )
        self.full.step_ids.write({"is_public": False, "note": "در کمیسیون"})
        self.full.channel_ids.write({"stage": "request", "cost": 500, "note": "ک"})
        self.full.cost_ids.write({"is_estimate": True, "condition": "فوری"})
        self.full.legal_ids.write({"url": "https://example.org/law"})
        before = self.full._content_digest()
        content = self.full._export_xlsx()
        self.full.code = "gone"
        wizard = self.env["service.desk.service.import"].create(
            {"file": base64.b64encode(content), "filename": "x.xlsx"}
        )
        wizard.action_import()
        twin = self.env["service.desk.service"].search([("code", "=", "13021099")])
        self.assertEqual(twin.state, "draft")
        self.assertEqual(twin.calendar_id, self.full.calendar_id)
        after = twin._content_digest()
        self.assertEqual(self._facts(after), self._facts(before))

    def _facts(self, digest):
        """Return a sheet without the ids of its lines, which are new ones."""
        content = json.loads(json.dumps(digest[0]))
        for texts in content["texts"].values():
            for lines in texts.values():
                for line in lines if isinstance(lines, list) else ():
                    if isinstance(line, dict):
                        line.pop("id", None)
        return content

    def test_a_parent_may_stand_below_and_an_unknown_one_is_named(self):
        rows = [
            {"code": "C1", "name": "فرزند", "parent": "C2"},
            {"code": "C2", "name": "مادر"},
        ]
        self._import(rows)
        child = self.env["service.desk.service"].search([("code", "=", "C1")])
        self.assertEqual(child.parent_id.code, "C2")
        with self.assertRaises(UserError) as caught:
            self._import([{"code": "C3", "name": "یتیم", "parent": "NOBODY"}])
        self.assertRegex(str(caught.exception), "Row 2: .*NOBODY")
        self.assertFalse(self.env["service.desk.service"].search([("code", "=", "C3")]))

    @mute_logger("odoo.sql_db")
    def test_what_the_database_refuses_is_named_by_its_row_too(self):
        rows = [
            {"code": "D1", "name": "درست"},
            {"code": "D2", "name": "میان دستگاه‌ها", "service_type": "g2g"},
            {"code": "D3", "name": "مدت", "duration": "3", "average": "5"},
            {"code": "D4", "name": "نیم روز", "duration": "2.5"},
            {"code": "D5", "name": "کانال", "channels": "desk | desk"},
            {"code": "D6", "name": "رویداد", "life_events": "پرواز به ماه"},
            {"code": "D7", "name": "نیم نفر", "volume": "1.5"},
        ]
        with self.assertRaises(UserError) as caught:
            self._import(rows)
        words = str(caught.exception)
        self.assertNotIn("Row 2:", words)
        self.assertIn("Row 7:", words)
        self.assertIn("Row 8:", words)
        rows = rows[:5]
        with self.assertRaises(UserError) as caught:
            self._import(rows)
        words = str(caught.exception)
        self.assertNotIn("Row 2:", words)
        for row in (3, 4, 5, 6):
            self.assertIn(f"Row {row}:", words)
        self.assertIn("G2G", words)

    def test_a_known_code_is_updated_and_waits_for_publishing(self):
        self._import([{"code": "13021042", "name": "صدور پروانه ساختمان"}])
        self.assertEqual(self.service.name, "صدور پروانه ساختمان")
        self.assertTrue(self.service.has_unpublished_changes)

    def test_nothing_is_imported_when_a_row_is_wrong_and_rows_are_named(self):
        rows = [
            {"code": "N1", "name": "درست", "duration": "۳"},
            {"code": "N2", "name": "", "duration": "۳"},
            {"code": "N3", "name": "بد", "duration": "-۲"},
            {"code": "N4", "name": "بد", "mode": "؟"},
            {"code": "N1", "name": "تکراری"},
            {"code": "N5", "name": "بد", "unit": "واحدی که نیست"},
        ]
        with self.assertRaises(UserError) as caught:
            self._import(rows)
        words = str(caught.exception)
        for row in (3, 4, 5, 6, 7):
            self.assertIn(f"Row {row}:", words)
        self.assertNotIn("Row 2:", words)
        self.assertFalse(
            self.env["service.desk.service"].search([("code", "=like", "N_")])
        )

    def test_a_refusal_lists_the_choices_in_the_readers_words(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        wizard = self.env["service.desk.service.import"].with_context(lang="fa_IR")
        field = wizard.env["service.desk.service"]._fields["mode"]
        with self.assertRaises(UserError) as caught:
            wizard._selection({"mode": "؟"}, "mode")
        for _key, label in field._description_selection(wizard.env):
            self.assertIn(label, str(caught.exception))
        self.assertNotIn("On the Spot", str(caught.exception))

    def test_only_administrators_import(self):
        with self.assertRaises(AccessError):
            self._import([{"code": "X", "name": "x"}], self.clerk)

    def test_formulas_are_exported_as_texts(self):
        self.full.summary = "=1+1"
        rows = read_rows(self.full._export_xlsx())
        self.assertIn("=1+1", rows[1][1])


@tagged("post_install", "-at_install")
class TestPapers(SheetCase):
    def _html(self, report, record):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            f"service_desk.{report}", record.ids
        )
        text = html.decode() if isinstance(html, bytes) else html
        # Documents are in the language of their body, digits included.
        return to_latin_digits(text)

    def test_the_identity_sheet_has_every_part(self):
        text = self._html("report_sheet", self.full)
        for words in ("13021099", "سکونت شش ماه", "کارت ملی", "قانون شهرداری"):
            self.assertIn(words, text)
        # What is needed before, by its code.
        self.assertIn("13021042", text)

    def test_leaflet_and_poster_carry_the_picture_to_read(self):
        for report in ("report_leaflet", "report_poster"):
            with self.subTest(report):
                text = self._html(report, self.full)
                self.assertIn("data:image/svg+xml", text)
                self.assertIn("گواهی سکونت", text)
