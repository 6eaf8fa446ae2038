from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .reform_resolution import OPEN_STATES

TASKS = ["mail.mail_activity_data_todo", "mail.mail_activity_data_warning"]


class ReformResolutionEnd(models.Model):
    """Ends of a resolution that are not its fulfilment, and its way upward."""

    _inherit = "reform.resolution"

    user_runs = fields.Boolean(related="committee_id.user_runs")
    user_revokes = fields.Boolean("I May Revoke It", compute="_compute_user_revokes")

    @api.depends("committee_id.user_approves", "user_decides")
    @api.depends_context("uid")
    def _compute_user_revokes(self):
        office = self.env.user.has_group("admin_reform_committees.group_reform_office")
        for resolution in self:
            # sudo: whether he approves for the body, which he may not see
            approves = resolution.committee_id.sudo().user_approves
            resolution.user_revokes = office or approves or resolution.user_decides

    def _move(self, target, **stamp):
        """Let nobody's tasks outlive what is done, replaced or revoked."""
        result = super()._move(target, **stamp)
        if target not in OPEN_STATES:
            # sudo: the tasks are those of the responsible person and of the chair
            self.sudo().activity_unlink(TASKS)
        return result

    def action_revoke(self):
        """Revoke, asking for the reason."""
        return self._ask("revoke")

    def revoke(self, reason):
        """Take a resolution back, with the reason."""
        for resolution in self:
            resolution._refuse_unless(
                resolution.user_revokes,
                self.env._("Who approves for the body revokes its resolutions."),
            )
            resolution._need(reason)
            resolution._act(
                "revoked", "revoked", {"closed_reason": reason}, note=reason
            )
        return True

    def action_supersede(self):
        """Let another resolution take its place, asking which and why."""
        return self._ask("supersede")

    def supersede(self, other_id, reason):
        """Let another adopted resolution take the place of this one."""
        self.ensure_one()
        other = self.browse(other_id)
        other.check_access("read")
        self._refuse_unless(
            self.committee_id.user_runs,
            self.env._("Those who run the body replace its resolutions."),
        )
        self._need(reason)
        if other == self or other.state == "draft" or not other.number:
            raise UserError(
                self.env._("Another adopted resolution takes the place of this one.")
            )
        stamp = {"closed_reason": reason, "superseded_by_id": other.id}
        return self._act("superseded", "superseded", stamp, note=reason)

    # === Upward to the superior body, and its answer back ===

    def _put_upward(self):
        """Put a referral on the next agenda of the superior body."""
        superior = self.committee_id.parent_id
        if not superior:
            return
        meeting = (
            self.env["reform.meeting"]
            .sudo()
            .search(
                Domain("committee_id", "=", superior.id)
                & Domain("state", "in", ("draft", "convened")),
                order="start_at",
                limit=1,
            )
        )
        if meeting:
            meeting._take_referrals(self)
