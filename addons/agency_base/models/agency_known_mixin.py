from odoo import api, models, tools

from ..tools.known import keep, recall


class AgencyKnownMixin(models.AbstractModel):
    """Records that every public page reads and hardly anybody changes.

    What ``_known_fields`` names is kept in the registry's cache, by company and
    language, and forgotten when one of them, or of ``_forgetting_fields``, is written.
    It stands before the model in ``_inherit``, so that it forgets last.

    Not for what checks a change: that may be undone, and what was read would stay.
    """

    _name = "agency.known.mixin"
    _description = "Known to Public Pages"

    # Stored columns that `_known` gives without a query.
    _known_fields = ()
    # What else decides which records there are, and in which order.
    _forgetting_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not {*self._known_fields, *self._forgetting_fields}.isdisjoint(vals):
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _known(self, company):
        """Return the records of ``company`` in ``sudo()``, read without a query.

        sudo: only for what is public anyway
        """
        return recall(self.sudo(), self._known_columns(company.id))

    @api.model
    @tools.ormcache("company_id", "self.env.lang")
    def _known_columns(self, company_id):
        records_sudo = self.sudo().search([("company_id", "=", company_id)])
        return keep(records_sudo, self._known_fields)
