"""A small writer of Word documents: paragraphs, headings and tables.

Only what minutes need, as ECMA-376 asks for it; no program is needed to write it.
"""

import io
import zipfile
from xml.sax.saxutils import escape

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
# Between the margins of A4, in twentieths of a point.
TEXT_WIDTH = 11906 - 2 * 1134
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


class Docx:
    """A document that is written from top to bottom, then saved with `content`."""

    def __init__(self, right_to_left=True, font="Vazirmatn"):
        self.right_to_left = right_to_left
        self.font = font
        self.parts = []

    def paragraph(self, text, bold=False, size=11, centre=False):
        """Add a paragraph; line breaks in ``text`` stay."""
        self.parts.append(self._paragraph(text, bold, size, centre))

    def heading(self, text):
        """Add a heading."""
        self.paragraph(text, bold=True, size=13)

    def table(self, head, rows):
        """Add a table whose head is repeated on every page."""
        direction = "<w:bidiVisual/>" if self.right_to_left else ""
        # the grid is asked for; programs widen its columns by what they hold
        grid = f"<w:gridCol w:w='{TEXT_WIDTH // len(head)}'/>" * len(head)
        lines = [self._row(head, is_head=True), *(self._row(row) for row in rows)]
        self.parts.append(
            f"<w:tbl><w:tblPr>{direction}<w:tblW w:w='5000' w:type='pct'/>"
            f"<w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )

    def content(self):
        """Return the file."""
        section = (
            "<w:sectPr><w:pgSz w:w='11906' w:h='16838'/>"
            "<w:pgMar w:top='1134' w:right='1134' w:bottom='1134' w:left='1134' "
            "w:header='567' w:footer='567' w:gutter='0'/>"
        )
        section += "<w:bidi/></w:sectPr>" if self.right_to_left else "</w:sectPr>"
        document = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f'<w:document xmlns:w="{_NAMESPACE}"><w:body>{"".join(self.parts)}'
            f"{section}</w:body></w:document>"
        )
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr("_rels/.rels", _RELATIONS)
            archive.writestr("word/document.xml", document)
        return buffer.getvalue()

    def _row(self, cells, is_head=False):
        repeat = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
        body = "".join(
            f"<w:tc>{self._paragraph(cell, bold=is_head, size=10)}</w:tc>"
            for cell in cells
        )
        return f"<w:tr>{repeat}{body}</w:tr>"

    def _paragraph(self, text, bold=False, size=11, centre=False):
        direction = "<w:bidi/>" if self.right_to_left else ""
        align = '<w:jc w:val="center"/>' if centre else ""
        font = escape(self.font, {'"': "&quot;"})
        run = (
            f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>'
            + ("<w:b/><w:bCs/>" if bold else "")
            + f'<w:sz w:val="{2 * size}"/><w:szCs w:val="{2 * size}"/>'
            + ("<w:rtl/>" if self.right_to_left else "")
        )
        lines = str(text or "").split("\n")
        texts = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(clean(line))}</w:t>' for line in lines
        )
        return (
            f"<w:p><w:pPr>{direction}{align}</w:pPr>"
            f"<w:r><w:rPr>{run}</w:rPr>{texts}</w:r></w:p>"
        )


def clean(text):
    r"""Return a text without the control characters that XML does not know.

    >>> clean("a\x0bb")
    'ab'
    """
    return "".join(char for char in text if char >= " " or char == "\t")
