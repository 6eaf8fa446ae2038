from odoo import models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.agency_base.tools import (
    normalize_identifier,
    normalize_mobile,
    normalize_persian,
)


class ServiceDeskVisit(models.Model):
    """Who stands before the counter: found, or made a contact of."""

    _inherit = "service.desk.visit"

    def _client_of(self, visit):
        """Find the client by the identifier, or make a contact of him."""
        kind = visit.get("kind") or "national"
        digits = normalize_identifier(visit.get("identifier") or "", kind)
        if not digits:
            raise ValidationError(self._invalid_identifier_text(kind))
        # sudo: a clerk needs no right to edit contacts to serve a client
        partners_sudo = self.env["res.partner"].sudo()
        partner_sudo = partners_sudo.search(
            partners_sudo._identified_by(digits), limit=1
        )
        name = normalize_persian(visit.get("name"))
        mobile = normalize_mobile(visit.get("mobile"))
        if visit.get("mobile") and not mobile:
            raise ValidationError(
                self.env._("The mobile number has eleven digits and begins with 09.")
            )
        if partner_sudo:
            if mobile:
                partner_sudo.phone = mobile
            return partner_sudo
        if not name:
            raise ValidationError(self.env._("Write the name of the client."))
        return partners_sudo._desk_client(
            digits, {"name": name, "phone": mobile, "identifier_kind": kind}
        )

    def _representative_of(self, visit):
        """Return who came in the client's place, and by what right."""
        given = visit.get("representative") or {}
        name = normalize_persian(given.get("name"))
        if not name:
            if given:
                raise ValidationError(
                    self.env._("Write who came on behalf of the client.")
                )
            return {}
        kinds = dict(self.env["service.desk.request"]._representative_kinds())
        kind = given.get("kind")
        if kind not in kinds:
            raise UserError(self.env._("The screen is out of date; load it again."))
        number = normalize_persian(given.get("number"))
        if kind == "attorney" and not number:
            raise ValidationError(
                self.env._("Write the number of the power of attorney.")
            )
        return {
            "representative_name": name,
            "representative_kind": kind,
            "representative_note": number,
        }
