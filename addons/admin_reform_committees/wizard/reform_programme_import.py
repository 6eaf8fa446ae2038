import base64

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import only_digits

from ..sheets import SheetError, read_sheet

COLUMNS = {
    "number": ["شماره", "ردیف", "شماره برنامه", "number", "no"],
    "title": ["عنوان", "عنوان برنامه", "برنامه", "title", "name"],
}
# More than that nobody reads in a dialog.
MAX_COMPLAINTS = 15


class ReformProgrammeImport(models.TransientModel):
    """Bring in the programmes of a period from a spreadsheet, all or none."""

    _name = "reform.programme.import"
    _description = "Import of Reform Programmes"

    name = fields.Char("Period", required=True)
    year_from = fields.Integer("From Year", required=True)
    year_to = fields.Integer("To Year")
    decree_no = fields.Char("Number of the Decree")
    decree_on = fields.Date("Date of the Decree")
    file = fields.Binary(required=True)
    filename = fields.Char()

    def action_import(self):
        """Create the period with its programmes and show it."""
        self.ensure_one()
        programmes = self._read_programmes()
        period = self.env["reform.programme.period"].create(
            {
                "name": self.name,
                "year_from": self.year_from,
                "year_to": self.year_to,
                "decree_no": self.decree_no,
                "decree_on": self.decree_on,
                "programme_ids": [
                    fields.Command.create({"number": number, "name": title})
                    for number, title in programmes
                ],
            }
        )
        return period._get_records_action()

    def _read_programmes(self):
        """Return ``[(number, title)]`` or refuse the file, naming the rows."""
        try:
            rows = read_sheet(base64.b64decode(self.file), COLUMNS)
        except SheetError as error:
            raise UserError(self._explain(error.reason)) from error
        programmes, complaints = {}, []
        for row, cells in rows:
            complaint = self._complaint(cells, programmes)
            if complaint:
                complaints.append(
                    self.env._(
                        "Row %(row)s: %(complaint)s", row=row, complaint=complaint
                    )
                )
            else:
                programmes[int(only_digits(cells["number"]))] = cells["title"]
        if complaints:
            raise UserError(self._summary(complaints))
        if not programmes:
            raise UserError(self._explain("empty"))
        return sorted(programmes.items())

    def _complaint(self, cells, programmes):
        """Return what is wrong with a row, or nothing."""
        number = only_digits(cells["number"])
        if not number or not 0 < int(number) < 1000:
            return self.env._(
                "“%(text)s” is not the number of a programme.", text=cells["number"]
            )
        if int(number) in programmes:
            return self.env._("number %(number)s is there twice.", number=number)
        if not cells["title"]:
            return self.env._("the title is missing.")
        return None

    def _summary(self, complaints):
        shown = complaints[:MAX_COMPLAINTS]
        if len(complaints) > len(shown):
            shown.append(
                self.env._("… and %(count)s more.", count=len(complaints) - len(shown))
            )
        heading = self.env._("Nothing was imported. Correct these rows of the file:")
        return "\n".join([heading, "", *shown])

    def _explain(self, reason):
        return {
            "empty": self.env._("There are no programmes in this file."),
            "large": self.env._("This file is too large: at most 5 MB and 5000 rows."),
            "unreadable": self.env._(
                "This file could not be read. Save it as XLSX or CSV (UTF-8)."
            ),
            "headings": self.env._(
                "The first row must name the columns “number” and “title”."
            ),
        }[reason]
