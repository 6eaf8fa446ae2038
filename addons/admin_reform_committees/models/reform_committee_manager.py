from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ReformCommitteeManager(models.Model):
    """Whose approval the resolutions of a body need."""

    _inherit = "reform.committee"

    resolution_approver_id = fields.Many2one(
        "res.users",
        "Resolutions Approved by",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="If set, decisions are communicated only once this manager approved them.",
    )
    escalates_after = fields.Integer(
        "Escalation after", default=7, help="Days that a resolution may be overdue."
    )
    reminds_before = fields.Integer(
        "Reminder before", default=5, help="Days before the deadline."
    )

    user_decides = fields.Boolean(
        "I Approve Its Resolutions",
        compute="_compute_user_decides",
        search="_search_user_decides",
    )

    def write(self, vals):
        if "resolution_approver_id" not in vals:
            return super().write(vals)
        resolutions_sudo = self.env["reform.resolution"].sudo()
        if not vals["resolution_approver_id"]:
            self._check_nobody_waits(resolutions_sudo)
        result = super().write(vals)
        drafts_sudo = resolutions_sudo.search(
            Domain("committee_id", "in", self.ids) & Domain("state", "=", "draft")
        )
        # what is adopted is judged by the rule of that day: drafts follow the body
        self.env.add_to_compute(drafts_sudo._fields["needs_approval"], drafts_sudo)
        return result

    def _check_nobody_waits(self, resolutions_sudo):
        waiting = resolutions_sudo.search(
            Domain("committee_id", "in", self.ids)
            & Domain("state", "in", ("awaiting_approval", "returned")),
            limit=1,
        )
        if waiting:
            raise UserError(
                self.env._(
                    "%(number)s of %(body)s awaits its approval: name another manager, "
                    "or have it decided first.",
                    number=waiting.display_name,
                    body=waiting.committee_id.name,
                )
            )

    @api.depends("resolution_approver_id")
    @api.depends_context("uid")
    def _compute_user_decides(self):
        mine = self._decided_by(self.env.user)
        for body in self:
            body.user_decides = body._origin.id in mine._ids

    def _search_user_decides(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._decided_domain(self.env.user)

    @api.model
    def _decided_by(self, user):
        """Return the bodies whose resolutions ``user`` approves, or a deputy of his."""
        # sudo: which bodies name somebody is asked for whatever he may see
        return self.sudo().search(self._decided_domain(user))

    @api.model
    def _decided_domain(self, user):
        people = self._delegators_query(user)
        return Domain("resolution_approver_id", "=", user.id) | Domain(
            "resolution_approver_id.partner_id", "in", people
        )
