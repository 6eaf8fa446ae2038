from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.agency_base.tools.readers import as_read_by

# Days before the due day, and then after it, on which units are reminded.
REMIND_BEFORE = 3
REMIND_EVERY = 7


class ReformEvidenceCallLineRemind(models.Model):
    """Telling units what evidence is asked of them, and reminding them of it."""

    _inherit = "reform.evidence.call.line"

    def _tell_unit(self):
        for each in self:
            line = each._for_liaisons()
            line._notify_liaisons(
                line.env._("Evidence is asked for"),
                line.env._(
                    "%(call)s: please hand in the evidence of %(unit)s until %(day)s.",
                    call=line.call_id.name,
                    unit=line.department_id.name,
                    day=line._due_text(),
                ),
            )

    def _tell_return(self):
        """Tell why; the reason stays there when the unit has handed in anew."""
        for each in self:
            line = each._for_liaisons()
            line._notify_liaisons(
                line.env._("Evidence is given back"),
                line.env._("It came back: %s", line.reason),
            )

    def _remind(self):
        today = self.env["reform.term.mixin"]._today()
        for each in self:
            line = each._for_liaisons()
            line._set_stamps(
                {"reminded_on": today, "reminder_count": line.reminder_count + 1}
            )
            line._notify_liaisons(
                line.env._("Reminder: evidence is asked for"),
                line.env._(
                    "%(call)s: the evidence of %(unit)s is still missing; it was asked "
                    "for until %(day)s.",
                    call=line.call_id.name,
                    unit=line.department_id.name,
                    day=line._due_text(),
                ),
            )

    def _due_text(self):
        text = self.env["ir.qweb.field.date"].value_to_html(
            self.due_on, {"format": "d MMMM y"}
        )
        return localize_digits(text, self.env.lang)

    def _liaisons(self):
        # sudo: who a unit's liaisons are is not for everybody to read
        return self.sudo().department_id.reform_liaison_ids.partner_id

    def _for_liaisons(self):
        return as_read_by(self, self._liaisons())

    def _notify_liaisons(self, subject, body):
        # Queued: nobody waits for a mail server.
        self.with_context(mail_notify_force_send=False).message_post(
            subject=subject,
            body=body,
            partner_ids=self._liaisons().ids,
            subtype_xmlid="mail.mt_comment",
        )

    @api.model
    def _cron_remind(self):
        """Remind units shortly before the due day, and weekly after it."""
        calling = self.env["reform.evidence.call"].search([("state", "=", "sent")])
        for company in calling.company_id:
            lines = self.with_company(company)
            today = lines.env["reform.term.mixin"]._today()
            waiting = lines.search(
                Domain("company_id", "=", company.id)
                & Domain("is_open", "=", True)
                & Domain("due_on", "<=", today + timedelta(days=REMIND_BEFORE))
                & (
                    Domain("reminded_on", "=", False)
                    | Domain("reminded_on", "<=", today - timedelta(days=REMIND_EVERY))
                )
            )
            for line in waiting:
                line._remind()
                self.env["ir.cron"]._commit_progress(1)
