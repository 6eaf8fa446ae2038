"""The rows of a checklist's spreadsheet, checked cell by cell."""

from odoo.addons.agency_base.tools import search_key, to_latin_digits
from odoo.addons.agency_base.tools.sheets import read_flag, read_list, read_number


class SheetReader:
    """Turns cells into values and remembers what was wrong with which row.

    ``columns`` are ``(key, label, kind)``; ``choices`` maps the keys of selections,
    response sets and kinds of unit to ``{what people may write: value}``.
    ``complain(row, label, message)`` takes note of a mistake.
    """

    def __init__(self, columns, choices, complain, words):
        self.columns = {key: (label, kind) for key, label, kind in columns}
        self.choices = {
            key: {search_key(text): value for text, value in options.items()}
            for key, options in choices.items()
        }
        self.complain = complain
        self.words = words

    def read_row(self, number, cells, places):
        """Return ``{key: value}`` of one row; wrong cells are complained about."""
        values = {}
        for key, index in places.items():
            text = cells[index] if index < len(cells) else ""
            label, kind = self.columns[key]
            value, mistake = getattr(self, f"_read_{kind}")(key, text)
            if mistake:
                self.complain(number, label, mistake)
            else:
                values[key] = value
        return values

    def _read_text(self, key, text):
        if key in ("code", "section_code"):
            text = to_latin_digits(text).upper()
        return text, None

    def _read_number(self, key, text):
        if not text:
            return None, None
        value = read_number(text)
        if value is None:
            return None, self.words["number"] % text
        return value, self.words["negative"] if value < 0 else None

    def _read_flag(self, key, text):
        value = read_flag(text)
        return value, self.words["flag"] % text if value is None else None

    def _read_list(self, key, text):
        return read_list(text), None

    def _read_selection(self, key, text):
        if not text:
            return None, None
        value = self.choices[key].get(search_key(text))
        return value, None if value else self.words["choice"] % text

    _read_response_set = _read_selection

    def _read_kinds(self, key, text):
        found = []
        for part in read_list(text):
            value = self.choices[key].get(search_key(part))
            if not value:
                return None, self.words["choice"] % part
            found.append(value)
        return found, None

    def _read_conditions(self, key, text):
        """Read "D1=yes|part ; D2" as [("D1", ["yes", "part"]), ("D2", [])]."""
        terms = []
        for part in text.replace("؛", ";").split(";"):
            code, _sign, answers = part.partition("=")
            if code.strip():
                parent = to_latin_digits(code).strip().upper()
                terms.append((parent, read_list(answers)))
        return terms, None
