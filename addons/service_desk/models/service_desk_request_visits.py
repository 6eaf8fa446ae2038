from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .service_desk_request import OPEN_STATES


class ServiceDeskRequest(models.Model):
    """Visits in person, counted against what the sheet promised the client."""

    _inherit = "service.desk.request"

    visits_allowed = fields.Integer(
        readonly=True,
        copy=False,
        help="Visits the sheet allowed when the request was registered.",
    )
    has_extra_visits = fields.Boolean(
        "More Visits Than Promised",
        compute="_compute_has_extra_visits",
        search="_search_has_extra_visits",
    )

    _extra_visits_idx = models.Index(
        "(id) WHERE visit_count > visits_allowed AND date_registered IS NOT NULL"
    )

    @api.depends("visit_count", "visits_allowed", "date_registered")
    def _compute_has_extra_visits(self):
        for request in self:
            has_more = request.visit_count > request.visits_allowed
            request.has_extra_visits = bool(request.date_registered) and has_more

    def _search_has_extra_visits(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        table = SQL.identifier(self._table)
        self.flush_model(["visit_count", "visits_allowed", "date_registered"])
        rows = SQL(
            "(SELECT id FROM %s WHERE visit_count > visits_allowed "
            "AND date_registered IS NOT NULL)",
            table,
        )
        return Domain("id", "in", rows)

    def action_came_again(self):
        """Count one more visit of the client for this request."""
        for request in self:
            if request.state not in OPEN_STATES:
                raise UserError(
                    self.env._("Visits are counted while the request is open.")
                )
            request._count_visits(1)
        self._log("came_again")

    def _count_visits(self, more):
        for request in self:
            request._set_stamps({"visit_count": request.visit_count + more})
