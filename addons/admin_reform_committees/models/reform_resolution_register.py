from odoo import models


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
