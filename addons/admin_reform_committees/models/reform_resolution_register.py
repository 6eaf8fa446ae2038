from odoo import api, models
from odoo.fields import Domain
from odoo.orm.domains import NEGATIVE_CONDITION_OPERATORS

from odoo.addons.agency_base.tools import to_latin_digits


class ReformResolutionRegister(models.Model):
    """The register of resolutions on paper: what was chosen, body by body."""

    _inherit = "reform.resolution"

    _official_registers = frozenset({"admin_reform_committees.resolution_register"})

    def _by_body(self):
        """Return each body with its resolutions, as they were adopted."""
        numbered = self.filtered("number").sorted(
            lambda resolution: (
                resolution.committee_id.code,
                resolution.meeting_date,
                resolution.number,
            )
        )
        return list(numbered.grouped("committee_id").items())

    @api.model
    def _search_display_name(self, operator, value):
        """Find by the number in the digits it is read in: «۱۴۰۵» finds 1405."""
        domain = Domain(super()._search_display_name(operator, value))
        latin = to_latin_digits(value) if isinstance(value, str) else value
        if latin == value or operator in NEGATIVE_CONDITION_OPERATORS:
            return domain
        return domain | Domain("number", operator, latin)
