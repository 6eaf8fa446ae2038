from odoo import Command, api, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import search_key, to_latin_digits
from odoo.addons.agency_base.tools.sheets import read_list, read_number

# The parts of one cell: documents are written «name; form; condition».
PART = ";"
PLAIN = (
    "summary",
    "description",
    "output",
    "conditions",
    "keywords",
    "sector",
    "portal_url",
    "parent",
)
SEPARATORS = str.maketrans({"؛": ";", "،": ","})


class ServiceDeskServiceImport(models.TransientModel):
    """Brings in identity sheets: new codes become drafts, known ones are changed."""

    _name = "service.desk.service.import"
    _inherit = ["agency.sheet.import"]
    _description = "Import Services"
    _sheet_columns = {
        "code": ["شناسه خدمت", "code"],
        "name": ["عنوان خدمت", "title", "name"],
        "parent": ["خدمت بالادست", "parent"],
        "summary": ["خلاصه", "summary"],
        "description": ["شرح خدمت", "description"],
        "output": ["خروجی", "output"],
        "conditions": ["شرایط", "conditions"],
        "keywords": ["کلیدواژه", "keywords"],
        "sector": ["حوزه", "sector"],
        "service_type": ["نوع خدمت", "type"],
        "audience": ["خدمت‌گیرندگان", "audience"],
        "nature": ["ماهیت", "nature"],
        "level": ["سطح", "level"],
        "mode": ["شیوه ارائه", "mode"],
        "desk_offer": ["در میز خدمت", "at the desk"],
        "portal_url": ["نشانی الکترونیکی", "address"],
        "unit": ["واحد مسئول", "unit"],
        "duration_unit": ["واحد مدت", "duration unit"],
        "duration": ["حداکثر مدت", "longest duration"],
        "visits": ["تعداد مراجعه", "visits"],
        "volume": ["آمار سالانه", "yearly volume"],
        "documents": ["مدارک", "documents"],
        "steps": ["مراحل", "steps"],
        "costs": ["هزینه‌ها", "costs"],
        "laws": ["مستندات قانونی", "laws"],
    }
    _sheet_optional = tuple(_sheet_columns)[2:]

    @api.model
    def _headings(self):
        return [spellings[0] for spellings in self._sheet_columns.values()]

    def action_import(self):
        """Import all rows or none, and show what came in."""
        services = self.env["service.desk.service"]
        services.check_access("create")
        rows = self._read()
        known = services.search(
            [
                ("code", "in", [vals["code"] for vals in rows]),
                ("company_id", "=", self.env.company.id),
            ]
        ).grouped("code")
        for vals in rows:
            parent = vals.pop("parent", False)
            if parent:
                vals["parent_id"] = self._parent(parent, services).id
            if vals["code"] in known:
                services |= self._change(known[vals["code"]], vals)
            else:
                services |= services.create(vals)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_service_action"
        )
        return action | {"domain": [("id", "in", services.ids)]}

    def _parent(self, code, made):
        return made.filtered(lambda service: service.code == code) or made.search(
            [("code", "=", code), ("company_id", "=", self.env.company.id)]
        )

    def _change(self, service, vals):
        """Write only what the sheet fills; listed lines replace the old ones."""
        filled = {name: value for name, value in vals.items() if value}
        for name, value in filled.items():
            if isinstance(value, list):
                filled[name] = [Command.clear(), *value]
        service.write(filled)
        return service

    # === One row ===

    def _row(self, cells, before):
        cells = {name: text.strip() for name, text in cells.items()}
        code = to_latin_digits(self._needed(cells, "code"))
        if any(vals["code"] == code for vals in before):
            raise UserError(self.env._("the code %s is there twice.", code))
        vals = {name: cells[name] for name in PLAIN}
        for name in ("service_type", "audience", "nature", "level", "mode"):
            vals[name] = self._selection(cells, name)
        vals["desk_offer"] = self._selection(cells, "desk_offer")
        vals["duration_unit"] = self._selection(cells, "duration_unit")
        vals |= {
            "code": code,
            "name": self._needed(cells, "name"),
            "parent": to_latin_digits(vals["parent"]),
            "department_id": self._unit(cells, "unit"),
            "duration_max": self._positive(cells, "duration"),
            "visits_allowed": int(self._positive(cells, "visits")),
            "yearly_volume": int(self._positive(cells, "volume")),
            "document_ids": self._lines(cells, "documents", self._document),
            "step_ids": self._lines(cells, "steps", self._step),
            "cost_ids": self._lines(cells, "costs", self._cost),
            "legal_ids": self._lines(cells, "laws", self._law),
        }
        # Empty cells leave the defaults of the form.
        return {name: value for name, value in vals.items() if value}

    def _selection(self, cells, name):
        """Return a choice written as the form shows it, in any language, or its key."""
        if not cells[name]:
            return False
        field = self.env["service.desk.service"]._fields[name]
        choices = {}
        for lang, _label in self.env["res.lang"].get_installed():
            env = self.with_context(lang=lang).env
            for key, label in field._description_selection(env):
                choices.setdefault(key, []).append(label)
        for key, labels in choices.items():
            labels.append(key)
        return self._choice(cells, name, choices)

    def _positive(self, cells, name):
        number = self._number(cells, name, default=0)
        if number < 0:
            raise UserError(
                self.env._(
                    "“%(text)s” in the column “%(column)s” is negative.",
                    text=cells[name],
                    column=self._heading(name),
                )
            )
        return number

    def _unit(self, cells, name):
        return self._find_unit(cells[name]).id if cells[name] else False

    def _find_unit(self, text):
        units = self.env["hr.department"].search(
            [("company_id", "in", [False, self.env.company.id])]
        )
        found = units.filtered(lambda unit: search_key(unit.name) == search_key(text))
        if not found:
            raise UserError(self.env._("there is no unit “%s”.", text))
        return found[0]

    # === Lines in a cell ===

    def _lines(self, cells, name, read):
        return [
            Command.create({"sequence": position, **read(self._parts(text))})
            for position, text in enumerate(read_list(cells[name]), start=1)
        ]

    def _parts(self, text):
        """Return at least three parts of a line; missing ones are empty."""
        parts = [part.strip() for part in text.translate(SEPARATORS).split(PART)]
        return [*parts, "", "", ""][: max(3, len(parts))]

    def _document(self, parts):
        forms = self.env["service.desk.service.document"]._fields["form"]
        form = parts[1] or "copy"
        labels = {}
        for lang, _label in self.env["res.lang"].get_installed():
            env = self.with_context(lang=lang).env
            for key, label in forms._description_selection(env):
                spelling = label.translate(SEPARATORS)
                labels |= {search_key(spelling): key, search_key(key): key}
        if search_key(form) not in labels:
            raise UserError(self.env._("“%s” is no form of a document.", form))
        return {
            "name": parts[0],
            "form": labels[search_key(form)],
            "condition": parts[2] or False,
        }

    def _step(self, parts):
        return {
            "name": parts[0],
            "department_id": self._find_unit(parts[1]).id if parts[1] else False,
            "days": self._amount(parts[2]),
        }

    def _cost(self, parts):
        return {"name": parts[0], "amount": self._amount(parts[1])}

    def _law(self, parts):
        return {"name": parts[0], "article": parts[1], "url": parts[2]}

    def _amount(self, text):
        number = read_number(text) if text else 0
        if number is None or number < 0:
            raise UserError(self.env._("“%s” is no amount.", text))
        return number
