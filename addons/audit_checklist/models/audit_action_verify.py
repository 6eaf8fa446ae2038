from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.i18n import format_list

from ..tools.readers import people_of


class AuditAction(models.Model):
    """Who verifies an action: another person, and one who is impartial."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.action"

    verify_hindrance = fields.Text(
        compute="_compute_verify_hindrance",
        help="Why the reader does not verify it, and who may.",
    )

    @api.depends("state", "claimed_by_id", "unit_id")
    @api.depends_context("uid", "lang")
    def _compute_verify_hindrance(self):
        for action in self:
            why = action.state == "claimed" and action._why_not_verifier()
            action.verify_hindrance = why and f"{why} {action._say_who_verifies()}"

    def _check_verifier(self):
        """Raise AccessError unless another, impartial person verifies."""
        for action in self:
            if why := action._why_not_verifier():
                raise AccessError(why)

    def _why_not_verifier(self):
        """Return why this user does not verify the action; empty when he may."""
        user = self.env.user
        if not user.has_group("audit_checklist.group_programme_officer"):
            return self.env._("A programme officer verifies actions.")
        if self.claimed_by_id == user:
            return self.env._("Who reported it done does not verify it.")
        if self._recused(user):
            return self.env._("You are recused from %(unit)s.", unit=self.unit_id.name)
        return ""

    def _recused(self, users):
        today = fields.Date.context_today(self)
        return self.env["audit.recusal"]._find(users, self.unit_id, today).user_id

    def _say_who_verifies(self):
        officers = people_of(self.company_id, "group_programme_officer")
        able = officers - self.claimed_by_id - self._recused(officers)
        if not able:
            return self.env._("No other programme officer is there to do it.")
        names = format_list(self.env, able.sorted("name").mapped("name"))
        return self.env._("These may: %(names)s.", names=names)
