from odoo import models


class ServiceDeskRequest(models.Model):
    """What a message says of an appointment: when, where and whom the client meets."""

    _inherit = "service.desk.request"

    def _notice_values(self, event):
        values = super()._notice_values(event)
        if event.kind == "appointment":
            values["reason"] = event.note or ""
        return values
