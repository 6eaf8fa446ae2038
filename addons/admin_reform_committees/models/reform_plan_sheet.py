from odoo import models

from odoo.addons.agency_base.tools.sheets import write_sheet
from odoo.addons.jalali_calendar.tools import format_jalali

KIND_TEXTS = {"action": "اقدام", "improvement": "بهبود فرآیند"}
PLAIN = (
    "weight", "planned_1", "planned_2", "planned_3", "planned_4", "letter_no",
    "steps_before", "steps_after", "days_before", "days_after", "visits_before",
    "visits_after", "cost_before", "cost_after",
)  # fmt: skip


class ReformPlanSheet(models.Model):
    """The lines of a programme as a spreadsheet that can be imported again."""

    _inherit = "reform.plan"

    def _export_xlsx(self):
        """Return the bytes of an XLSX file with the headings of the import."""
        self.ensure_one()
        columns = self.env["reform.plan.import"]._sheet_columns
        headings = [spellings[0] for spellings in columns.values()]
        rows = [
            [cells[name] for name in columns]
            for cells in map(self._sheet_cells, self.line_ids)
        ]
        name = f"{self.committee_id.code} {self.jalali_year}"
        return write_sheet(name, headings, rows, right_to_left=True)

    def _sheet_cells(self, line):
        return {
            "name": line.name,
            "kind": KIND_TEXTS[line.kind],
            "programme": line.programme_id.number or "",
            "mission": line.mission or "",
            "indicator": line.indicator_id.code or "",
            "owner": line.owner_id.name or "",
            "department": line.department_id.name or "",
            "begins_on": (line.begins_on and format_jalali(line.begins_on)) or "",
            "ends_on": (line.ends_on and format_jalali(line.ends_on)) or "",
        } | {name: line[name] or (0 if name != "letter_no" else "") for name in PLAIN}
