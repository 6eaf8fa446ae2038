from psycopg2 import IntegrityError

from odoo import Command, api, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import search_key, to_latin_digits

from ..models.service_desk_service_export import CHOICES, FLAGS, LINKS, TEXTS
from ..tools import split_cell


class ServiceDeskServiceImport(models.TransientModel):
    """Brings in identity sheets: new codes become drafts, known ones are changed."""

    _name = "service.desk.service.import"
    _inherit = ["agency.sheet.import"]
    _description = "Import Services"
    _sheet_columns = {
        "code": ["شناسه خدمت", "code"],
        "name": ["عنوان خدمت", "title", "name"],
        "parent": ["خدمت بالادست", "parent"],
        "process_name": ["فرایند", "process"],
        "summary": ["خلاصه", "summary"],
        "description": ["شرح خدمت", "description"],
        "output": ["خروجی", "output"],
        "output_is_original": ["اصل سند تحویل داده می‌شود", "original is handed over"],
        "beneficiaries": ["گیرندگان", "beneficiaries"],
        "conditions": ["شرایط", "conditions"],
        "keywords": ["کلیدواژه", "keywords"],
        "sector": ["حوزه", "sector"],
        "spatial": ["کجا ارائه می‌شود", "where it is offered"],
        "life_events": ["رویدادهای زندگی", "life events"],
        "service_type": ["نوع خدمت", "type"],
        "audience": ["خدمت‌گیرندگان", "مخاطب", "audience"],
        "nature": ["ماهیت", "nature"],
        "level": ["سطح", "level"],
        "trigger": ["نحوه آغاز", "starts by"],
        "mode": ["شیوه ارائه", "حالت رسیدگی", "mode"],
        "desk_offer": ["در میز خدمت", "ارائه در میز", "at the desk"],
        "portal_url": ["نشانی الکترونیکی", "address"],
        "not_electronic_reason": ["چرا الکترونیکی نیست", "why not electronic"],
        "identification": ["راه احراز هویت", "identification"],
        "unit": ["واحد مسئول", "unit"],
        "needs_presence": ["نیازمند حضور در واحد", "needs presence"],
        "calendar": ["تقویم خدمت", "calendar"],
        "duration_unit": ["واحد مدت", "duration unit"],
        "duration": ["حداکثر مدت", "longest duration"],
        "average": ["مدت متوسط", "average duration"],
        "visits": ["تعداد مراجعه", "visits"],
        "frequency": ["تواتر", "frequency"],
        "volume": ["آمار سالانه", "yearly volume"],
        "related_systems": ["سامانه‌های مرتبط", "related systems"],
        "appeal_route": ["مراجع دیگر اعتراض", "where else to object"],
        "required": ["پیش‌نیاز", "needed before"],
        "related": ["خدمت‌های مرتبط", "related services"],
        "documents": ["مدارک", "documents"],
        "steps": ["مراحل", "steps"],
        "channels": ["راه‌های ارائه", "channels"],
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
        links = [{name: vals.pop(name, ()) for name in LINKS} for vals in rows]
        numbers = [vals.pop("row") for vals in rows]
        complaints, made = [], {}
        known = self._known([vals["code"] for vals in rows])
        for number, vals in zip(numbers, rows, strict=True):
            service = known.get(vals["code"], services)
            saved = self._attempt(number, complaints, self._save, service, vals)
            made[number] = saved or services
        for number, codes in zip(numbers, links, strict=True):
            self._attempt(number, complaints, self._link, made[number], codes)
        if complaints:
            raise UserError(self._summary(complaints))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_service_action"
        )
        ids = [service.id for service in made.values()]
        return action | {"domain": [("id", "in", ids)]}

    def _known(self, codes):
        return (
            self.env["service.desk.service"]
            .search([("code", "in", codes), ("company_id", "=", self.env.company.id)])
            .grouped("code")
        )

    def _attempt(self, number, complaints, work, service, vals):
        """Do what one row asks; what is refused is a complaint about that row."""
        try:
            with self.env.cr.savepoint():
                return work(service, vals)
        except IntegrityError as error:
            sentence = service._sql_error_to_message(error)
        except UserError as error:
            sentence = str(error)
        complaints.append(self._complaint(number, sentence))
        return None

    def _save(self, service, vals):
        """Write only what the sheet fills; listed lines replace the old ones."""
        if not service:
            service = service.create(vals)
        else:
            lines = {
                name: [Command.clear(), *value]
                for name, value in vals.items()
                if name.endswith("_ids")
            }
            service.write(vals | lines)
        service.flush_recordset()
        return service

    def _link(self, service, codes):
        vals = {}
        for name, wanted in codes.items():
            if wanted and service:
                found = self._known(wanted)
                for code in wanted:
                    if code not in found:
                        raise UserError(self.env._("there is no service “%s”.", code))
                ids = [found[code].id for code in wanted]
                field = LINKS[name]
                vals[field] = ids[0] if name == "parent" else [Command.set(ids)]
        if vals:
            service.write(vals)
            service.flush_recordset()

    # === One row ===

    def _read_row(self, number, cells, results, complaints):
        before = len(results)
        result = super()._read_row(number, cells, results, complaints)
        for vals in results[before:]:
            vals["row"] = number
        return result

    def _row(self, cells, before):
        cells = {name: text.strip() for name, text in cells.items()}
        code = to_latin_digits(self._needed(cells, "code"))
        if any(vals["code"] == code for vals in before):
            raise UserError(self.env._("the code %s is there twice.", code))
        vals = {name: cells[name] for name in TEXTS}
        vals |= {name: self._selection(cells, name) for name in CHOICES}
        vals |= {
            "code": code,
            "name": self._needed(cells, "name"),
            "department_id": self._unit(cells, "unit"),
            "calendar_id": self._calendar(cells, "calendar"),
            "duration_max": self._positive(cells, "duration"),
            "duration_average": self._positive(cells, "average"),
            "yearly_volume": self._count(cells, "volume"),
            "life_event_ids": self._life_events(cells, "life_events"),
            "document_ids": self._lines(cells, "documents", self._document),
            "step_ids": self._lines(cells, "steps", self._step),
            "channel_ids": self._lines(cells, "channels", self._channel),
            "cost_ids": self._lines(cells, "costs", self._cost),
            "legal_ids": self._lines(cells, "laws", self._law),
        }
        vals |= {name: self._codes(cells[name]) for name in LINKS}
        # Empty cells leave the defaults of the form, or what is there; a no and a
        # zero are written ones.
        filled = {name: value for name, value in vals.items() if value}
        filled |= {name: self._flag(cells, name) for name in FLAGS if cells[name]}
        if cells["visits"]:
            filled["visits_allowed"] = self._count(cells, "visits")
        return filled

    def _codes(self, text):
        return [to_latin_digits(line[0]) for line in split_cell(text) if line[0]]

    def _selection(self, cells, name):
        """Return a choice written as the form shows it, in any language, or its key."""
        if not cells[name]:
            return False
        return self._choice(cells, name, self._spellings("service.desk.service", name))

    def _spellings(self, model, name):
        """Return ``{key: [labels in every language, key]}`` of a selection.

        The reader's own come first: they are what a refusal lists.
        """
        field = self.env[model]._fields[name]
        choices = {}
        langs = [lang for lang, _label in self.env["res.lang"].get_installed()]
        for lang in sorted(langs, key=lambda lang: lang != self.env.lang):
            env = self.with_context(lang=lang).env
            for key, label in field._description_selection(env):
                choices.setdefault(key, []).append(label)
        for key, labels in choices.items():
            labels.append(key)
        return choices

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

    def _count(self, cells, name):
        number = self._positive(cells, name)
        if number % 1:
            raise UserError(
                self.env._(
                    "“%(text)s” in the column “%(column)s” is no whole number.",
                    text=cells[name],
                    column=self._heading(name),
                )
            )
        return int(number)

    def _unit(self, cells, name):
        return self._find_unit(cells[name]).id if cells[name] else False

    def _find_unit(self, text):
        units = self._named("hr.department", text)
        if not units:
            raise UserError(self.env._("there is no unit “%s”.", text))
        return units[0]

    def _calendar(self, cells, name):
        if not cells[name]:
            return False
        calendars = self._named("resource.calendar", cells[name])
        if not calendars:
            raise UserError(self.env._("there is no calendar “%s”.", cells[name]))
        return calendars[0].id

    def _named(self, model, text):
        """Return what the agency calls ``text``, however it is typed."""
        records = self.env[model].search(
            [("company_id", "in", [False, self.env.company.id])]
        )
        return records.filtered(lambda one: search_key(one.name) == search_key(text))

    def _life_events(self, cells, name):
        found = self.env["service.desk.life.event"]
        events = found.search([("name", "!=", False)])
        for line in split_cell(cells[name]):
            same = events.filtered(
                lambda event, text=line[0]: search_key(event.name) == search_key(text)
            )
            if not same:
                raise UserError(self.env._("there is no life event “%s”.", line[0]))
            found |= same[0]
        return [Command.set(found.ids)] if found else False
