from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from odoo.addons.agency_base.tools import search_key, to_latin_digits
from odoo.addons.agency_base.tools.sheets import read_number

# What a column holds, by the field it fills.
COLUMNS = {
    "code": "text",
    "name": "text",
    "parent_id": "parent",
    "kind_id": "kind",
    "legal_kind": "selection",
    "zone_id": "zone",
    "address": "text",
    "latitude": "number",
    "longitude": "number",
    "visitors_per_day": "count",
    "phone": "text",
    "representative_name": "text",
    "representative_function": "text",
    "representative_phone": "text",
    "letter_number": "text",
}


class AuditUnitImport(models.TransientModel):
    """Brings units in from a spreadsheet: all rows, or none and a list of mistakes.

    Units are recognised by their codes, or by their names where no code is given.
    """

    _name = "audit.unit.import"
    _inherit = ["audit.sheet.import"]
    _description = "Import of Units"
    _sheet_required = ("name",)

    phase_id = fields.Many2one(
        "audit.phase", help="The units are added to this phase as well."
    )
    error_ids = fields.One2many("audit.unit.import.error", "import_id", "Mistakes")

    def action_import(self):
        """Bring the units in, or show every mistake with its row."""
        self.ensure_one()
        self.env["audit.unit"].check_access("create")
        self.error_ids.unlink()
        rows = self._read()
        units = self.env["audit.unit"] if self.error_ids else self._apply(rows)
        if self.error_ids:
            return self._show()
        if self.phase_id:
            self.phase_id.unit_ids = [Command.link(unit.id) for unit in units]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audit_checklist.audit_unit_action"
        )
        return action | {"domain": [("id", "in", units.ids)]}

    # === Reading ===
    def _read(self):
        rows, places = self._read_table()
        labels = self._sheet_labels()
        choices = self._choices()
        return [
            (number, self._read_row(number, cells, places, choices, labels))
            for number, cells in rows
        ]

    def _sheet_labels(self):
        names = self.env["audit.unit"].fields_get(COLUMNS)
        return {key: names[key]["string"] for key in COLUMNS}

    def _choices(self):
        kinds, legal = {}, {}
        for lang in self._languages():
            env = self.with_context(lang=lang).env
            for kind in env["audit.unit.kind"].search([("active", "=", True)]):
                kinds[search_key(kind.name)] = kinds[search_key(kind.code)] = kind.id
            labels = env["audit.unit"]._fields["legal_kind"]
            for value, label in labels._description_selection(env):
                legal[search_key(label)] = legal[search_key(value)] = value
        return {"kind": kinds, "selection": legal}

    def _read_row(self, number, cells, places, choices, labels):
        values = {}
        for key, index in places.items():
            text = cells[index] if index < len(cells) else ""
            kind = COLUMNS[key]
            if not text:
                continue
            if kind in choices:
                value = choices[kind].get(search_key(text))
                mistake = self.env._("“%(text)s” is not among the choices.", text=text)
            elif kind in ("number", "count"):
                value = read_number(text)
                mistake = self.env._("“%(text)s” is not a number.", text=text)
            else:
                value = to_latin_digits(text) if key == "code" else text
                mistake = ""
            if value is None:
                self._complain(number, labels[key], mistake)
            else:
                values[key] = int(value) if kind == "count" else value
        if not values.get("name"):
            self._complain(number, labels["name"], self.env._("This is missing."))
        return values

    # === Writing ===
    def _apply(self, rows):
        at_work, units = rows[0][0], self.env["audit.unit"]
        try:
            with self.env.cr.savepoint():
                for number, values in rows:
                    at_work = number
                    units |= self._apply_row(values)
                for number, values in rows:
                    at_work = number
                    self._apply_parent(values)
                self.env.flush_all()
        except (UserError, ValidationError) as error:
            self.env.invalidate_all()
            self._complain(at_work, "", str(error))
        return units

    def _apply_row(self, values):
        vals = {key: value for key, value in values.items() if key != "parent_id"}
        if "zone_id" in vals:
            vals["zone_id"] = self._zone(vals["zone_id"]).id
        unit = self._find_unit(vals.get("code") or vals["name"])
        if unit:
            unit.write(vals)
            return unit
        return unit.create(vals)

    def _zone(self, name):
        zone = self.env["audit.zone"].search(
            [("company_id", "=", self.env.company.id), ("name", "=", name)], limit=1
        )
        return zone or zone.create({"name": name})

    def _apply_parent(self, values):
        if "parent_id" not in values:
            return
        unit = self._find_unit(values.get("code") or values["name"])
        parent = self._find_unit(values["parent_id"])
        if not parent:
            raise UserError(
                self.env._(
                    "There is no unit “%(parent)s” to belong to.",
                    parent=values["parent_id"],
                )
            )
        unit.parent_id = parent


class AuditUnitImportError(models.TransientModel):
    """One mistake in a spreadsheet of units."""

    _name = "audit.unit.import.error"
    _inherit = ["audit.sheet.mistake"]
    _description = "Mistake in a Spreadsheet of Units"

    import_id = fields.Many2one(
        "audit.unit.import", required=True, ondelete="cascade", index=True
    )
