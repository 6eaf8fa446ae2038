from odoo import api, models
from odoo.exceptions import AccessError


class ReformKeptMixin(models.AbstractModel):
    """What comes about by an act on another record, and is never entered by hand."""

    _name = "reform.kept.mixin"
    _description = "Kept by the System"

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_by_hand()
        return super().write(vals)

    # pylint: disable=no-raise-unlink
    def unlink(self):
        self._refuse_by_hand()
        return super().unlink()

    def _refuse_by_hand(self):
        if not self.env.su:
            raise AccessError(self._by_hand_message())

    def _by_hand_message(self):
        """Return what to do instead."""
        raise NotImplementedError
