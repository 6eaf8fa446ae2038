from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.agency_base.tools import localize_digits, search_key
from odoo.addons.agency_base.tools.sheets import read_number

from ..tools.field_answers import read_answer
from ..tools.field_ops import BadValueError

HIGHEST = 100


class AuditResultImport(models.TransientModel):
    """Brings in the results of another body: all rows, or none and a list of mistakes.

    A row is a unit with its score; or, in columns headed by the codes of items, with
    its answers, which the score then comes from.
    """

    _name = "audit.result.import"
    _inherit = ["audit.sheet.import"]
    _description = "Import of Results of Another Body"
    _sheet_required = ("unit",)

    phase_id = fields.Many2one(
        "audit.phase", required=True, help="The results are counted there, apart."
    )
    version_id = fields.Many2one(
        "audit.checklist.version",
        "Checklist",
        required=True,
        compute="_compute_version_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('state', '!=', 'draft')]",
        help="Whose grades, and whose codes of items, the results have.",
    )
    reported_by = fields.Char(required=True, help="Which body reported the results.")
    reported_on = fields.Date(required=True)
    error_ids = fields.One2many("audit.result.import.error", "import_id", "Mistakes")

    @api.depends("phase_id")
    def _compute_version_id(self):
        for wizard in self:
            wizard.version_id = wizard.phase_id.version_id or wizard.version_id

    def action_import(self):
        """Bring the results in, or show every mistake with its row."""
        self.ensure_one()
        self.env["audit.assessment"].check_access("create")
        self.error_ids.unlink()
        rows = self._read()
        found = self.env["audit.assessment"]
        if not self.error_ids:
            found = self._apply(rows)
        if self.error_ids:
            return self._show()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audit_checklist.audit_result_action"
        )
        return action | {"domain": [("id", "in", found.ids)]}

    # === Reading ===
    def _sheet_labels(self):
        labels = {"unit": self.env._("Unit"), "score": self.env._("Score")}
        version = self.version_id.with_env(self.env)
        return labels | {f"item:{i.code}": i.label for i in version.item_ids}

    def _spellings(self):
        spellings = super()._spellings()
        for key, known in spellings.items():
            kind, _colon, code = key.partition(":")
            if kind == "item":
                known.append(code)
        return spellings

    def _read(self):
        rows, places = self._read_table()
        labels = self._sheet_labels()
        design = {
            item["code"]: item
            for section in self.version_id._frozen_design()["sections"]
            for item in section["items"]
        }
        words = {code: self._words(code) for code in design}
        read, seen = [], {}
        for number, cells in rows:
            values = {
                key: cells[place]
                for key, place in places.items()
                if place < len(cells) and cells[place]
            }
            unit = self._read_unit(number, values, labels, seen)
            score = self._read_score(number, values, labels)
            answers = {}
            for key, text in values.items():
                kind, _colon, code = key.partition(":")
                if kind == "item":
                    answers[code] = self._read_answer(
                        number, labels[key], design[code], words[code], text
                    )
            if score is None and not answers and "score" not in values:
                self._complain(number, labels["score"], self.env._("This is missing."))
            read.append((number, unit, score, answers))
        return read

    def _read_unit(self, number, values, labels, seen):
        text = values.get("unit", "")
        unit = self._find_unit(text) if text else None
        if not unit:
            self._complain(
                number,
                labels["unit"],
                self.env._("There is no unit “%(unit)s”.", unit=text)
                if text
                else self.env._("This is missing."),
            )
        elif unit in seen:
            self._complain(
                number,
                labels["unit"],
                self.env._(
                    "This unit is in row %(row)s already.",
                    row=localize_digits(seen[unit], self.env.lang),
                ),
            )
        else:
            seen[unit] = number
        return unit

    def _read_score(self, number, values, labels):
        text = values.get("score")
        if not text:
            return None
        value = read_number(text)
        if value is None or not 0 <= value <= HIGHEST:
            self._complain(
                number,
                labels["score"],
                self.env._("“%(text)s” is no score from 0 to 100.", text=text),
            )
            return None
        return value

    def _words(self, code):
        """Return ``{what people may write: answer}`` of an item."""
        item = self.version_id.item_ids.filtered(lambda i: i.code == code)
        words = {}
        for option in item.response_set_id.option_ids:
            words[search_key(option.code)] = option.code
            for lang in self._languages():
                words[search_key(option.with_context(lang=lang).name)] = option.code
        return words

    def _read_answer(self, number, label, item, words, text):
        kind = item["response"]["kind"]
        payload = {"text": text}
        if kind == "number":
            payload = {"number": read_number(text)}
        elif kind == "options":
            payload = {"option": words.get(search_key(text), text)}
            # What another body found not applicable, it had its reason for.
            payload["reason"] = self.env._("Reported by %(who)s", who=self.reported_by)
        try:
            answer = read_answer(item, payload)
        except BadValueError:
            answer = None
        if not answer:
            self._complain(
                number,
                label,
                self.env._("“%(text)s” is not an answer to this item.", text=text),
            )
        return answer

    # === Writing ===
    def _apply(self, rows):
        found, at_work = self.env["audit.assessment"], 0
        items = {item.code: item.id for item in self.version_id.item_ids}
        try:
            with self.env.cr.savepoint():
                for number, unit, score, answers in rows:
                    at_work = number
                    found |= self._apply_row(unit, score, answers, items)
                    self.env.flush_all()
        except IntegrityError:
            self.env.invalidate_all()
            self._complain(
                at_work,
                "",
                self.env._(
                    "This body has reported a result of this unit in this phase "
                    "already."
                ),
            )
        except (UserError, ValidationError) as error:
            self.env.invalidate_all()
            self._complain(at_work, "", str(error))
        return found

    def _apply_row(self, unit, score, answers, items):
        assessment = self.env["audit.assessment"].create(
            {
                "kind": "audit",
                "source": "reported",
                "unit_id": unit.id,
                "phase_id": self.phase_id.id,
                "version_id": self.version_id.id,
                "reported_by": self.reported_by,
                "reported_on": self.reported_on,
                "reported_score": score or 0,
                "has_reported_score": not answers,
            }
        )
        self.env["audit.answer"].create(
            [
                {
                    "assessment_id": assessment.id,
                    "item_id": items[code],
                    "payload": answer,
                    "answered_at": self.reported_on,
                }
                for code, answer in answers.items()
            ]
        )
        assessment.action_submit_reported()
        return assessment


class AuditResultImportError(models.TransientModel):
    """One mistake in a spreadsheet of results."""

    _name = "audit.result.import.error"
    _inherit = ["audit.sheet.mistake"]
    _description = "Mistake in a Spreadsheet of Results"

    import_id = fields.Many2one(
        "audit.result.import", required=True, ondelete="cascade", index=True
    )
