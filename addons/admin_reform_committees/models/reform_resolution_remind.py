from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.agency_base.tools.readers import as_read_by

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
            # The course is read by many: it speaks the language of the agency.
            resolutions = self.with_company(company).sudo()
            resolutions = as_read_by(resolutions, company.partner_id)
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
            resolution._course("reminder", note=resolution._deadline_text())
            as_read_by(resolution, resolution.responsible_id)._send_reminder()
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
                told = as_read_by(resolution, chair)
                told.with_context(mail_activity_quick_update=True).activity_schedule(
                    "mail.mail_activity_data_warning",
                    summary=told.env._("Overdue: %s", told.display_name),
                    note=told.text,
                    user_id=chair.id,
                )
        late._set_stamps({"reminded_on": today})

    def _deadline_text(self):
        return self.env._("Deadline: %s", day_text(self.env, self.due_on))

    def _send_reminder(self):
        """Queue a mail and a text message to who is responsible, where he has them."""
        person = self.responsible_id
        text = self.env._(
            "Resolution %(number)s: %(note)s",
            number=self.display_name,
            note=self._deadline_text(),
        )
        if person.email or person.user_ids:
            self.with_context(mail_notify_force_send=False).message_notify(
                subject=text, body=self.text, partner_ids=person.ids
            )
        if person.phone:
            self.env["sms.sms"].sudo().create(
                {"number": person.phone, "body": text, "partner_id": person.id}
            )
