import base64
import os
from pathlib import Path
from unittest.mock import patch

from PIL import Image, ImageChops

from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.agency_base.models.ir_actions_report import IrActionsReport
from odoo.addons.agency_base.tests.documents import Document, make_report
from odoo.addons.agency_base.tools import pdf

GOLDEN = Path(__file__).parent / "golden"
# Of 255 grey levels, on average over any square of half a centimetre: a small word
# that has moved shows more.
TOLERANCE = 12
SQUARE = 8  # pixels at 40 dpi


class OfficialPdfCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.company = cls.env.company
        cls.company.partner_id.lang = "fa_IR"
        cls.company.write(
            {
                "name": "استانداری نمونه",
                "official_line_1": False,
                "official_line_2": "کمیسیون تحول اداری",
                "official_line_3": False,
                "official_footer": "میدان مرکزی، ساختمان استانداری",
                "official_emblem": cls._emblem(),
            }
        )
        cls.report = make_report(cls.env, "test_minutes")
        cls.short, cls.long = cls.env["res.partner"].create(
            [{"name": "نشست کوتاه", "color": 3}, {"name": "نشست بلند", "color": 60}]
        )

    @staticmethod
    def _emblem():
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
            '<circle cx="5" cy="5" r="4" fill="#714b67"/></svg>'
        )
        return base64.b64encode(svg.encode())

    def _print(self, records, report=None, **context):
        report = report or self.report
        content, kind = (
            self.env["ir.actions.report"]
            .with_context(**context)
            ._render_qweb_pdf(report.report_name, records.ids)
        )
        self.assertEqual(kind, "pdf")
        return Document(content)


@tagged("post_install", "-at_install")
class TestOfficialPdf(OfficialPdfCase):
    def test_text_is_read_in_logical_order(self):
        text = self._print(self.short).text(0)
        self.assertIn("باسمه تعالی", text)
        self.assertIn("مقرر شد گزارش در دبیرخانه ثبت شود.", text)
        self.assertIn("متن یک مصوبه کوتاه", text)
        self.assertLess(text.index("استانداری نمونه"), text.index("باسمه تعالی"))
        self.assertLess(text.index("نشست کوتاه"), text.index("مقرر شد"))

    def test_pages_are_counted_on_each_page(self):
        document = self._print(self.long)
        count = len(document.pages)
        self.assertGreater(count, 1)
        digits = "۰۱۲۳۴۵۶۷۸۹"
        for page in range(count):
            self.assertIn(
                f"صفحه {digits[page + 1]} از {digits[count]}", document.text(page)
            )
            self.assertIn("میدان مرکزی", document.text(page))

    def test_the_number_of_the_page_stands_in_the_middle(self):
        page = self._print(self.short).pages[0]
        numbers = [box for box in page.get_text("words") if "صفحه" in box[4]]
        (box,) = numbers
        self.assertLess(abs((box[0] + box[2]) / 2 - page.rect.width / 2), 40)

    def test_the_letterhead_stands_on_the_first_page_only(self):
        document = self._print(self.long)
        self.assertEqual(document.page_of("باسمه تعالی"), [0])

    def test_the_head_of_a_table_comes_again_on_each_page(self):
        document = self._print(self.long)
        rows = document.page_of("متن یک مصوبه کوتاه")
        self.assertGreater(len(rows), 1)
        self.assertEqual(document.page_of("ردیف"), rows)
        self.assertEqual(document.page_of("متن مصوبه"), rows)

    def test_signatures_and_the_code_are_never_split_over_pages(self):
        splits = set()
        for rows in range(14, 26, 2):
            self.short.color = rows
            document = self._print(self.short)
            (page,) = document.page_of("امضاها")
            for name in ("نرگس", "سامان", "مریم"):
                self.assertEqual(document.page_of(name), [page], f"{rows} rows")
            self.assertEqual(document.page_of("example.ir"), [page], f"{rows} rows")
            splits.add(page)
        self.assertEqual(splits, {0, 1}, "the block must have met the page's end")

    def test_every_font_is_embedded_and_ours(self):
        fonts = self._print(self.long).fonts()
        self.assertTrue(fonts)
        self.assertTrue(all(fonts.values()), fonts)
        self.assertTrue(all("Vazirmatn" in name for name in fonts), fonts)

    def test_the_document_is_tagged_with_language_and_title(self):
        root = self._print(self.short).reader.trailer["/Root"]
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        self.assertEqual(root["/Lang"], "fa-IR")
        self.assertIn("/StructTreeRoot", root)
        self.assertIn(b"pdfuaid", root["/Metadata"].get_object().get_data())
        self.assertEqual(
            self._print(self.short).reader.metadata.title, "صورت\u200cجلسه"
        )

    def test_a_draft_says_so_on_every_page_and_nothing_else_does(self):
        self.assertEqual(self._print(self.long).page_of("تصویب نشده"), [])
        self.long.ref = "draft"
        document = self._print(self.long)
        self.assertEqual(
            document.page_of("تصویب نشده"), list(range(len(document.pages)))
        )

    def test_a_document_is_written_in_the_language_of_its_body(self):
        reader = new_test_user(self.env, "pdf_reader", lang="en_US")
        report = self.env["ir.actions.report"].with_user(reader)
        content = report.with_context(lang="en_US")._render_qweb_pdf(
            self.report.report_name, self.short.ids
        )[0]
        document = Document(content)
        self.assertIn("شماره:", document.text(0))
        self.assertNotIn("Number", document.text(0))

    def test_papers_have_their_sizes(self):
        self.assertEqual(self._print(self.short).size_mm(), (210, 297))
        self.report.paperformat_id = self.env.ref("agency_base.paperformat_a5")
        self.assertEqual(self._print(self.short).size_mm(), (148, 210))

    def test_a_receipt_is_as_long_as_its_text(self):
        self.report.paperformat_id = self.env.ref("agency_base.paperformat_receipt")
        heights = []
        for rows in (1, 11, 200):
            self.short.color = rows
            document = self._print(self.short)
            self.assertEqual(len(document.pages), 1)
            width, height = document.size_mm()
            self.assertEqual(width, 80)
            heights.append(height)
            # the text ends where the paper ends
            boxes = document.pages[0].get_text("blocks")
            images = document.pages[0].get_drawings()
            lowest = max(
                [box[3] for box in boxes] + [image["rect"].y1 for image in images]
            )
            self.assertAlmostEqual(
                lowest / 72 * 25.4, height, delta=8, msg=f"{rows} rows"
            )
        one, eleven, many = heights
        self.assertGreater(eleven, one + 40)
        self.assertGreater(many, 1000)

    def test_several_records_become_one_document_in_their_order(self):
        both = self.long + self.short
        document = self._print(both)
        pages = len(self._print(self.long).pages) + len(self._print(self.short).pages)
        self.assertEqual(len(document.pages), pages)
        self.assertIn("نشست بلند", document.text(0))
        self.assertIn("نشست کوتاه", document.text(pages - 1))
        # each counts its own pages
        self.assertIn("صفحه ۱ از", document.text(pages - 1))

    def test_a_kept_document_is_handed_out_again(self):
        self.report.write({"attachment": "'minutes.pdf'", "attachment_use": True})
        first = self._print(self.short)
        kept = self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.short.id)]
        )
        self.assertEqual((kept.name, kept.raw), ("minutes.pdf", first.content))
        with patch.object(pdf, "render", side_effect=AssertionError):
            self.assertEqual(self._print(self.short).content, first.content)
        self.report.attachment_use = False
        self.short.name = "نشست تازه"
        self.assertIn("نشست تازه", self._print(self.short).text(0))

    def test_without_the_engine_odoos_own_takes_over(self):
        seen = []

        def run(_self, bodies, *args, **kwargs):
            seen.extend(bodies)
            return self.content

        self.content = self._print(self.short).content
        odoo_engine = patch.object(
            IrActionsReport, "_run_wkhtmltopdf", run, create=True
        )
        state = patch.object(
            IrActionsReport, "get_wkhtmltopdf_state", lambda _: "ok", create=True
        )
        with patch.object(pdf, "engine", return_value=None), odoo_engine, state:
            self._print(self.short, force_report_rendering=True)
        (body,) = seen
        self.assertIn("مقرر شد گزارش", body)
        self.assertIn("/agency_base/static/src/pdf/official.css", body)

    def test_the_rendered_pages_look_as_approved(self):
        """Compare with pictures; AGENCY_GOLDEN=write replaces them after a look."""
        self.long.ref = "draft"
        papers = {"a4": self.long, "a5": self.short, "receipt": self.short}
        for paper, record in papers.items():
            self.report.paperformat_id = self.env.ref(
                f"agency_base.paperformat_{paper}"
            )
            seen = self._print(record).picture(0)
            path = GOLDEN / f"{paper}.png"
            if os.environ.get("AGENCY_GOLDEN") == "write":
                seen.save(path)
            golden = Image.open(path).convert("L")
            size = (seen.width, seen.height)
            self.assertEqual(size, golden.size, paper)
            difference = ImageChops.difference(
                Image.frombytes("L", size, seen.samples), golden
            )
            worst = difference.reduce(SQUARE).getextrema()[1]
            self.assertLess(worst, TOLERANCE, paper)


@tagged("post_install", "-at_install")
class TestTestPage(OfficialPdfCase):
    def test_the_administrator_sees_his_letterhead(self):
        administrator = new_test_user(
            self.env,
            "pdf_administrator",
            groups="agency_base.group_administrator,base.group_system",
        )
        settings = self.env["res.config.settings"].with_user(administrator).create({})
        action = settings.action_print_test_page()
        self.assertEqual(action["report_name"], "agency_base.test_page")
        content = (
            self.env["ir.actions.report"]
            .with_user(administrator)
            ._render_qweb_pdf(action["report_name"], action["context"]["active_ids"])[0]
        )
        document = Document(content)
        for words in ("استانداری نمونه", "کمیسیون تحول اداری", "پیش نویس"):
            self.assertIn(
                words.replace(" ", ""), document.text(0).replace(" ", ""), words
            )
        self.assertEqual(document.page_of("ردیف"), [0, 1])
