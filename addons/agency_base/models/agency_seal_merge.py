from odoo import models


class AgencySealMerge(models.Model):
    """What merging contacts does to sealed links: an entry of the chain tells it."""

    _inherit = "agency.seal"

    def _note_merge(self, partners, target):
        """Tell in the chains that sealed links to ``partners`` now mean ``target``."""
        if not self._links_sealed(partners):
            return
        ids = ", ".join(map(str, partners.ids))
        entry = {
            "kind": "merge",
            # A name could never be removed from the chain again.
            "title": f"{partners._name} {ids} → {target.id}",
            "payload": {
                "model": partners._name,
                "from": partners.ids,
                "into": target.id,
            },
        }
        # sudo: whoever merges contacts has nothing to do with seals
        for chain in self.env["agency.seal.chain"].sudo().search([("length", ">", 0)]):
            self._extend(chain.company_id, [entry])

    def _links_sealed(self, partners):
        """Tell whether a column that can be sealed refers to ``partners``."""
        for model in self.env.values():
            if model._abstract or not hasattr(model, "_seal_fields"):
                continue
            for name in model._seal_fields:
                field = model._fields[name]
                if field.comodel_name != partners._name or not field.store:
                    continue
                domain = [(name, "in", partners.ids)]
                found = model.sudo().with_context(active_test=False)
                if found.search_count(domain, limit=1):
                    return True
        return False
