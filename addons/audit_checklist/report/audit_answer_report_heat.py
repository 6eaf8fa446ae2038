from itertools import chain

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.jalali_calendar.tools import jalali_year

from ..tools.heat import merge

# What may stand above the columns of the map, and which field is grouped by.
COLUMNS = {
    "phase": "phase_id",
    "year": "phase_id",
    "version": "version_id",
    "zone": "zone_id",
    "kind": "kind_id",
    "team": "team_id",
}
SOURCES = ("visit", "reported", "declared")


class AuditAnswerReport(models.Model):
    """The map of items: where they fail, and where they do not.

    PostgreSQL adds the answers up; however many there are, what comes here is one row
    for each item and column.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.answer.report"

    @api.model
    def get_heat_map(self, column="phase", phase_id=False, source="visit"):
        """Return items × columns with the mean, the share that failed and the count.

        ``column`` is one of `COLUMNS`, ``source`` one of `SOURCES`; ``phase_id`` keeps
        to one phase. Items are those of a code, whatever version asked them.
        """
        column = column if column in COLUMNS else "phase"
        source = source if source in SOURCES else "visit"
        domain = Domain("source", "=", source)
        if phase_id:
            domain &= Domain("phase_id", "=", phase_id)
        groups = self._read_group(
            domain,
            ["item_code", COLUMNS[column]],
            ["percent:avg", "failed:avg", "__count", "item_id:max"],
        )
        columns, cells, latest = {}, {}, {}
        for code, of_column, percent, failed, count, item_id in groups:
            key, name = self._heat_column(column, of_column)
            columns.setdefault(key, {"key": key, "name": name, "ids": []})
            if of_column.id not in columns[key]["ids"]:
                columns[key]["ids"].append(of_column.id)
            cells.setdefault(code, {}).setdefault(key, []).append(
                (percent, failed, count)
            )
            latest[code] = max(latest.get(code, 0), item_id)
        ordered = sorted(
            columns.values(), key=lambda one: (not one["key"], one["name"])
        )
        return {
            "column": column,
            "source": source,
            "field": COLUMNS[column],
            "columns": ordered,
            "rows": self._heat_rows(cells, latest, ordered),
            "phases": [
                {"id": phase.id, "name": phase.display_name}
                for phase in self.env["audit.phase"].search([])
            ],
        }

    def _heat_column(self, column, record):
        """Return the key and the name of the column a group belongs to."""
        if not record:
            return "", self.env._("Without")
        if column == "year":
            year = str(jalali_year(record.date_start, self.env.company.agency_tz))
            return year, localize_digits(year, self.env.lang)
        return str(record.id), record.display_name

    def _heat_rows(self, cells, latest, columns):
        items = self.env["audit.checklist.item"].browse(latest.values())
        items = items.sorted(
            lambda item: (item.section_id.sequence, item.sequence, item.code)
        )
        return [
            {
                "code": item.code,
                "label": item.label,
                "name": item.name,
                "section": item.section_id.name,
                "cells": [merge(cells[item.code].get(c["key"], [])) for c in columns],
                "whole": merge(chain(*cells[item.code].values())),
            }
            for item in items
        ]
