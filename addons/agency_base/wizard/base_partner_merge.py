from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self.env["agency.seal"]._note_merge(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(src_partners, dst_partner)
        # sudo: the columns behind `national_id` are closed to everybody
        dst_sudo = dst_partner.sudo()
        known = src_partners.sudo().filtered("identifier_clear")[:1]
        if known and not dst_sudo.identifier_clear:
            dst_sudo.write(
                {
                    "identifier_kind": known.identifier_kind,
                    "identifier_clear": known.identifier_clear,
                    "identifier_digest": known.identifier_digest,
                }
            )
        return result
