from odoo import models

from odoo.addons.agency_base.tools.jobs import job_method
from odoo.addons.agency_base.tools.readers import as_read_by

from ..texts import moment_text


class ReformMeetingTell(models.Model):
    """Minutes that were sent: who was there and who approves them is told so."""

    _inherit = "reform.meeting"

    def _after_transition(self, before):
        result = super()._after_transition(before)
        if self.state == "minutes_review":
            # A job: mails are written for each reader, and nobody waits for that.
            self.env["agency.job"]._enqueue(
                self,
                "_job_tell_review",
                self.env._("Word of the minutes of %s", self.display_name),
                key=f"reform-review-{self.id}",
            )
        return result

    @job_method
    def _job_tell_review(self, job):
        # sudo: who sent the minutes need not see every person's account
        for meeting in job._each(self.sudo()):
            minutes = meeting.minutes_ids.filtered(
                lambda each: each.state == "submitted"
            )[:1]
            if minutes:
                signing = minutes.signature_ids.filtered(
                    lambda signature: not signature.signed_at
                )
                meeting._tell_signatories(minutes, signing.partner_id)
                meeting._tell_approver()

    def _tell_signatories(self, minutes, people):
        for person in people.filtered("user_ids") - self.submitted_by_id.partner_id:
            meeting = as_read_by(self, person)
            meeting._tell(
                person,
                meeting.env._(
                    "The minutes of %(meeting)s await your comments, until %(until)s, "
                    "and your signature. Both are given on My Desk.",
                    meeting=meeting.display_name,
                    until=moment_text(
                        meeting.env, minutes.comment_until, self.company_id.agency_tz
                    ),
                ),
            )

    def _tell_approver(self):
        body = self.committee_id
        approver = body.approver_id.partner_id or body.chair_id
        if approver.user_ids and approver != self.submitted_by_id.partner_id:
            meeting = as_read_by(self, approver)
            meeting._tell(
                approver,
                meeting.env._(
                    "The minutes of %s await your approval on My Desk.",
                    meeting.display_name,
                ),
            )

    def _tell(self, person, text):
        """Send one person a word, by mail or in his inbox, as he has it."""
        self.with_context(mail_notify_force_send=False).message_notify(
            subject=self.env._("Minutes of %s", self.display_name),
            body=text,
            partner_ids=person.ids,
        )
