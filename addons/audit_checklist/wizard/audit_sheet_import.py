from odoo import fields, models
from odoo.fields import Command

from odoo.addons.agency_base.tools import to_latin_digits
from odoo.addons.agency_base.tools.sheets import find_columns, read_rows


class AuditSheetImport(models.AbstractModel):
    """Brings in a spreadsheet, or shows every mistake in it with its row and column.

    A wizard says in `_sheet_labels` how people call the columns, and adds
    ``error_ids``: many mistakes are read in a list and mended one by one.
    """

    _name = "audit.sheet.import"
    _inherit = ["agency.sheet.import"]
    _description = "Import with a List of Mistakes"

    # Columns without which nothing can be read.
    _sheet_required = ()

    def _sheet_labels(self):
        """Return ``{column: heading}`` in the user's language."""
        raise NotImplementedError

    def _read_table(self):
        """Return the rows and where in them each column stands; no rows on mistakes."""
        (header, headings), *rows = self._open(read_rows)
        spellings = self._spellings()
        places = find_columns(headings, spellings, optional=spellings)
        labels = self._sheet_labels()
        for key in self._sheet_required:
            if key not in places:
                self._complain(
                    header, labels[key], self.env._("This column is missing.")
                )
        if not rows:
            self._complain(header, "", self.env._("There are no rows below."))
        return ([] if self.error_ids else rows), places

    def _spellings(self):
        """Return every heading a column goes by, whatever language it is in."""
        columns = {key: [key] for key in self._sheet_labels()}
        for lang in self._languages():
            for key, label in self.with_context(lang=lang)._sheet_labels().items():
                columns[key].append(label)
        return columns

    def _languages(self):
        """Return all languages a spreadsheet may have been written in."""
        return ["en_US", *dict(self.env["res.lang"].get_installed())]

    def _find_unit(self, text):
        """Return the unit of a code, or else of a name."""
        unit = self.env["audit.unit"].with_context(active_test=False)
        company = [("company_id", "=", self.env.company.id)]
        code = to_latin_digits(text)
        return unit.search([*company, ("code", "=", code)], limit=1) or unit.search(
            [*company, ("name", "=", text)], limit=1
        )

    def _complain(self, row, column, message):
        self.error_ids = [
            Command.create({"row": row, "column": column, "message": message})
        ]

    def _show(self):
        """Open the wizard again, with its mistakes."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(self._name).name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class AuditSheetMistake(models.AbstractModel):
    """One mistake in a spreadsheet."""

    _name = "audit.sheet.mistake"
    _description = "Mistake in a Spreadsheet"
    _order = "row, id"

    row = fields.Integer(readonly=True)
    column = fields.Char(readonly=True)
    message = fields.Char("What Is Wrong", readonly=True)
