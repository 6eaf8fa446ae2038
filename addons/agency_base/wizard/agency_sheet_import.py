import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.digits import localize_digits
from ..tools.sheets import SheetError, read_choice, read_flag, read_number, read_sheet

# More than that nobody reads in a dialog.
MAX_COMPLAINTS = 15


class AgencySheetImport(models.AbstractModel):
    """Bring in the rows of a spreadsheet, all or none; complaints name the row.

    A wizard inherits it, names its columns, and says in `_row` what a row means,
    complaining with UserError. `_read` then returns what all rows mean.
    """

    _name = "agency.sheet.import"
    _description = "Import from a Spreadsheet"

    # {column: [headings it goes by, the one we write first]}, and which may be missing.
    _sheet_columns = {}
    _sheet_optional = ()

    file = fields.Binary(required=True, attachment=False)
    filename = fields.Char()

    def _row(self, cells, before):
        """Return what one row says; ``before``: what those above it said."""
        raise NotImplementedError

    def _read(self):
        """Return what `_row` makes of the rows, or refuse the file, naming the rows."""
        self.ensure_one()
        columns, optional = self._sheet_columns, self._sheet_optional
        rows = self._open(read_sheet, columns, optional)
        results, complaints = [], []
        for number, cells in rows:
            self._read_row(number, cells, results, complaints)
        if complaints:
            raise UserError(self._summary(complaints))
        if not results:
            raise UserError(self._explain(SheetError("empty")))
        return results

    def _open(self, read, *args):
        """Return what ``read`` makes of the file, or refuse it with a word to users."""
        try:
            return read(base64.b64decode(self.file or b""), *args)
        except SheetError as error:
            raise UserError(self._explain(error)) from error

    def _read_row(self, number, cells, results, complaints):
        try:
            results.append(self._row(cells, results))
        except UserError as error:
            complaints.append(self._complaint(number, error))

    def _complaint(self, number, error):
        """Return a complaint about a row, as it is listed."""
        row = localize_digits(number, self.env.lang)
        return self.env._("Row %(row)s: %(complaint)s", row=row, complaint=error)

    def _summary(self, complaints):
        shown = complaints[:MAX_COMPLAINTS]
        if len(complaints) > len(shown):
            count = localize_digits(len(complaints) - len(shown), self.env.lang)
            shown.append(self.env._("… and %(count)s more.", count=count))
        heading = self.env._("Nothing was imported. Correct these rows of the file:")
        return "\n".join([heading, "", *shown])

    def _explain(self, error):
        """Return what to tell the user about a `SheetError`."""
        missing = [f"“{self._heading(name)}”" for name in error.missing]
        return {
            "empty": self.env._("There is nothing to import in this file."),
            "large": self.env._("This file is too large: at most 5 MB and 5000 rows."),
            "unreadable": self.env._(
                "This file could not be read. Save it as XLSX or CSV (UTF-8)."
            ),
            "headings": self.env._(
                "The first row must name these columns: %s.",
                self.env._(", ").join(missing),
            ),
        }[error.reason]

    def _heading(self, name):
        return self._sheet_columns[name][0]

    # === Cells ===

    def _needed(self, cells, name):
        """Return a cell that must not be empty."""
        if not cells[name]:
            raise UserError(
                self.env._("the column “%s” is empty.", self._heading(name))
            )
        return cells[name]

    def _number(self, cells, name, default=None):
        """Return a cell as a number, written with any digits and decimal point."""
        if not cells[name] and default is not None:
            return default
        number = read_number(self._needed(cells, name))
        if number is None:
            raise UserError(
                self.env._(
                    "“%(text)s” in the column “%(column)s” is no number.",
                    text=cells[name],
                    column=self._heading(name),
                )
            )
        return number

    def _flag(self, cells, name):
        """Return a cell that says yes or no; an empty one says no."""
        flag = read_flag(cells[name])
        if flag is None:
            raise UserError(
                self.env._(
                    "“%(text)s” in the column “%(column)s” is neither yes nor no.",
                    text=cells[name],
                    column=self._heading(name),
                )
            )
        return flag

    def _choice(self, cells, name, choices, default=None):
        """Return the key of ``{key: [spellings]}`` that a cell names."""
        if not cells[name] and default is not None:
            return default
        key = read_choice(self._needed(cells, name), choices)
        if key is None:
            raise UserError(
                self.env._(
                    "“%(text)s” in the column “%(column)s” is none of: %(choices)s.",
                    text=cells[name],
                    column=self._heading(name),
                    choices=self.env._(", ").join(
                        spellings[0] for spellings in choices.values()
                    ),
                )
            )
        return key
