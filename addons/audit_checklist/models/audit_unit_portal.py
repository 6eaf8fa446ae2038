from odoo import api, models


class AuditUnit(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.unit"

    @api.model
    def _represented(self):
        """Return the units the user answers for, as superuser."""
        # sudo: a representative has no right to units; he is named at his own
        return self.sudo().search([("user_ids", "in", self.env.uid)])

    def _representatives(self, programme):
        """Return who answers for the unit: its own people, or those above it.

        The head office answers unless ``programme`` says that it does not.
        """
        self.ensure_one()
        # sudo: who represents a unit is not for everybody to read
        unit_sudo, programme_sudo = self.sudo(), programme.sudo()
        head_answers = programme_sudo.head_answers or not programme_sudo
        while not unit_sudo.user_ids and head_answers and unit_sudo.parent_id:
            unit_sudo = unit_sudo.parent_id
        return unit_sudo.user_ids
