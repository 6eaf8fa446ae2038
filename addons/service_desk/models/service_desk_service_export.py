from odoo import models

from odoo.addons.agency_base.tools.sheets import write_sheet

from .. import texts


class ServiceDeskService(models.Model):
    """The catalogue as a spreadsheet that can be imported again."""

    _inherit = "service.desk.service"

    def action_export(self):
        """Download the chosen services as a spreadsheet."""
        ids = ",".join(map(str, self.ids))
        return {
            "type": "ir.actions.act_url",
            "url": f"/service_desk/services.xlsx?ids={ids}",
            "target": "download",
        }

    def _export_xlsx(self):
        """Return the bytes of a workbook with a row per service."""
        wizard = self.env["service.desk.service.import"]
        rows = [
            [service._export_cells()[name] for name in wizard._sheet_columns]
            for service in self
        ]
        title = self.env._("Services")
        return write_sheet(title, wizard._headings(), rows, texts.is_persian(self.env))

    def _export_cells(self):
        self.ensure_one()
        plain = ("code", "name", "summary", "description", "output", "conditions")
        plain += ("keywords", "sector", "portal_url")
        cells = {name: self[name] or "" for name in plain}
        for name in ("service_type", "audience", "nature", "level", "mode"):
            cells[name] = self._label(self, name)
        cells["desk_offer"] = self._label(self, "desk_offer")
        cells["duration_unit"] = self._label(self, "duration_unit")
        return cells | {
            "parent": self.parent_id.code or "",
            "unit": self.department_id.name or "",
            "duration": self.duration_max,
            "visits": self.visits_allowed,
            "volume": self.yearly_volume,
            "documents": self._joined(
                (line.name, self._label(line, "form"), line.condition)
                for line in self.document_ids
            ),
            "steps": self._joined(
                (line.name, line.department_id.name, line.days)
                for line in self.step_ids
            ),
            "costs": self._joined((line.name, line.amount) for line in self.cost_ids),
            "laws": self._joined(
                (line.name, line.article, line.url) for line in self.legal_ids
            ),
        }

    def _label(self, record, name):
        labels = record._fields[name]._description_selection(self.env)
        return dict(labels).get(record[name], "")

    def _joined(self, lines):
        """Return lines in one cell: parts set apart by semicolons, lines by bars."""
        return " | ".join(
            "; ".join(str(part or "") for part in line).rstrip("; ") for line in lines
        )
