from odoo import api, fields, models


class AgencyFormMixin(models.AbstractModel):
    """What a form of the public pages makes: one form, one record.

    However often the form is sent, reloaded or pressed at the same moment: the page
    gives each form a key, the caller asks `_made_of` it before it calls `_make_once`.
    """

    _name = "agency.form.mixin"
    _inherit = ["agency.at.once.mixin"]
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
        # sudo: visitors have no rights; the caller says what is made
        return self.sudo()._create_once(vals)
