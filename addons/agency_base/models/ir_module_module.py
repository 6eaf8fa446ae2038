from odoo import models
from odoo.exceptions import UserError


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        self._refuse_to_lose_seals(self + self.downstream_dependencies())
        return super().button_uninstall()

    def module_uninstall(self):
        self._refuse_to_lose_seals(self)
        return super().module_uninstall()

    def _refuse_to_lose_seals(self, modules):
        """Refuse to uninstall what holds sealed records that were not exported."""
        names = set(modules.mapped("name"))
        sealing = {
            model._original_module
            for model in self.env.values()
            if hasattr(model, "_seal_fields") and not model._abstract
        }
        if not names & (sealing | {"agency_base"}):
            return
        # sudo: every company's seals would be lost
        chains = self.env["agency.seal.chain"].sudo().search([("length", ">", 0)])
        for chain in chains:
            if chain.exported_length < chain.length:
                raise UserError(
                    self.env._(
                        "%(company)s has sealed records that were not exported. Export "
                        "them first: Agency, Sealed Records, Chains.",
                        company=chain.company_id.name,
                    )
                )
