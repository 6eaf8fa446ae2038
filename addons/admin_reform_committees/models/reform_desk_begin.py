from odoo import api, models
from odoo.fields import Domain

from ..texts import listed


class ReformDeskBegin(models.AbstractModel):
    """What to begin with while the desk is empty: members, then a meeting."""

    _inherit = "reform.desk"

    @api.model
    def desk_open(self):
        """Add what to begin with to an empty desk."""
        desk = super().desk_open()
        is_empty = not (desk["entries"] or desk["founds"])
        return desk | {"begin": self._to_begin() if is_empty else []}

    def _to_begin(self):
        return [*self._bodies_to_fill(), *self._bodies_to_convene()]

    def _bodies_to_fill(self):
        if not self.env["reform.membership"].has_access("create"):
            return []
        bodies = self.env["reform.committee"].search(
            [("company_id", "in", self.env.companies.ids)]
        )
        lacking = bodies.filtered(
            lambda body: not (body.chair_id and body.secretary_id)
        )
        if not lacking:
            return []
        text = self.env._(
            "No chair or no secretary yet: %s",
            listed(self.env, lacking.mapped("name")),
        )
        button = self.env._("Name the Members")
        return [{"key": "fill", "id": False, "text": text, "button": button}]

    def _bodies_to_convene(self):
        if not self.env["reform.meeting"].has_access("create"):
            return []
        bodies = self.env["reform.committee"].search([("user_runs", "=", True)])
        meetings = self.env["reform.meeting"].search(
            Domain("committee_id", "in", bodies.ids)
            & Domain("state", "not in", ("approved", "cancelled"))
        )
        return [
            {
                "key": f"convene:{body.id}",
                "id": body.id,
                "text": self.env._("%s has no meeting ahead.", body.name),
                "button": self.env._("New Meeting"),
            }
            for body in bodies - meetings.committee_id
        ]
