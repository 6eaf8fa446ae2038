from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import localize_digits, only_digits


class ReformProgrammeImport(models.TransientModel):
    """Bring in the programmes of a period from a spreadsheet, all or none."""

    _name = "reform.programme.import"
    _description = "Import of Reform Programmes"
    _inherit = ["agency.sheet.import"]

    _sheet_columns = {
        "number": ["شماره", "ردیف", "شماره برنامه", "number", "no"],
        "title": ["عنوان", "عنوان برنامه", "برنامه", "title", "name"],
    }

    name = fields.Char("Period", required=True)
    year_from = fields.Integer("From Year", required=True)
    year_to = fields.Integer("To Year")
    decree_no = fields.Char("Number of the Decree")
    decree_on = fields.Date("Date of the Decree")

    def action_import(self):
        """Create the period with its programmes and show it."""
        self.ensure_one()
        programmes = sorted(self._read())
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

    def _row(self, cells, before):
        number = only_digits(cells["number"])
        if not number or not 0 < int(number) < 1000:
            raise UserError(
                self.env._(
                    "“%(text)s” is not the number of a programme.", text=cells["number"]
                )
            )
        if int(number) in dict(before):
            raise UserError(
                self.env._(
                    "number %(number)s is there twice.",
                    number=localize_digits(number, self.env.lang),
                )
            )
        if not cells["title"]:
            raise UserError(self.env._("the title is missing."))
        return int(number), cells["title"]
