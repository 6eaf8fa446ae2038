from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import (
    normalize_identifier,
    normalize_mobile,
    normalize_persian,
)

from .. import clock

LONGEST_NAME = 100
LONGEST_SUBJECT = 500
KINDS = ("national", "legal", "foreigner")
# An application nobody confirmed is forgotten.
DRAFT_HOURS = 24
ANSWER_BY_FIELD = ("kind", "identifier", "name", "mobile", "subject")


class ServiceDeskRequest(models.Model):
    """Applying from home: no account; one form is one request."""

    _inherit = "service.desk.request"

    @api.model
    def _apply_clean(self, answers):
        """Return the answers in their one spelling, and what is wrong with them.

        The problems are sentences by field.
        """
        kind = answers.get("kind")
        kind = kind if kind in KINDS else "national"
        clean = {
            "kind": kind,
            "identifier": normalize_identifier(answers.get("identifier") or "", kind),
            "name": normalize_persian(answers.get("name"))[:LONGEST_NAME],
            "mobile": normalize_mobile(answers.get("mobile")) or "",
            "subject": normalize_persian(answers.get("subject"))[:LONGEST_SUBJECT],
        }
        problems = {}
        if not clean["identifier"]:
            problems["identifier"] = self.env[
                "service.desk.visit"
            ]._invalid_identifier_text(kind)
        if len(clean["name"]) < 3:
            problems["name"] = self.env._("Write your name and family name.")
        if not clean["mobile"]:
            problems["mobile"] = self.env._(
                "The mobile number has eleven digits and begins with 09."
            )
        return clean, problems

    @api.model
    def _apply_make(self, key, service_sudo, clean):
        """Make the draft of an application; the same form sent twice is one request."""
        company = service_sudo.company_id
        desk_sudo = self._apply_desk(service_sudo)
        vals = {
            "service_id": service_sudo.id,
            "company_id": company.id,
            "desk_id": desk_sudo.id,
            "user_id": False,
            "channel": "portal",
            "partner_id": self._apply_partner(clean).id,
            "client_name": clean["name"],
            "identifier_kind": clean["kind"],
            "national_id": clean["identifier"],
            "mobile": clean["mobile"],
            "subject": clean["subject"] or False,
            "visit_count": 0,
            "form_key": key,
            "fee_amount": service_sudo.version_id._get_content()["cost"],
        }
        request_sudo = self._make_once(vals)
        request_sudo._fill_documents()
        return request_sudo

    @api.model
    def _apply_desk(self, service_sudo):
        desks_sudo = self.env["service.desk"].sudo()
        desks_sudo = desks_sudo.search(
            [
                ("company_id", "=", service_sudo.company_id.id),
                "|",
                ("service_ids", "=", False),
                ("service_ids", "in", service_sudo.ids),
            ]
        )
        electronic_sudo = desks_sudo.filtered(lambda desk: desk.kind == "electronic")
        desk_sudo = (electronic_sudo or desks_sudo)[:1]
        if not desk_sudo:
            raise UserError(self.env._("No desk takes this request now; call us."))
        return desk_sudo

    @api.model
    def _apply_partner(self, clean):
        """Find the client by the identifier, or make a contact of him.

        What is known of a contact is not changed by who merely knows his number.
        """
        # sudo: whoever applies has no rights; he reads nothing of the contact
        partners_sudo = self.env["res.partner"].sudo()
        return partners_sudo._desk_client(
            clean["identifier"],
            {
                "name": clean["name"],
                "phone": clean["mobile"],
                "identifier_kind": clean["kind"],
            },
        )

    def _apply_attach(self, files, needed):
        """Keep the files by document; the ones that are all there count as received.

        ``files`` are ``{document index: [(name, content)…]}`` in the order of the
        sheet; ``needed`` the indexes whose condition applies. A clerk who finds that a
        file is not what was asked for takes the tick away, and the client is told.
        """
        self.ensure_one()
        documents = self.document_ids.sorted(lambda d: (d.sequence, d.id))
        for index, document in enumerate(documents):
            if document.condition:
                document.is_needed = index in needed
            for name, content in files.get(index, ()):
                document._take_applied(name, content)
            if files.get(index):
                document.is_received = True

    def _apply_register(self):
        """Register the application; once, however often it is confirmed."""
        for request in self.filtered(lambda request: request.state == "draft"):
            request.action_register()

    @api.autovacuum
    def _gc_unconfirmed(self):
        """Forget applications whose mobile was never confirmed."""
        limit = fields.Datetime.subtract(clock.now(), hours=DRAFT_HOURS)
        drafts = self.search(
            [
                ("form_key", "!=", False),
                ("state", "=", "draft"),
                ("create_date", "<", limit),
            ]
        )
        drafts.document_ids.upload_ids.unlink()
        drafts.unlink()
