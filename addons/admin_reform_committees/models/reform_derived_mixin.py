from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.agency_base.tools.context import without_defaults


class ReformDerivedMixin(models.AbstractModel):
    """Refuses to have entered what follows from other fields.

    Computed fields that are stored are read-only on screens alone: a value sent by RPC
    would stand until what it depends on changes. The body a line belongs to, its
    company, a day until which to answer or a score must not be had that way.
    """

    _name = "reform.derived.mixin"
    _description = "What Follows Is Not Entered"

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._refuse_derived(vals)
        guarded = without_defaults(self, self._derived_fields())
        records = super(ReformDerivedMixin, guarded).create(vals_list)
        return records.with_env(self.env)

    def write(self, vals):
        if not self.env.su:
            self._refuse_derived(vals)
        return super().write(vals)

    @api.model
    def _derived_fields(self):
        """Return the names of the stored fields that are computed and never entered."""
        return {
            name
            for name, field in self._fields.items()
            if field.store and field.compute and field.readonly
        }

    @api.model
    def _refuse_derived(self, vals):
        if given := self._derived_fields() & vals.keys():
            label = self._fields[min(given)]._description_string(self.env)
            raise AccessError(
                self.env._("“%s” follows from other fields and is not entered.", label)
            )
