from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from odoo.addons.agency_base.tools import localize_digits

from ..models.audit_checklist_version_sheet import COLUMNS, REQUIRED
from ..tools.sheet_reader import SheetReader

# Columns that are not fields of an item.
ELSEWHERE = {
    "section_code",
    "section_name",
    "section_weight",
    "comments",
    "na_reasons",
    "conditions",
    "unit_kind_ids",
}


class AuditChecklistImport(models.TransientModel):
    """Replaces the content of a draft by that of a spreadsheet, wholly or not at all.

    Items are recognised by their codes; what the file does not name is removed.
    """

    _name = "audit.checklist.import"
    _inherit = ["audit.sheet.import"]
    _description = "Import of a Checklist"
    _sheet_required = REQUIRED

    version_id = fields.Many2one("audit.checklist.version", required=True)
    error_ids = fields.One2many("audit.checklist.import.error", "import_id", "Mistakes")

    def action_import(self):
        """Bring the file in, or show every mistake with its row and change nothing."""
        self.ensure_one()
        self.version_id.check_access("write")
        self.version_id._check_still_draft()
        self.error_ids.unlink()
        rows = self._read()
        if not self.error_ids:
            self._apply(rows)
        if self.error_ids:
            return self._show()
        return self.version_id._action_design()

    # === Reading ===
    def _read(self):
        """Return the rows as ``(number, values)``; mistakes are written down."""
        rows, places = self._read_table()
        labels = self._sheet_labels()
        reader = SheetReader(
            [(key, labels[key], kind) for key, kind in COLUMNS.items()],
            self._choices(),
            self._complain,
            self._words(),
        )
        read = [(number, reader.read_row(number, row, places)) for number, row in rows]
        self._check_rows(read, labels)
        return read

    def _check_rows(self, rows, labels):
        """Complain about what is missing, named twice or not there."""
        codes = {values.get("code") for _number, values in rows}
        seen = {}
        for number, values in rows:
            for key in REQUIRED:
                if key in values and values[key] in ("", None):
                    self._complain(number, labels[key], self.env._("This is missing."))
            code = values.get("code")
            if code and code in seen:
                self._complain(
                    number,
                    labels["code"],
                    self.env._(
                        "%(code)s stands in row %(row)s already.",
                        code=code,
                        row=localize_digits(seen[code], self.env.lang),
                    ),
                )
            seen.setdefault(code, number)
            for parent, _answers in values.get("conditions", ()):
                if parent not in codes:
                    self._complain(
                        number,
                        labels["conditions"],
                        self.env._("There is no item %s in the file.", parent),
                    )

    def _words(self):
        return {
            "number": self.env._("“%s” is no number."),
            "negative": self.env._("A weight cannot be below zero."),
            "flag": self.env._("“%s” is neither yes nor no."),
            "choice": self.env._("“%s” is not one of the choices."),
        }

    def _sheet_labels(self):
        return self.version_id._sheet_labels()

    def _choices(self):
        """Return what people may write in cells that offer a choice."""
        item = self.env["audit.checklist.item"]
        choices = {}
        for key, kind in COLUMNS.items():
            if kind == "selection":
                choices[key] = {}
                for lang in self._languages():
                    env = self.with_context(lang=lang).env
                    labels = item._fields[key]._description_selection(env)
                    choices[key] |= {label: value for value, label in labels}
                choices[key] |= {value: value for value in list(choices[key].values())}
        choices["response_set_id"] = self._by_names(
            self.env["audit.response.set"].search(
                [("company_id", "in", [False, self.version_id.company_id.id])]
            )
        )
        choices["unit_kind_ids"] = self._by_names(
            self.env["audit.unit.kind"].search([("active", "=", True)])
        )
        return choices

    @staticmethod
    def _by_names(records):
        return {record.name: record.id for record in records} | {
            record.code: record.id for record in records
        }

    # === Writing ===
    def _apply(self, rows):
        """Write all rows, or none if the rules of a checklist refuse one."""
        at_work = rows[0][0]
        try:
            with self.env.cr.savepoint():
                self.version_id.item_ids.condition_ids.unlink()
                sections = self._apply_sections(rows)
                for place, (number, values) in enumerate(rows, start=1):
                    at_work = number
                    self._apply_item(values, sections, place)
                self._remove_absent(rows)
                for number, values in rows:
                    at_work = number
                    self._apply_conditions(values)
        except (UserError, ValidationError) as error:
            self.env.invalidate_all()
            self._complain(at_work, "", str(error))

    def _apply_sections(self, rows):
        """Return the sections by code, in the order of the file."""
        sections = {section.code: section for section in self.version_id.section_ids}
        first = {}
        for _number, values in rows:
            first.setdefault(values["section_code"], values)
        for place, (code, values) in enumerate(first.items(), start=1):
            vals = {"sequence": place}
            for key, field in (
                ("section_name", "name"),
                ("section_weight", "weight"),
            ):
                if values.get(key) not in ("", None):
                    vals[field] = values[key]
            if code in sections:
                sections[code].write(vals)
            else:
                sections[code] = self.env["audit.checklist.section"].create(
                    {"name": code, "version_id": self.version_id.id, "code": code}
                    | vals
                )
        return sections

    def _apply_item(self, values, sections, place):
        items = self.version_id.item_ids
        vals = {
            key: value
            for key, value in values.items()
            if key not in ELSEWHERE and value is not None
        }
        vals |= {
            "section_id": sections[values["section_code"]].id,
            "sequence": place,
        }
        if "unit_kind_ids" in values:
            vals["unit_kind_ids"] = [Command.set(values["unit_kind_ids"])]
        item = items.filtered(lambda known: known.code == values["code"])
        if item:
            item.write(vals)
        else:
            item = items.create(vals)
        self._apply_phrases(item, values)

    def _apply_phrases(self, item, values):
        for key, kind in (("comments", "comment"), ("na_reasons", "na_reason")):
            if key not in values or item.phrase_ids._of_kind(kind) == values[key]:
                continue
            item.phrase_ids.filtered(lambda p, kind=kind: p.kind == kind).unlink()
            item.phrase_ids = [
                Command.create({"kind": kind, "name": text, "sequence": place})
                for place, text in enumerate(values[key], start=1)
            ]

    def _remove_absent(self, rows):
        codes = {values["code"] for _number, values in rows}
        version = self.version_id
        version.item_ids.filtered(lambda item: item.code not in codes).unlink()
        version.section_ids.filtered(lambda section: not section.item_ids).unlink()

    def _apply_conditions(self, values):
        items = {item.code: item for item in self.version_id.item_ids}
        for parent_code, answers in values.get("conditions", ()):
            parent = items[parent_code]
            options = parent.response_set_id.option_ids
            chosen = options.filtered(
                lambda option, answers=answers: (
                    option.code in answers or option.name in answers
                )
            )
            if len(chosen) < len(answers):
                raise ValidationError(
                    self.env._(
                        "%(item)s has no such answer: %(answers)s",
                        item=parent_code,
                        answers=" | ".join(answers),
                    )
                )
            self.env["audit.checklist.condition"].create(
                {
                    "item_id": items[values["code"]].id,
                    "parent_item_id": parent.id,
                    "option_ids": chosen.ids,
                }
            )


class AuditChecklistImportError(models.TransientModel):
    """One mistake in a spreadsheet."""

    _name = "audit.checklist.import.error"
    _inherit = ["audit.sheet.mistake"]
    _description = "Mistake in a Spreadsheet"

    import_id = fields.Many2one(
        "audit.checklist.import", required=True, ondelete="cascade", index=True
    )
