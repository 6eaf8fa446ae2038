from odoo import api, models, tools
from odoo.exceptions import AccessError

from ..tools.context import without_defaults


class AgencyDerivedMixin(models.AbstractModel):
    """Refuses to have entered what follows from other fields.

    Computed fields that are stored are read-only on screens alone: a value sent by RPC,
    or as a default in the context, would stand until what it depends on changes. The
    body a line belongs to, its company, a day until which to answer or a score must not
    be had that way; nor may the links by which one record answers another.
    """

    _name = "agency.derived.mixin"
    _description = "What Follows Is Not Entered"

    # Readonly fields that code of ours fills in, as superuser.
    _recorded_fields = frozenset()
    # Whether `create` of the model itself refuses what is sent, and then fills it in.
    _fills_in_itself = False

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        if not self._fills_in_itself:
            self._refuse_derived(vals_list)
        guarded = without_defaults(self, self._derived_fields())
        records = super(AgencyDerivedMixin, guarded).create(vals_list)
        return records.with_env(self.env)

    def write(self, vals):
        self._refuse_derived([vals])
        return super().write(vals)

    @tools.ormcache()
    def _derived_fields(self):
        """Return the names of the stored fields that nobody enters."""
        return self._recorded_fields | {
            name
            for name, field in self._fields.items()
            if field.store and field.compute and field.readonly
        }

    @api.model
    def _refuse_derived(self, vals_list):
        if self.env.su:
            return
        if given := self._derived_fields() & set().union(*vals_list):
            label = self._fields[min(given)]._description_string(self.env)
            raise AccessError(
                self.env._("“%s” follows from other fields and is not entered.", label)
            )

    @api.model
    def _with_owner(self, name, vals_list):
        """Let a default in the context count like a value: ``name`` is asked before."""
        owner = self.env.context.get(f"default_{name}")
        return [{name: owner} | vals for vals in vals_list] if owner else vals_list
