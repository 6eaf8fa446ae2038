from odoo import api, models
from odoo.fields import Domain
from odoo.orm.domains import NEGATIVE_CONDITION_OPERATORS

from odoo.addons.agency_base.tools import to_latin_digits


class ReformNumberMixin(models.AbstractModel):
    """Find records by their number, or a part of it, in the digits it is read in."""

    _name = "reform.number.mixin"
    _description = "Record Found by Its Number"

    @api.model
    def _search_display_name(self, operator, value):
        """Find by the number as it is shown: «۱۴۰۵» finds 1405."""
        domain = Domain(super()._search_display_name(operator, value))
        latin = to_latin_digits(value) if isinstance(value, str) else value
        if latin == value or operator in NEGATIVE_CONDITION_OPERATORS:
            return domain
        return domain | Domain("number", operator, latin)
