from odoo import api, models

from odoo.addons.agency_base.tools import to_latin_digits


class AuditContentMixin(models.AbstractModel):
    """What a checklist version consists of: free in a draft, frozen once published.

    Everything passes here, whoever acts and whatever the context says: create, write,
    unlink and the translations, which the ORM writes past `write`. A change to a draft
    withdraws the approvals it already had.
    """

    _name = "audit.content.mixin"
    _description = "Content of a Checklist Version"
    _inherit = ["agency.derived.mixin"]

    # What may change at any time because no visit depends on it.
    _content_free_fields = frozenset({"active"})

    def _content_versions(self):
        """Return the checklist versions these records belong to or are used by."""
        raise NotImplementedError

    def _content_touched(self):
        """Refuse to change what is published; withdraw approvals of drafts."""
        # sudo: a version of another company that uses a shared record counts too
        versions = self.sudo()._content_versions()
        self._check_content_draft(versions)
        versions._content_changed()

    def _check_content_draft(self, versions):
        """Raise UserError, saying how to go on, if one of the versions is published."""
        versions._check_still_draft()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._content_touched()
        return records

    def write(self, vals):
        if vals.keys() <= self._content_free_fields:
            return super().write(vals)
        self._content_touched()
        result = super().write(vals)
        # Once more: records may have been moved into another version.
        self._content_touched()
        return result

    def unlink(self):
        self._content_touched()
        return super().unlink()

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        self._content_touched()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    def _tidy_code(self, vals):
        """Accept a code typed in small letters or with Persian digits."""
        if not vals.get("code"):
            return vals
        return vals | {"code": to_latin_digits(vals["code"]).strip().upper()}
