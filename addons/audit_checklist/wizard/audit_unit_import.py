import base64

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from odoo.addons.agency_base.tools import search_key, to_latin_digits

from ..tools.xlsx import NotASpreadsheetError, read_number, read_rows

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
REQUIRED = ("name",)


class AuditUnitImport(models.TransientModel):
    """Brings units in from a spreadsheet: all rows, or none and a list of mistakes.

    Units are recognised by their codes, or by their names where no code is given.
    """

    _name = "audit.unit.import"
    _description = "Import of Units"

    phase_id = fields.Many2one(
        "audit.phase", help="The units are added to this phase as well."
    )
    file = fields.Binary("Spreadsheet (.xlsx)", attachment=False)
    filename = fields.Char()
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

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import of Units"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _complain(self, row, column, message):
        self.error_ids = [
            Command.create({"row": row, "column": column, "message": message})
        ]

    # === Reading ===
    def _read(self):
        if not self.file:
            raise UserError(self.env._("Choose a spreadsheet first."))
        try:
            header, *rows = read_rows(base64.b64decode(self.file)) or [(1, [])]
        except NotASpreadsheetError:
            raise UserError(
                self.env._(
                    "This file is no Excel workbook (.xlsx), or larger than 5 MB. "
                    "Save it as .xlsx and try again."
                )
            ) from None
        labels = self._labels(self.env.lang)
        places = self._places(header[1])
        for key in REQUIRED:
            if key not in places:
                self._complain(
                    header[0], labels[key], self.env._("This column is missing.")
                )
        if not rows:
            self._complain(header[0], "", self.env._("There are no units below."))
        if self.error_ids:
            return []
        choices = self._choices()
        return [
            (number, self._read_row(number, cells, places, choices, labels))
            for number, cells in rows
        ]

    def _labels(self, lang):
        names = self.env["audit.unit"].with_context(lang=lang).fields_get(COLUMNS)
        return {key: names[key]["string"] for key in COLUMNS}

    def _languages(self):
        return ["en_US", *dict(self.env["res.lang"].get_installed())]

    def _places(self, cells):
        """Return ``{key: index}`` of the headings, in whatever language they are."""
        known = {search_key(key): key for key in COLUMNS}
        for lang in self._languages():
            labels = self._labels(lang)
            known |= {search_key(label): key for key, label in labels.items()}
        places = {}
        for index, cell in enumerate(cells):
            if key := known.get(search_key(cell)):
                places.setdefault(key, index)
        return places

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

    def _find(self, text):
        unit = self.env["audit.unit"].with_context(active_test=False)
        company = [("company_id", "=", self.env.company.id)]
        code = to_latin_digits(text)
        return unit.search([*company, ("code", "=", code)], limit=1) or unit.search(
            [*company, ("name", "=", text)], limit=1
        )

    def _apply_row(self, values):
        vals = {key: value for key, value in values.items() if key != "parent_id"}
        if "zone_id" in vals:
            vals["zone_id"] = self._zone(vals["zone_id"]).id
        unit = self._find(vals.get("code") or vals["name"])
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
        unit = self._find(values.get("code") or values["name"])
        parent = self._find(values["parent_id"])
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
    _description = "Mistake in a Spreadsheet of Units"
    _order = "row, id"

    import_id = fields.Many2one(
        "audit.unit.import", required=True, ondelete="cascade", index=True
    )
    row = fields.Integer(readonly=True)
    column = fields.Char(readonly=True)
    message = fields.Char("What Is Wrong", readonly=True)
