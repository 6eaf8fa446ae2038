from odoo import api, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

from odoo.addons.agency_base.tools.own_transaction import own_transaction

# What the public pages read of a company's contact, through the company or here.
KNOWN = {"name", "phone", "lang", "website"}
LOCK = "service_desk client"


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if not KNOWN.isdisjoint(vals):
            # sudo: only whether a company is meant
            companies_sudo = self.env["res.company"].sudo()
            if companies_sudo.search_count([("partner_id", "in", self.ids)], limit=1):
                self.env.registry.clear_cache()
        return result

    @api.model
    def _desk_client(self, identifier, vals):
        """Return the contact with ``identifier``, made of ``vals`` where there is none.

        Two desks that meet a new client at the same moment make one contact of him.
        It needs ``sudo()``: clerks and visitors have no right to edit contacts.
        """
        known = self.search(self._identified_by(identifier), limit=1)
        if known:
            return known
        digest = self._identifier_digest(identifier)
        self.env.cr.execute(
            SQL(
                "SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))",
                LOCK,
                digest,
            )
        )
        # Who held the lock before may have made him since this transaction began.
        with own_transaction(self.env) as cr:
            cr.execute(
                SQL(
                    "SELECT 1 FROM res_partner WHERE identifier_digest = %s LIMIT 1",
                    digest,
                )
            )
            if cr.rowcount:
                raise ConcurrencyError(self.env._("Please press again."))
        return self.create(
            vals
            | {
                "national_id": identifier,
                "is_company": vals.get("identifier_kind") == "legal",
                "company_id": False,
            }
        )
