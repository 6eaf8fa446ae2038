from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.agency_base.tools import localize_digits

from .reform_resolution_follow import WORK_STATES


class ReformResolutionApprove(models.Model):
    """The manager's word on a resolution, and its communication to who must do it."""

    _inherit = "reform.resolution"

    def action_approve(self):
        """Approve as they stand, and communicate them."""
        return self.approve()

    def approve(self, directive="", part=""):
        """Approve, with a directive or in part, and communicate."""
        now = fields.Datetime.now()
        for resolution in self:
            resolution._refuse_unless(
                resolution.user_decides,
                self.env._("Only the manager named by the body approves this."),
            )
            approver = resolution.committee_id.resolution_approver_id
            behalf = approver.partner_id if approver != self.env.user else False
            stamp = {
                "approved_at": now,
                "approved_by_id": self.env.uid,
                "approved_for_id": behalf and behalf.id,
                "directive": directive.strip() or False,
                "approved_text": part.strip() or False,
                "return_reason": False,
                "communicated_at": now,
            }
            note = "\n".join(filter(None, (part.strip(), directive.strip())))
            resolution._act("communicated", "approved", stamp, note=note or False)
            resolution._tell_responsible(directive)
        self._send_excerpt_later()
        return True

    def action_approve_many(self):
        """Approve those chosen in a list; what cannot be is said, the rest is done."""
        answers = [resolution._approve_or_say() for resolution in self]
        refused = [answer for answer in answers if answer]
        done = len(self) - len(refused)
        said = self.env._("%s approved", localize_digits(done, self.env.lang))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if refused else "success",
                "message": "\n".join([said, *refused]),
                "sticky": bool(refused),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _approve_or_say(self):
        """Approve one of many; return what speaks against it, or nothing."""
        try:
            with self.env.cr.savepoint():
                self.action_approve()
                self.env.flush_all()
        except (AccessError, UserError) as error:
            self.env.invalidate_all(flush=False)
            return f"{self.display_name}: {error}"
        return ""

    def action_approve_part(self):
        """Approve a part, asking which and with what directive."""
        return self._ask("part") | {"name": self.env._("Approve a Part…")}

    def action_return(self):
        """Return to the body, asking for the reason."""
        return self._ask("return")

    def give_back(self, reason):
        """Return to the body, with the reason."""
        for resolution in self:
            resolution._refuse_unless(
                resolution.user_decides,
                self.env._("Only the manager named by the body returns this."),
            )
            resolution._need(reason)
            resolution._act(
                "returned", "returned", {"return_reason": reason}, note=reason
            )
        return True

    def action_ask_approval(self):
        """Put a returned resolution before the manager again."""
        for resolution in self:
            resolution._refuse_unless(
                resolution.committee_id.user_runs,
                self.env._("Those who run the body ask for the approval."),
            )
            resolution._act("awaiting_approval", "asked")
        return True

    # === Communication ===

    def action_communicate(self):
        """Send the responsible his resolution, with an excerpt of the minutes."""
        for resolution in self:
            resolution._refuse_unless(
                resolution.committee_id.user_runs,
                self.env._("Those who run the body communicate its resolutions."),
            )
            if resolution.state == "adopted" and resolution.needs_approval:
                raise UserError(
                    self.env._("%s awaits its approval first.", resolution.display_name)
                )
            stamp = {"communicated_at": fields.Datetime.now()}
            resolution._act("communicated", "communicated", stamp)
            resolution._tell_responsible()
        self._send_excerpt_later()
        return True

    def _tell_responsible(self, directive=""):
        user = self.responsible_id.user_ids.filtered(lambda each: not each.share)[:1]
        if not user:
            return
        # sudo: a task for somebody else; no mail is made in this transaction
        quiet_sudo = self.sudo().with_context(mail_activity_quick_update=True)
        quiet_sudo.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.due_on or None,
            summary=self.env._("Resolution %s", self.display_name),
            note=directive or self.text,
            user_id=user.id,
        )

    def action_receive(self):
        """Say that it has reached me, or him who has no account to say so."""
        for resolution in self:
            resolution._refuse_unless(
                resolution._may_receive(),
                self.env._(
                    "Who is responsible confirms the receipt; for those without an "
                    "account, those who run the body."
                ),
            )
            if resolution.state not in WORK_STATES or resolution.received_at:
                continue
            stamp = {
                "received_at": fields.Datetime.now(),
                "received_by_id": self.env.uid,
            }
            resolution._act(None, "received", stamp)
        return True

    def _may_receive(self):
        # sudo: only whether the person has an account
        accounts = self.sudo().responsible_id.user_ids.filtered(lambda u: not u.share)
        return self.user_answers or (self.committee_id.user_runs and not accounts)
