from odoo import models

from odoo.addons.agency_base.tools.sheets import write_sheet

from .. import texts
from ..tools import join_cell

# The columns of the spreadsheet that are fields by their own name.
TEXTS = (
    "summary",
    "description",
    "process_name",
    "output",
    "beneficiaries",
    "conditions",
    "keywords",
    "sector",
    "spatial",
    "frequency",
    "identification",
    "portal_url",
    "not_electronic_reason",
    "related_systems",
    "appeal_route",
)
CHOICES = (
    "service_type",
    "audience",
    "nature",
    "level",
    "trigger",
    "mode",
    "desk_offer",
    "duration_unit",
)
FLAGS = ("output_is_original", "needs_presence")
# Other services, by their codes; they may stand further down in the file.
LINKS = {
    "parent": "parent_id",
    "required": "required_service_ids",
    "related": "related_service_ids",
}


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
        cells = {name: self[name] or "" for name in ("code", "name", *TEXTS)}
        cells |= {name: self._label(self, name) for name in CHOICES}
        cells |= {name: self._flag_text(self[name]) for name in FLAGS}
        codes = {name: self[field].mapped("code") for name, field in LINKS.items()}
        cells |= {name: join_cell([code] for code in codes[name]) for name in codes}
        return (
            cells
            | self._export_lines()
            | {
                "unit": self.department_id.name or "",
                "calendar": self.calendar_id.name or "",
                "duration": self.duration_max,
                "average": self.duration_average,
                "visits": self.visits_allowed,
                "volume": self.yearly_volume,
            }
        )

    def _export_lines(self):
        """Return the lines of the sheet, a cell for each kind."""
        label, flag = self._label, self._flag_text
        lines = {
            "life_events": [[event.name] for event in self.life_event_ids],
            "documents": [
                (
                    line.name,
                    label(line, "form"),
                    line.condition,
                    # Mandatory unless it says no.
                    not line.is_mandatory and flag(False),
                    line.source,
                    line.note,
                )
                for line in self.document_ids
            ],
            "steps": [
                (
                    line.name,
                    line.department_id.name,
                    line.days,
                    line.note,
                    not line.is_public and flag(False),
                )
                for line in self.step_ids
            ],
            "channels": [
                (
                    label(line, "channel"),
                    label(line, "stage"),
                    line.days,
                    line.cost,
                    line.address,
                    line.note,
                )
                for line in self.channel_ids
            ],
            "costs": [
                (
                    line.name,
                    line.amount,
                    line.is_estimate and flag(True),
                    line.condition,
                )
                for line in self.cost_ids
            ],
            "laws": [(line.name, line.article, line.url) for line in self.legal_ids],
        }
        return {name: join_cell(parts) for name, parts in lines.items()}

    def _label(self, record, name):
        labels = record._fields[name]._description_selection(self.env)
        return dict(labels).get(record[name], "")

    def _flag_text(self, flag):
        return self.env._("yes") if flag else self.env._("no")
