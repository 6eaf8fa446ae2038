import base64

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import search_key, to_latin_digits

from ..sheets import SheetError, read_sheet

# More than that nobody reads in a dialog.
MAX_COMPLAINTS = 15


class ReformSheetImport(models.AbstractModel):
    """Bring in rows of a spreadsheet, all or none; complaints name the row."""

    _name = "reform.sheet.import"
    _description = "Import from a Spreadsheet"

    # {column: [headings it goes by]}, and which of them may be missing.
    _sheet_columns = {}
    _sheet_optional = ()

    file = fields.Binary(required=True)
    filename = fields.Char()

    def _read(self):
        """Return what `_row` makes of the rows, or refuse the file, naming the rows."""
        self.ensure_one()
        try:
            content = base64.b64decode(self.file)
            rows = read_sheet(content, self._sheet_columns, self._sheet_optional)
        except SheetError as error:
            raise UserError(self._explain(error.reason)) from error
        results, complaints = [], []
        for number, cells in rows:
            try:
                results.append(self._row(cells, results))
            except UserError as error:  # noqa: PERF203
                complaints.append(
                    self.env._(
                        "Row %(row)s: %(complaint)s", row=number, complaint=error
                    )
                )
        if complaints:
            raise UserError(self._summary(complaints))
        if not results:
            raise UserError(self._explain("empty"))
        return results

    def _row(self, cells, before):
        """Return what one row says, or raise UserError; ``before``: those above it."""
        raise NotImplementedError

    def _summary(self, complaints):
        shown = complaints[:MAX_COMPLAINTS]
        if len(complaints) > len(shown):
            shown.append(
                self.env._("… and %(count)s more.", count=len(complaints) - len(shown))
            )
        heading = self.env._("Nothing was imported. Correct these rows of the file:")
        return "\n".join([heading, "", *shown])

    def _explain(self, reason):
        needed = [
            f"“{self._sheet_columns[name][0]}”"
            for name in self._sheet_columns
            if name not in self._sheet_optional
        ]
        return {
            "empty": self.env._("There is nothing to import in this file."),
            "large": self.env._("This file is too large: at most 5 MB and 5000 rows."),
            "unreadable": self.env._(
                "This file could not be read. Save it as XLSX or CSV (UTF-8)."
            ),
            "headings": self.env._(
                "The first row must name these columns: %s.", "، ".join(needed)
            ),
        }[reason]

    # === Cells ===

    def _needed(self, cells, name):
        if not cells[name]:
            raise UserError(
                self.env._("the column “%s” is empty.", self._sheet_columns[name][0])
            )
        return cells[name]

    def _number(self, cells, name, default=None):
        """Return a cell as a number, written with any digits and decimal point."""
        text = cells[name]
        if not text and default is not None:
            return default
        latin = to_latin_digits(self._needed(cells, name))
        latin = latin.replace("٬", "").replace("٫", ".").replace("/", ".")
        try:
            return float(latin.rstrip("%٪").replace(",", ""))
        except ValueError as error:
            raise UserError(
                self.env._(
                    "“%(text)s” in the column “%(column)s” is no number.",
                    text=text,
                    column=self._sheet_columns[name][0],
                )
            ) from error

    def _choice(self, cells, name, choices, default=None):
        """Return the key of ``{key: [spellings]}`` that a cell names."""
        if not cells[name] and default is not None:
            return default
        wanted = search_key(self._needed(cells, name))
        for key, spellings in choices.items():
            if wanted in map(search_key, spellings):
                return key
        raise UserError(
            self.env._(
                "“%(text)s” in the column “%(column)s” is none of: %(choices)s.",
                text=cells[name],
                column=self._sheet_columns[name][0],
                choices="، ".join(spellings[0] for spellings in choices.values()),
            )
        )
