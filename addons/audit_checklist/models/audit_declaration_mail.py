from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.agency_base.tools.readers import as_read_by

from ..tools.reminders import ESCALATE_AT, is_reminded


class AuditAssessment(models.Model):
    """What agencies are told of their declarations, and how often they are reminded."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.assessment"

    def _for_declarant(self):
        """Return the declaration in the language of those who declare."""
        people = self.unit_id._representatives(self.programme_id)
        return as_read_by(self, people)

    def _tell_declarant(self, subject, body):
        """Queue a mail for those who declare for the unit."""
        self.ensure_one()
        people = self.unit_id._representatives(self.programme_id).partner_id
        if not people:
            return
        day = self.env["ir.qweb.field.date"].value_to_html(self.round_id.date_due, {})
        url = f"{self.get_base_url()}/my/declarations/{self.instance_uuid}"
        self.round_id.with_context(mail_notify_force_send=False).message_notify(
            subject=subject,
            body=Markup("<p>{}</p><p>{}</p><p><a href='{}'>{}</a></p>").format(
                body,
                self.env._("%(unit)s, until %(day)s", unit=self.unit_id.name, day=day),
                url,
                url,
            ),
            partner_ids=people.ids,
            # a cron would sign as the system, in English
            email_add_signature=False,
        )

    @api.model
    def _cron_remind_declarants(self):
        """Remind units shortly before the deadline and weekly after it."""
        rounds = self.env["audit.declaration.round"].search([("state", "=", "running")])
        for company in rounds.company_id:
            model = self.with_company(company)
            today = fields.Date.context_today(self.with_context(tz=company.agency_tz))
            waiting = model.search(
                Domain("company_id", "=", company.id)
                & Domain("state", "in", ("open", "returned"))
                & Domain("round_id.state", "=", "running")
                & is_reminded("round_id.date_due", today)
            )
            for declaration in waiting:
                declaration._remind(today)
                self.env["ir.cron"]._commit_progress(1)

    def _remind(self, today):
        told = self._for_declarant()
        told._tell_declarant(
            told.env._("Reminder: your declaration is awaited"), told.round_id.name
        )
        count = self.reminder_count + 1
        # sudo: stamps of the reminder just sent
        self.sudo().write({"reminded_on": today, "reminder_count": count})
        if count == ESCALATE_AT:
            call = as_read_by(self.round_id, self.round_id.user_id)
            call.with_context(mail_notify_force_send=False).message_post(
                body=call.env._("%(unit)s does not answer.", unit=self.unit_id.name),
                partner_ids=call.user_id.partner_id.ids,
            )
