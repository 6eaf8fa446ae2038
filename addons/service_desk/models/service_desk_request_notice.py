from odoo import fields, models

from .. import texts
from ..tools import group_code


class ServiceDeskRequest(models.Model):
    """What messages to the client say of his request."""

    _inherit = "service.desk.request"

    notice_ids = fields.One2many("service.desk.notice", "request_id", "Notices")

    def _notice_values(self, event):
        """Return what a message may say; ``{rating}`` begins the feedback."""
        self.ensure_one()
        base = self.get_base_url()
        missing = self.document_ids.filtered("is_missing").mapped("name")
        reasons = {
            "rejected": self.reject_reason,
            "promise_moved": event.note,
            "cancelled": "",
        }
        values = {
            "agency": self.company_id.name,
            "service": self.service_id.name,
            "code": texts.number_text(self.env, group_code(self.tracking_code)),
            "date": texts.day_text(self.env, self.date_promised),
            "missing": texts.join(self.env, missing),
            "reason": reasons.get(event.kind) or "",
            "unit": (event.department_id or self.department_id).name or "",
            "phone": texts.phone_text(self.env, self.desk_id.phone or ""),
            "link": f"{base}/desk/track",
        }
        if event.kind == "delivered":
            values["rating"] = base + self._rating_path()
        return values
