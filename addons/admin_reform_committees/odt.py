"""A small writer of OpenDocument texts: paragraphs, headings and tables.

The same few words as `docx.Docx`, as ISO/IEC 26300 asks for them.
"""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from .docx import clean

MIMETYPE = "application/vnd.oasis.opendocument.text"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = "".join(
    f' xmlns:{name}="{_OASIS}:{path}:1.0"'
    for name, path in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
    )
)
_MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" '
    'manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" '
    'manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" '
    'manifest:media-type="text/xml"/></manifest:manifest>'
)


class Odt:
    """A document that is written from top to bottom, then saved with `content`."""

    def __init__(self, right_to_left=True, font="Vazirmatn"):
        self.mode = "rl-tb" if right_to_left else "lr-tb"
        self.font = font
        self.parts = []
        # the look of paragraphs, by its name
        self.looks = {}

    def paragraph(self, text, bold=False, size=11, centre=False):
        """Add a paragraph; line breaks in ``text`` stay."""
        self.parts.append(self._paragraph(text, bold, size, centre))

    def heading(self, text):
        """Add a heading."""
        self.paragraph(text, bold=True, size=13)

    def table(self, head, rows):
        """Add a table whose head is repeated on every page."""
        self.parts.append(
            '<table:table table:style-name="grid"><table:table-column '
            f'table:number-columns-repeated="{len(head)}"/><table:table-header-rows>'
            f"{self._row(head, is_head=True)}</table:table-header-rows>"
            f"{''.join(self._row(row) for row in rows)}</table:table>"
        )

    def content(self):
        """Return the file."""
        body = (
            f'{_HEAD}<office:document-content{_NAMESPACES} office:version="1.2">'
            "<office:automatic-styles>"
            '<style:style style:name="grid" style:family="table">'
            f'<style:table-properties style:writing-mode="{self.mode}"/></style:style>'
            '<style:style style:name="cell" style:family="table-cell">'
            '<style:table-cell-properties fo:border="0.5pt solid #808080" '
            f'fo:padding="1mm"/></style:style>{"".join(self.looks.values())}'
            "</office:automatic-styles><office:body><office:text>"
            f"{''.join(self.parts)}</office:text></office:body>"
            "</office:document-content>"
        )
        sheet = (
            f'{_HEAD}<office:document-styles{_NAMESPACES} office:version="1.2">'
            '<office:automatic-styles><style:page-layout style:name="a4">'
            '<style:page-layout-properties fo:page-width="210mm" '
            'fo:page-height="297mm" fo:margin="20mm" '
            f'style:writing-mode="{self.mode}"/></style:page-layout>'
            "</office:automatic-styles><office:master-styles>"
            '<style:master-page style:name="Standard" '
            'style:page-layout-name="a4"/></office:master-styles>'
            "</office:document-styles>"
        )
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            # first and as it is: by this programs know the file
            archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
            archive.writestr("META-INF/manifest.xml", _MANIFEST)
            archive.writestr("content.xml", body)
            archive.writestr("styles.xml", sheet)
        return buffer.getvalue()

    def _row(self, cells, is_head=False):
        body = "".join(
            '<table:table-cell table:style-name="cell" office:value-type="string">'
            f"{self._paragraph(cell, bold=is_head, size=10)}</table:table-cell>"
            for cell in cells
        )
        return f"<table:table-row>{body}</table:table-row>"

    def _paragraph(self, text, bold=False, size=11, centre=False):
        name = f"p{size}{'b' * bold}{'c' * centre}"
        if name not in self.looks:
            self.looks[name] = self._look(name, bold, size, centre)
        lines = str(text or "").split("\n")
        texts = "<text:line-break/>".join(escape(clean(line)) for line in lines)
        return f'<text:p text:style-name="{name}">{texts}</text:p>'

    def _look(self, name, bold, size, centre):
        font = quoteattr(self.font)
        weight = "bold" if bold else "normal"
        # programs choose among the two by the script of each letter
        letters = "".join(
            f" {prefix}:font-size{suffix}='{size}pt' {prefix}:font-weight{suffix}="
            f"'{weight}' {prefix}:font-family{suffix}={font}"
            for prefix, suffix in (("fo", ""), ("style", "-complex"))
        )
        edge = "right" if self.mode == "rl-tb" else "left"
        align = "center" if centre else edge
        return (
            f'<style:style style:name="{name}" style:family="paragraph">'
            f'<style:paragraph-properties style:writing-mode="{self.mode}" '
            f'fo:text-align="{align}"/><style:text-properties{letters}/></style:style>'
        )
