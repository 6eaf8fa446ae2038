from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError


class ServiceDeskFormMixin(models.AbstractModel):
    """What a form of the public pages makes: one form, one record.

    However often the form is sent, reloaded or pressed at the same moment.
    """

    _name = "service.desk.form.mixin"
    _description = "Made by a Form"

    form_key = fields.Char(readonly=True, copy=False, groups="base.group_system")

    _form_key_uniq = models.UniqueIndex("(form_key) WHERE form_key IS NOT NULL")

    @api.model
    def _made_of(self, key, company):
        """Return what was made of the form with ``key`` before, if anything was."""
        # sudo: the key was made for who holds the form
        return self.sudo().search(
            [("form_key", "=", key), ("company_id", "=", company.id)], limit=1
        )

    @api.model
    def _make_once(self, vals):
        """Create a record; start over where somebody made it at the same moment."""
        try:
            with self.env.cr.savepoint():
                # sudo: visitors have no rights; the caller says what is made
                made_sudo = self.sudo().create(vals)
                made_sudo.flush_recordset()
        except UniqueViolation as error:
            raise ConcurrencyError(self.env._("Please press again.")) from error
        return made_sudo
