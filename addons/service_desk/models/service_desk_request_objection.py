from odoo import models
from odoo.exceptions import UserError

DECISIONS = ("ready", "delivered", "rejected")


class ServiceDeskRequest(models.Model):
    """An objection is decided by somebody else than who rejected."""

    _inherit = "service.desk.request"

    def _check_transition(self, state):
        if state in DECISIONS:
            self._check_reviewer()
        return super()._check_transition(state)

    def _check_reviewer(self):
        for request in self.filtered("appeal_of_id"):
            # sudo: who rejected, whichever desk it was
            rejected_by = request.sudo().appeal_of_id.closed_by_id
            if rejected_by and self.env.user == rejected_by:
                raise UserError(
                    self.env._(
                        "You rejected the request that %(request)s objects to; another "
                        "expert decides it.",
                        request=request.display_name,
                    )
                )

    def _take_proof(self, files):
        """Keep what came with the objection; raise UserError in the client's words."""
        if not files:
            return
        proof = self.env["service.desk.request.document"].create(
            {
                "request_id": self.id,
                "name": self.env._("Sent with the objection"),
                "form": "copy",
                "is_mandatory": False,
            }
        )
        for name, content in files:
            proof._take_upload(name, content)
