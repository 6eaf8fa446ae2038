import hmac

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.agency_base.tools.known import read_where

from .. import texts
from ..tools import CODE_LENGTH, group_code

SECOND_SECRET_LENGTH = 4
# All the page shows of the request itself: read at once with the secrets.
SHOWN = [
    "merged_into_id",
    "tracking_code",
    "company_id",
    "service_id",
    "version_id",
    "mode",
    "state",
    "desk_id",
    "department_id",
    "date_registered",
    "date_promised",
    "date_deadline",
    "date_ready",
    "date_closed",
    "objection_until",
    "reject_reason",
]


class ServiceDeskRequest(models.Model):
    """What anyone who holds the code and the second secret may read."""

    _inherit = "service.desk.request"

    @api.model
    def _find_tracked(self, code, digits, company):
        """Return the request with ``code`` if ``digits`` match it, else nothing.

        ``digits`` are the last four of the mobile or of the identifier. One query,
        whatever the outcome: how long it takes tells nothing.
        """
        # sudo: the visitor has no rights at all; the two secrets are his right
        found_sudo = read_where(
            self.sudo(),
            ["mobile", "identifier_clear", *SHOWN],
            SQL(
                "tracking_code = %s AND company_id = %s AND state != 'draft'",
                code[:CODE_LENGTH],
                company.id,
            ),
        )
        secrets = (found_sudo.mobile or "", found_sudo.identifier_clear or "")
        matches = [
            hmac.compare_digest(
                secret[-SECOND_SECRET_LENGTH:].rjust(SECOND_SECRET_LENGTH),
                digits[:SECOND_SECRET_LENGTH].ljust(SECOND_SECRET_LENGTH, "x"),
            )
            for secret in secrets
        ]
        return found_sudo if any(matches) else found_sudo.browse()

    def _tracking_values(self):
        """Return what the tracking page shows: no name, number or note of anyone."""
        self.ensure_one()
        if self.merged_into_id:
            return self._tracked()._tracking_values()
        # What follows reads of the desk is known without a query.
        self.env["service.desk"]._known(self.company_id)
        outside = self._outside_values()
        content = self.version_id._get_content() if self.version_id else {}
        referrals = self._tracked_referrals()
        places = self._tracking_places(referrals)
        return outside | {
            "code": texts.number_text(self.env, group_code(self.tracking_code)),
            "service": content.get("name") or self.service_id.name,
            "state": self.state,
            "promised": texts.day_text(self.env, self.date_promised, texts.DAY_YEAR),
            "is_overdue": self.is_overdue,
            "moved": self._moved_text(),
            "missing": self._missing_values(content),
            "steps": self._tracking_steps(content, referrals),
            "reason": self.reject_reason if self.state == "rejected" else "",
            "objection": self.env._(
                "Until %(date)s you can object. Another expert reviews it.",
                date=texts.day_text(self.env, self.objection_until, texts.DAY_YEAR),
            ),
            "objection_right": self.env._(
                "If the request is rejected, you can object here for %(days)s.",
                days=texts.days_text(self.env, self.company_id.desk_appeal_days),
            ),
            "bring": self.env._(
                "Or bring all of them to %(desk)s at once; originals in any case.",
                desk=self.desk_id.name,
            ),
            "overdue": self.env._(
                "The promised date has passed; %(unit)s has to answer.",
                unit=texts.join(self.env, (place["name"] for place in places)),
            ),
            "can_object": self.state == "rejected"
            and self._today() <= self.objection_until,
            "places": places,
        }

    def _moved_text(self):
        """Return from when and why the promise was moved, unless for the client.

        While his documents are waited for no day is promised.
        """
        if self.date_closed or self.state == "incomplete":
            return ""
        promises = read_where(
            self.env["service.desk.promise"],
            ["cause", "reason", "date_promised"],
            SQL("request_id = %s ORDER BY id DESC LIMIT 2", self.id),
        )
        if promises[:1].cause != "agency":
            return ""
        return self.env._(
            "It was %(day)s; moved because: %(reason)s",
            day=texts.day_text(self.env, promises[1:].date_promised),
            reason=promises[0].reason,
        )

    def _missing_values(self, content):
        """Return every missing document at once, in the visitor's language."""
        if self.state != "incomplete":
            return []
        names = {line["id"]: line["name"] for line in content.get("document_ids", ())}
        forms = dict(
            self.env["service.desk.request.document"]
            ._fields["form"]
            ._description_selection(self.env)
        )
        return [
            {
                "name": names.get(line.service_document_id.id, line.name),
                "form": forms[line.form],
                "document": line.id,
                "is_sent": bool(line.uploaded_at),
            }
            for line in self._tracked_documents().filtered("is_missing")
        ]

    def _tracked_documents(self):
        return self.env["service.desk.request.document"].search_fetch(
            [("request_id", "=", self.id)],
            [
                "name",
                "form",
                "service_document_id",
                "is_needed",
                "is_mandatory",
                "is_received",
                "uploaded_at",
            ],
        )
