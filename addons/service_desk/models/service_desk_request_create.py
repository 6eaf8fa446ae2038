from odoo import api, models
from odoo.tools import SQL

from odoo.addons.agency_base.tools import (
    normalize_mobile,
    normalize_persian,
    only_digits,
)

from ..tools import new_tracking_code


class ServiceDeskRequest(models.Model):
    """How requests come into being: with a code, in one spelling, in few queries."""

    _inherit = "service.desk.request"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._clean_client(vals)
        # Clients are informed by SMS and the tracking page, clerks by their lists, and
        # what happens is an event: nobody follows the chatter of a request by default.
        quiet = self.with_context(tracking_disable=True)
        return super(ServiceDeskRequest, quiet).create(vals_list).with_env(self.env)

    def _check_company(self, fnames=None):
        # Odoo evaluates a domain per record and link; that is for the odd case only.
        if fnames is None or "company_id" in fnames:
            fnames = self._fields
        links = [name for name in fnames if self._fields[name].relational]
        links = [name for name in links if self._fields[name].check_company]
        if links and (len(self.company_id) != 1 or self._links_elsewhere(links)):
            return super()._check_company(links)
        return None

    def _links_elsewhere(self, links):
        """Tell in one query whether any of ``links`` belongs to another company."""
        # sudo: as Odoo does, links may point to what the user cannot read
        requests_sudo = self.sudo()
        terms = []
        for name in links:
            if linked_sudo := requests_sudo[name]:
                linked_sudo.flush_model(["company_id"])
                terms.append(
                    SQL(
                        "SELECT 1 FROM %s WHERE id IN %s AND company_id != %s",
                        SQL.identifier(linked_sudo._table),
                        linked_sudo._ids,
                        requests_sudo.company_id.id,
                    )
                )
        return bool(terms) and bool(
            self.env.execute_query(SQL(" UNION ALL ").join(terms))
        )

    @api.model
    def _creation_stamps(self, vals_list):
        codes = self._new_tracking_codes(len(vals_list))
        return [{"tracking_code": code} for code in codes]

    @api.model
    def _clean_client(self, vals):
        """Write identifiers, mobiles and names in ``vals`` in their one spelling."""
        if vals.get("national_id"):
            vals["national_id"] = (
                only_digits(vals["national_id"]) or vals["national_id"]
            )
        if vals.get("mobile"):
            vals["mobile"] = normalize_mobile(vals["mobile"]) or vals["mobile"]
        if vals.get("client_name"):
            vals["client_name"] = normalize_persian(vals["client_name"])

    @api.model
    def _new_tracking_codes(self, count):
        """Return ``count`` codes that no request has."""
        codes = set()
        while len(codes) < count:
            wanted = {new_tracking_code() for _i in range(count - len(codes))}
            # A code is unique among all companies, and written by the INSERT itself.
            taken = self.env.execute_query(
                SQL(
                    "SELECT tracking_code FROM service_desk_request "
                    "WHERE tracking_code IN %s",
                    tuple(wanted),
                )
            )
            codes |= wanted - {code for (code,) in taken}
        return list(codes)
