from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "agency.identifier.mixin", "agency.search.mixin"]
    _rec_names_search = [
        "complete_name",
        "email",
        "ref",
        "vat",
        "company_registry",
        "search_key",
        "national_id",
    ]

    _search_key_fields = ("complete_name", "ref")

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        partners._check_identifier_unique()
        return partners

    def _inverse_national_id(self):
        result = super()._inverse_national_id()
        self._check_identifier_unique()
        return result

    # No database constraint: merging partners must be able to hand the identifier over
    # while both still exist.
    def _check_identifier_unique(self):
        """Refuse a second partner with the same identifier in the same company."""
        # sudo: a twin counts even if the user may not see it
        for partner in self.sudo().filtered("identifier_digest"):
            domain = Domain("identifier_digest", "=", partner.identifier_digest)
            domain &= Domain("id", "!=", partner.id)
            if partner.company_id:
                domain &= Domain("company_id", "in", [False, partner.company_id.id])
            twins = self.sudo().search(domain, limit=1)
            if twins:
                raise ValidationError(
                    self.env._(
                        "The contact %(name)s has this identifier already. Use that "
                        "contact, or merge the two.",
                        name=twins.display_name,
                    )
                )
