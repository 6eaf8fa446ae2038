"""A report of minutes, made by the tests, and what a PDF tells about itself."""

import io
import re

import pymupdf
from pypdf import PdfReader

LAYOUT = """
<t t-name="agency_base.%(key)s">
    <t t-call="agency_base.official_pages">
        <t t-set="title">صورت‌جلسه</t>
        <t t-foreach="docs" t-as="doc">
            <t t-call="agency_base.official_document">%(body)s</t>
        </t>
    </t>
</t>
"""
MINUTES = """
<t t-set="number" t-value="'C3/1405/07'"/>
<t t-set="date" t-value="'۱۴۰۵/۰۹/۰۱'"/>
<t t-set="draft" t-value="doc.ref == 'draft'"/>
<t t-set="subtitle" t-value="doc.name"/>
<t t-set="signatures" t-value="[
    {'name': name, 'role': 'عضو'} for name in ('نرگس', 'سامان', 'مریم')]"/>
<t t-set="verify" t-value="{'url': 'https://example.ir/verify/7K4M', 'lines': []}"/>
<p>مقرر شد گزارش در دبیرخانه ثبت شود.</p>
<table>
    <thead><tr><th>ردیف</th><th>متن مصوبه</th></tr></thead>
    <tbody><tr t-foreach="range(doc.color)" t-as="row">
        <td t-out="format_number(row + 1)"/><td>متن یک مصوبه کوتاه</td>
    </tr></tbody>
</table>
"""


def make_report(env, key, body=MINUTES, **values):
    """Return a report on partners with ``body`` in the official layout."""
    env["ir.ui.view"].create(
        {
            "name": key,
            "type": "qweb",
            "key": f"agency_base.{key}",
            "arch": LAYOUT % {"key": key, "body": body},
        }
    )
    return env["ir.actions.report"].create(
        {
            "name": "Minutes",
            "model": "res.partner",
            "report_type": "qweb-pdf",
            "report_name": f"agency_base.{key}",
            "pdf_engine": "weasyprint",
            "paperformat_id": env.ref("agency_base.paperformat_a4").id,
            **values,
        }
    )


def plain(text):
    """Return text without what extraction loses or adds: half spaces, isolates."""
    text = re.sub("[\u200b-\u200f\u2066-\u2069]", "", text)
    return re.sub(r"\s+", " ", text)


class Document:
    """A PDF read back with two libraries, each for what it does well."""

    def __init__(self, content):
        self.content = content
        self.reader = PdfReader(io.BytesIO(content))
        self.pages = pymupdf.open(stream=content)

    def text(self, page):
        """Return the text of a page in the order in which it is read."""
        return plain(self.reader.pages[page].extract_text())

    def page_of(self, words):
        """Return the numbers of the pages that show ``words``."""
        return [n for n in range(len(self.pages)) if words in self.text(n)]

    def fonts(self):
        """Return {name: whether its file is embedded} over all pages."""
        found = {}
        for page in self.reader.pages:
            for font in page["/Resources"]["/Font"].get_object().values():
                font = font.get_object()
                for child in font.get("/DescendantFonts", [font]):
                    child = child.get_object()
                    described = child["/FontDescriptor"].get_object()
                    found[child["/BaseFont"]] = any(
                        name in described
                        for name in ("/FontFile", "/FontFile2", "/FontFile3")
                    )
        return found

    def size_mm(self, page=0):
        """Return width and height of a page."""
        box = self.pages[page].rect
        return tuple(round(side / 72 * 25.4) for side in (box.width, box.height))

    def picture(self, page, dpi=40):
        """Return a page as a small grey picture."""
        return self.pages[page].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
