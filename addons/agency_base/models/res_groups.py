from odoo import api, models

# Odoo's default of a field that cannot be translated.
UNTRANSLATED = "No"


class ResGroups(models.Model):
    """The roles on the page of a user say in his language that none is given."""

    _inherit = "res.groups"

    @api.model
    def _get_view_group_hierarchy(self):
        # Odoo keeps what it answers: a copy is changed.
        hierarchy = super()._get_view_group_hierarchy()
        none = self.env._("No role")
        return hierarchy | {
            "privileges": {
                key: privilege | {"placeholder": none}
                if privilege["placeholder"] == UNTRANSLATED
                else privilege
                for key, privilege in hierarchy["privileges"].items()
            }
        }
