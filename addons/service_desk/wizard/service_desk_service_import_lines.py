from odoo import Command, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools.sheets import read_choice, read_flag, read_number

from ..tools import split_cell

# As many as a line of any kind has.
MOST_PARTS = 6


class ServiceDeskServiceImport(models.TransientModel):
    """The lines of a sheet, many in one cell: «name; form; condition | …»."""

    _inherit = "service.desk.service.import"

    def _lines(self, cells, name, read):
        return [
            Command.create({"sequence": position, **read(*parts, *self._blank(parts))})
            for position, parts in enumerate(split_cell(cells[name]), start=1)
        ]

    def _blank(self, parts):
        """Return an empty text for each part that was left out at the end."""
        if len(parts) > MOST_PARTS:
            raise UserError(
                self.env._("“%s” has more parts than are known.", "; ".join(parts))
            )
        return [""] * (MOST_PARTS - len(parts))

    def _document(self, name, form, condition, mandatory, source, note):
        return {
            "name": self._named_line(name),
            "form": self._one_of("service.desk.service.document", "form", form, "copy"),
            "condition": condition or False,
            "is_mandatory": not mandatory or self._yes(mandatory),
            "source": source or False,
            "note": note or False,
        }

    def _step(self, name, unit, days, note, public, _rest):
        return {
            "name": self._named_line(name),
            "department_id": self._find_unit(unit).id if unit else False,
            "days": self._amount(days),
            "note": note or False,
            "is_public": not public or self._yes(public),
        }

    def _channel(self, channel, stage, days, cost, address, note):
        model = "service.desk.service.channel"
        return {
            "channel": self._one_of(model, "channel", channel, "desk"),
            "stage": self._one_of(model, "stage", stage, "all"),
            "days": self._amount(days),
            "cost": self._amount(cost),
            "address": address or False,
            "note": note or False,
        }

    def _cost(self, name, amount, estimate, condition, *_rest):
        return {
            "name": self._named_line(name),
            "amount": self._amount(amount),
            "is_estimate": self._yes(estimate),
            "condition": condition or False,
        }

    def _law(self, name, article, url, *_rest):
        return {"name": self._named_line(name), "article": article, "url": url}

    # === Parts ===

    def _named_line(self, text):
        if not text:
            raise UserError(self.env._("a line has no name."))
        return text

    def _one_of(self, model, field, text, default):
        if not text:
            return default
        choices = self._spellings(model, field)
        key = read_choice(text, choices)
        if key is None:
            raise UserError(
                self.env._(
                    "“%(text)s” is none of: %(choices)s.",
                    text=text,
                    choices=self.env._(", ").join(
                        spellings[0] for spellings in choices.values()
                    ),
                )
            )
        return key

    def _yes(self, text):
        flag = read_flag(text)
        if flag is None:
            raise UserError(self.env._("“%s” is neither yes nor no.", text))
        return flag

    def _amount(self, text):
        number = read_number(text) if text else 0
        if number is None or number < 0:
            raise UserError(self.env._("“%s” is no amount.", text))
        return number
