from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ..texts import day_text
from .reform_resolution_follow import WORK_STATES

BATCH = 200


class ReformResolutionRemind(models.Model):
    """Reminders before a deadline, and the word to the chair after it."""

    _inherit = "reform.resolution"

    @api.model
    def _cron_remind(self):
        """Remind of deadlines that come, escalate those long gone; once a day each."""
        companies = (
            self.env["reform.committee"].search([("active", "=", True)]).company_id
        )
        for company in companies:
            resolutions = self.with_company(company).sudo()
            today = self.with_company(company).env["reform.term.mixin"]._today()
            bodies = self.env["reform.committee"].search(
                [("company_id", "=", company.id)]
            )
            for body in bodies:
                resolutions._remind_of(body, today)
                resolutions._escalate_of(body, today)
                self.env["ir.cron"]._commit_progress(1)

    def _remind_of(self, body, today):
        until = today + timedelta(days=body.reminds_before)
        due = self.search(
            Domain("committee_id", "=", body.id)
            & Domain("state", "in", WORK_STATES)
            & Domain("due_on", ">=", today)
            & Domain("due_on", "<=", until)
            & Domain("reminded_on", "=", False),
            limit=BATCH,
        )
        for resolution in due:
            note = self.env._("Deadline: %s", day_text(self.env, resolution.due_on))
            resolution._course("reminder", note=note)
            resolution._send_reminder(note)
        due._set_stamps({"reminded_on": today})

    def _escalate_of(self, body, today):
        before = today - timedelta(days=body.escalates_after)
        late = self.search(
            Domain("committee_id", "=", body.id)
            & Domain("state", "in", WORK_STATES)
            & Domain("due_on", "<", before)
            & (Domain("reminded_on", "=", False) | Domain("reminded_on", "<=", before)),
            limit=BATCH,
        )
        chair = body.chair_id.user_ids.filtered(lambda user: not user.share)[:1]
        for resolution in late:
            resolution._course("escalation", note=chair.name or False)
            if chair:
                resolution.with_context(
                    mail_activity_quick_update=True
                ).activity_schedule(
                    "mail.mail_activity_data_warning",
                    summary=self.env._("Overdue: %s", resolution.display_name),
                    note=resolution.text,
                    user_id=chair.id,
                )
        late._set_stamps({"reminded_on": today})

    def _send_reminder(self, note):
        """Queue a text message to who is responsible, where a gateway is set up."""
        phone = self.responsible_id.phone
        if not phone:
            return
        text = self.env._(
            "Resolution %(number)s: %(note)s", number=self.display_name, note=note
        )
        self.env["sms.sms"].sudo().create(
            {"number": phone, "body": text, "partner_id": self.responsible_id.id}
        )
