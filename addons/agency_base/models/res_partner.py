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
        known_sudo = self.sudo().filtered("identifier_digest")
        if not self.env.su:
            # Whether a number is taken is an answer as well.
            self.env["agency.identifier.lookup"]._ask(
                set(known_sudo.mapped("identifier_clear")), is_search=False
            )
        for partner in known_sudo:
            domain = Domain("identifier_digest", "=", partner.identifier_digest)
            domain &= Domain("id", "!=", partner.id)
            if partner.company_id:
                domain &= Domain("company_id", "in", [False, partner.company_id.id])
            twin = self.sudo().search(domain, limit=1)
            if twin:
                raise ValidationError(self._taken_identifier(twin))

    def _taken_identifier(self, twin):
        """Return the refusal; it names the twin only to those who may see him."""
        if twin.with_user(self.env.user)._filtered_access("read"):
            return self.env._(
                "The contact %(name)s has this identifier already. Use that contact, "
                "or merge the two.",
                name=twin.display_name,
            )
        return self.env._(
            "Another contact has this identifier already. You may not see that "
            "contact: ask an administrator."
        )
