from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.agency_base.tools.readers import as_read_by

from ..tools.reminders import ESCALATE_AT, is_reminded


class AuditFinding(models.Model):
    """What agencies are told of their findings, and how often they are reminded."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.finding"

    def _representatives(self):
        """Return the users who answer for the unit of the finding."""
        self.ensure_one()
        return self.unit_id._representatives(self.programme_id)

    def _for_agency(self):
        """Return the findings of a unit in the language of those who answer for it."""
        people = self[:1]._representatives() if self else self.env["res.users"]
        return as_read_by(self, people)

    def _portal_address(self):
        self.ensure_one()
        return f"{self.get_base_url()}/my/findings/{self.id}"

    def _tell_agency(self, subject, body):
        """Queue a mail for those who represent the unit."""
        self.ensure_one()
        people = self._representatives().partner_id
        if not people:
            return
        link = Markup('<a href="{url}">{url}</a>').format(url=self._portal_address())
        # Queued: nobody waits for a mail server.
        self.with_context(mail_notify_force_send=False).message_notify(
            subject=subject,
            body=Markup("<p>{}</p><p>{}</p>").format(body, link),
            partner_ids=people.ids,
            # a cron would sign as the system, in English
            email_add_signature=False,
        )

    def _tell_of_issue(self, unit):
        """Tell a unit of all that was issued at once, in one mail."""
        told = self._for_agency()
        if not told:
            return
        names = Markup("").join(
            Markup("<li>{}</li>").format(name) for name in told.mapped("name")
        )
        told[0]._tell_agency(
            told.env._("Findings at %(unit)s", unit=unit.name),
            Markup("{}<ul>{}</ul>").format(
                told.env._("These findings were issued. Accept or contest each."),
                names,
            ),
        )

    @api.model
    def _cron_remind(self):
        """Remind agencies of answers and of actions that are due; escalate."""
        companies = (
            self.env["audit.programme"]
            .search([("state", "in", ("running", "closed"))])
            .company_id
        )
        for company in companies:
            findings = self.with_company(company)
            findings._remind_of_answers(company)
            findings.env["audit.action"]._remind_of_actions(company)

    @api.model
    def _remind_of_answers(self, company):
        today = fields.Date.context_today(self.with_context(tz=company.agency_tz))
        waiting = self.search(
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "issued")
            & is_reminded("date_answer_due", today)
        )
        for finding in waiting:
            told = finding._for_agency()
            told._tell_agency(
                told.env._("Reminder: an answer is awaited"),
                told.env._(
                    "%(finding)s is neither accepted nor contested yet.",
                    finding=finding.name,
                ),
            )
            finding._set_stamps(
                {"reminded_on": today, "reminder_count": finding.reminder_count + 1}
            )
            if finding.reminder_count >= ESCALATE_AT:
                officer = as_read_by(finding, finding.programme_id.user_id)
                officer._escalate(
                    officer.env._(
                        "%(unit)s does not answer.", unit=finding.unit_id.name
                    )
                )
            self.env["ir.cron"]._commit_progress(1)

    def _escalate(self, note):
        """Give the officer of the programme something to do, once."""
        self.ensure_one()
        officer = self.programme_id.user_id
        known = self.activity_ids.filtered(lambda a: a.user_id == officer)
        if not known:
            self.with_context(mail_notify_force_send=False).activity_schedule(
                "mail.mail_activity_data_todo", user_id=officer.id, note=note
            )
