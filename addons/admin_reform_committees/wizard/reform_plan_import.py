from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import only_digits, search_key
from odoo.addons.jalali_calendar.tools import parse_jalali, year_bounds

from ..year_rules import planned_shares

KINDS = {
    "action": ["اقدام", "action"],
    "improvement": ["بهبود فرآیند", "بهبود فرایند", "اصلاح فرآیند", "improvement"],
}
# Of a process, before and after: whole numbers, or not.
PAIRS = ("steps", "days", "visits", "cost")
WHOLE = ("steps", "visits")


class ReformPlanImport(models.TransientModel):
    """Bring in the lines of a programme from a spreadsheet, all or none."""

    _name = "reform.plan.import"
    _description = "Import of a Programme"
    _inherit = ["agency.sheet.import"]

    _sheet_columns = {
        "name": ["اقدام", "عنوان اقدام", "action"],
        "kind": ["نوع", "kind"],
        "programme": ["شماره برنامه", "برنامه", "programme"],
        "mission": ["مأموریت", "ماموریت", "mission"],
        "indicator": ["کد شاخص", "شاخص", "indicator"],
        "owner": ["مسئول", "مسئول اجرا", "responsible"],
        "department": ["واحد", "unit"],
        "begins_on": ["از تاریخ", "شروع", "from"],
        "ends_on": ["تا تاریخ", "پایان", "until"],
        "weight": ["وزن", "weight"],
        "planned_1": ["سه‌ماهه", "۳ ماهه", "3 months"],
        "planned_2": ["شش‌ماهه", "۶ ماهه", "6 months"],
        "planned_3": ["نه‌ماهه", "۹ ماهه", "9 months"],
        "planned_4": ["دوازده‌ماهه", "۱۲ ماهه", "12 months"],
        "letter_no": ["شماره نامه", "letter"],
        "steps_before": ["مراحل پیش", "steps before"],
        "steps_after": ["مراحل پس", "steps after"],
        "days_before": ["روز پیش", "days before"],
        "days_after": ["روز پس", "days after"],
        "visits_before": ["مراجعه پیش", "visits before"],
        "visits_after": ["مراجعه پس", "visits after"],
        "cost_before": ["هزینه پیش", "cost before"],
        "cost_after": ["هزینه پس", "cost after"],
    }
    _sheet_optional = tuple(
        name for name in _sheet_columns if name not in ("name", "weight")
    )

    plan_id = fields.Many2one("reform.plan", "Programme", required=True)
    replace = fields.Boolean(
        "Instead of the Present Lines", help="Only lines that nobody reported on go."
    )

    def action_import(self):
        """Add the lines to the programme."""
        lines = [fields.Command.create(vals) for vals in self._read()]
        if self.replace:
            self.plan_id.line_ids.unlink()
        self.plan_id.write({"line_ids": lines})
        return self.plan_id._get_records_action()

    def _row(self, cells, before):
        name = self._needed(cells, "name")
        if any(search_key(vals["name"]) == search_key(name) for vals in before):
            raise UserError(self.env._("the action “%s” is there twice.", name))
        vals = {
            "name": name,
            "sequence": 10 * (len(before) + 1),
            "kind": self._choice(cells, "kind", KINDS, default="action"),
            "mission": cells["mission"],
            "letter_no": cells["letter_no"],
            "weight": self._number(cells, "weight"),
            "programme_id": self._programme(cells["programme"]).id,
            "indicator_id": self._indicator(cells["indicator"]).id,
            "owner_id": self._named("res.partner", cells["owner"]).id,
            "department_id": self._named("hr.department", cells["department"]).id,
        }
        if vals["weight"] < 0:
            raise UserError(self.env._("a weight cannot be negative."))
        vals |= self._days(cells)
        vals |= self._planned(cells, vals)
        for pair in PAIRS:
            for when in ("before", "after"):
                number = self._number(cells, f"{pair}_{when}", default=0)
                vals[f"{pair}_{when}"] = int(number) if pair in WHOLE else number
        if vals["kind"] == "improvement" and not any(
            vals[f"{pair}_before"] for pair in PAIRS[:3]
        ):
            raise UserError(
                self.env._(
                    "say how many steps, days or visits the process takes today."
                )
            )
        return vals

    def _programme(self, text):
        programmes = self.plan_id.committee_id.programme_ids
        if not text:
            return programmes.browse()
        number = only_digits(text)
        found = (
            self.env["reform.programme.period"]._current().programme_ids | programmes
        )
        found = found.filtered(
            lambda programme: (
                str(programme.number) == number
                or search_key(programme.name) == search_key(text)
            )
        )
        if not found:
            raise UserError(self.env._("there is no programme “%s”.", text))
        return (found & programmes or found)[:1]

    def _indicator(self, text):
        indicators = self.env["reform.indicator"]
        if not text:
            return indicators
        plan, wanted = self.plan_id, search_key(text)
        found = indicators.search(
            [
                ("company_id", "=", plan.company_id.id),
                ("jalali_year", "=", plan.jalali_year),
            ]
        ).filtered(lambda indicator: search_key(indicator.code) == wanted)
        own = found.filtered(lambda each: each.committee_id == plan.committee_id)
        if len(own or found) != 1:
            raise UserError(
                self.env._(
                    "“%s” is no code of an indicator of this year, or of several.", text
                )
            )
        return own or found

    def _named(self, model, text):
        records = self.env[model]
        if not text:
            return records
        found = records.search([("name", "=", text)], limit=2)
        if len(found) != 1:
            raise UserError(
                self.env._("“%s” is nobody known here, or more than one.", text)
                if model == "res.partner"
                else self.env._("“%s” is no unit known here.", text)
            )
        return found

    def _days(self, cells):
        first, last = year_bounds(self.plan_id.jalali_year)
        days = {"begins_on": first, "ends_on": last}
        for name in days:
            if not cells[name]:
                continue
            try:
                days[name] = parse_jalali(cells[name])
            except ValueError as error:
                raise UserError(
                    self.env._("“%s” is no day: write it as 1405/09/30.", cells[name])
                ) from error
        if days["ends_on"] < days["begins_on"]:
            raise UserError(self.env._("the last day lies before the first."))
        return days

    def _planned(self, cells, vals):
        shares = planned_shares(
            self.plan_id.jalali_year, vals["begins_on"], vals["ends_on"]
        )
        planned = {
            f"planned_{quarter}": int(
                self._number(cells, f"planned_{quarter}", default=share)
            )
            for quarter, share in enumerate(shares, 1)
        }
        values = list(planned.values())
        if values != sorted(values) or values[0] < 0 or values[-1] > 100:
            raise UserError(
                self.env._(
                    "what is due is cumulative: from 0 to 100, never less than before."
                )
            )
        return planned
