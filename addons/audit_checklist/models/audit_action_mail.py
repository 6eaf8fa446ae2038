from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.agency_base.tools.readers import as_read_by

from ..tools.reminders import ESCALATE_AT, is_reminded


class AuditAction(models.Model):
    """How agencies are reminded of actions, and when their officer hears of it."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.action"

    @api.model
    def _remind_of_actions(self, company):
        today = fields.Date.context_today(self.with_context(tz=company.agency_tz))
        waiting = self.search(
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "open")
            & is_reminded("date_due", today)
        )
        for action in waiting:
            told = action.finding_id._for_agency()
            told._tell_agency(
                told.env._("Reminder: an action is due"),
                told.env._(
                    "%(action)s, responsible: %(owner)s.",
                    action=action.name,
                    owner=action.owner,
                ),
            )
            action._set_stamps(
                {"reminded_on": today, "reminder_count": action.reminder_count + 1}
            )
            if action.reminder_count >= ESCALATE_AT:
                finding = as_read_by(action.finding_id, action.programme_id.user_id)
                finding._escalate(
                    finding.env._("%(action)s is overdue.", action=action.name)
                )
            self.env["ir.cron"]._commit_progress(1)
