from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import localize_digits, search_key

from ..models.reform_indicator import LEVELS

DIRECTIONS = {
    "more": ["بیشتر", "بیشتر بهتر", "مثبت", "more"],
    "less": ["کمتر", "کمتر بهتر", "منفی", "less"],
}


class ReformIndicatorImport(models.TransientModel):
    """Bring in the catalogue of a year and level from a spreadsheet, all or none.

    Indicators whose code is known are renewed, as far as they are not scored yet.
    """

    _name = "reform.indicator.import"
    _description = "Import of Indicators"
    _inherit = ["agency.sheet.import"]

    _sheet_columns = {
        "code": ["کد", "ردیف", "شماره", "code", "no"],
        "axis": ["محور", "axis"],
        "name": ["شاخص", "عنوان شاخص", "indicator"],
        "measure": ["سنجه", "عنوان سنجه", "measure"],
        "unit": ["واحد سنجش", "واحد اندازه‌گیری", "unit"],
        "standard": ["استاندارد", "s", "استاندارد (s)", "standard"],
        "ceiling": ["سقف امتیاز", "وزن", "w", "سقف امتیاز (w)", "ceiling"],
        "direction": ["جهت", "direction"],
        "committee": ["کمیته", "کد کمیته", "committee"],
        "offices": ["خودارزیابی ادارات", "ادارات", "offices"],
    }
    _sheet_optional = ("measure", "direction", "committee", "offices")

    jalali_year = fields.Integer(
        "Year",
        required=True,
        default=lambda self: self.env["reform.body.record"]._this_quarter()[0],
    )
    level = fields.Selection(LEVELS, required=True, default="national")

    def action_import(self):
        """Create or renew the indicators and show the year."""
        company = self.env.company
        for vals in self._read():
            known = self.env["reform.indicator"].search(
                [
                    ("company_id", "=", company.id),
                    ("jalali_year", "=", self.jalali_year),
                    ("level", "=", self.level),
                    ("code", "=", vals["code"]),
                ]
            )
            if known:
                changed = {
                    name: value
                    for name, value in vals.items()
                    if known._fields[name].convert_to_write(known[name], known) != value
                }
                known.write(changed)
            else:
                known.create(
                    vals
                    | {
                        "company_id": company.id,
                        "jalali_year": self.jalali_year,
                        "level": self.level,
                    }
                )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_indicator_action"
        )
        return action | {
            "domain": [
                ("jalali_year", "=", self.jalali_year),
                ("level", "=", self.level),
            ]
        }

    def _row(self, cells, before):
        code = self._needed(cells, "code")
        if any(vals["code"] == code for vals in before):
            raise UserError(self.env._("the code “%s” is there twice.", code))
        vals = {
            "code": code,
            "sequence": 10 * (len(before) + 1),
            "axis": self._needed(cells, "axis"),
            "name": self._needed(cells, "name"),
            "measure": cells["measure"] or False,
            "unit": self._needed(cells, "unit"),
            "standard": self._number(cells, "standard"),
            "ceiling": self._number(cells, "ceiling"),
            "direction": self._choice(cells, "direction", DIRECTIONS, default="more"),
            "committee_id": self._committee(cells["committee"]).id,
            "is_for_offices": self._flag(cells, "offices"),
        }
        lang = self.env.lang
        if vals["standard"] <= 0:
            raise UserError(
                self.env._(
                    "the standard (S) is %s: it must be above zero.",
                    localize_digits(cells["standard"], lang),
                )
            )
        if vals["ceiling"] <= 0:
            raise UserError(
                self.env._(
                    "the ceiling (W) is %s: it must be above zero.",
                    localize_digits(cells["ceiling"], lang),
                )
            )
        return vals

    def _committee(self, text):
        committees = self.env["reform.committee"]
        if not text:
            return committees
        wanted = search_key(text)
        found = committees.search([("company_id", "=", self.env.company.id)]).filtered(
            lambda body: wanted in (search_key(body.code), search_key(body.name))
        )
        if not found:
            raise UserError(self.env._("there is no committee “%s”.", text))
        return found[:1]
