from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import texts
from .service_desk_request import OPEN_STATES


class ServiceDeskRequest(models.Model):
    """The same request made twice: found, and brought together in one."""

    _inherit = "service.desk.request"

    merged_into_id = fields.Many2one(
        "service.desk.request",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        help="Whoever follows this code is shown the request it was merged into.",
    )
    duplicate_ids = fields.Many2many(
        "service.desk.request",
        compute="_compute_duplicates",
        string="Possible Duplicates",
    )

    @api.depends("partner_id", "service_id", "state", "appeal_of_id")
    def _compute_duplicates(self):
        """Find other open requests of the same client for the same service.

        An objection is never one: it is decided by itself, by another expert.
        """
        living = self.filtered(
            lambda request: (
                request.state in ("draft", *OPEN_STATES) and not request.appeal_of_id
            )
        )
        others = self.browse()
        if living.partner_id:
            others = self.search(
                [
                    ("partner_id", "in", living.partner_id.ids),
                    ("service_id", "in", living.service_id.ids),
                    ("state", "in", OPEN_STATES),
                    ("appeal_of_id", "=", False),
                ]
            )
        alike = others.grouped(lambda r: (r.partner_id, r.service_id))
        for request in self:
            same = alike.get((request.partner_id, request.service_id), self.browse())
            request.duplicate_ids = same - request if request in living else False

    def action_merge_duplicates(self):
        """Bring the duplicates into this request; their codes keep working."""
        self.ensure_one()
        duplicates = self.duplicate_ids
        if self.state not in OPEN_STATES or not duplicates:
            raise UserError(
                self.env._("There is no other open request of this client for it.")
            )
        elsewhere = duplicates.filtered(lambda request: request.state == "referred")
        if elsewhere:
            raise UserError(
                self.env._(
                    "%(request)s is with a unit; open that one and merge into it.",
                    request=elsewhere[0].display_name,
                )
            )
        received = duplicates.document_ids.filtered("is_received").mapped("name")
        self.document_ids.filtered(
            lambda line: line.name in received and not line.is_received
        ).is_received = True
        # Whoever came twice for one thing came twice.
        self._count_visits(sum(duplicates.mapped("visit_count")))
        duplicates._set_stamps({"merged_into_id": self.id})
        duplicates.write({"state": "cancelled"})
        self.invalidate_recordset(["duplicate_ids"])
        self._log("merged", texts.join(self.env, duplicates.mapped("tracking_code")))

    def _tracked(self):
        """Return the request whoever holds the code of ``self`` is shown."""
        self.ensure_one()
        living = self
        while living.merged_into_id:
            living = living.merged_into_id
        return living
