from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .reform_resolution_follow import WORK_STATES


class ReformResolutionWork(models.Model):
    """A resolution being carried out: reported on, proven, claimed and verified."""

    _inherit = "reform.resolution"

    def action_report(self):
        """Report, with files that prove it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_resolution_report_action"
        )
        filled = {"default_resolution_id": self.id, "default_percent": self.percent}
        return action | {"context": filled}

    def report(self, note, percent=None, attachment_ids=()):
        """Add a report, with how much is done and what proves it."""
        self.ensure_one()
        self._refuse_unless(
            self._may_report(),
            self.env._("Those responsible, and those who run the body, report on it."),
        )
        if self.state not in (*WORK_STATES, "claimed_done"):
            raise UserError(self.env._("%s is not under way.", self.display_name))
        if not (note or "").strip() and percent is None and not attachment_ids:
            raise UserError(self.env._("A report says something."))
        percent = self.percent if percent is None else int(percent)
        if not 0 <= percent <= 100:
            raise UserError(self.env._("Progress is between 0 and 100 percent."))
        today = self.env["reform.term.mixin"]._today()
        stamp = {"percent": percent, "reported_on": today}
        files = self._own_files(attachment_ids)
        target = "in_progress" if self.state == "communicated" else None
        return self._act(
            target,
            "progress",
            stamp,
            note=(note or "").strip() or False,
            percent=percent,
            attachment_ids=[Command.set(files.ids)],
        )

    def _own_files(self, attachment_ids):
        """Return the files the user uploaded for this; others are refused."""
        # sudo: they were uploaded by the user, for this record, or they are refused
        files_sudo = self.env["ir.attachment"].sudo().browse(attachment_ids).exists()
        for file in files_sudo:
            if (
                file.res_model != self._name
                or file.res_id != self.id
                or file.create_uid != self.env.user
            ):
                raise AccessError(self.env._("Evidence is uploaded with the report."))
        return files_sudo

    def action_claim_done(self):
        """Report as done: only what is proven can be."""
        for resolution in self:
            resolution._refuse_unless(
                resolution._may_follow(),
                self.env._("Those responsible report a resolution as done."),
            )
            if not resolution.sudo().evidence_count:
                raise UserError(
                    self.env._(
                        "%s has no evidence: add what proves that it is done.",
                        resolution.display_name,
                    )
                )
            stamp = {
                "claimed_at": fields.Datetime.now(),
                "claimed_by_id": self.env.uid,
                "percent": 100,
            }
            resolution._act("claimed_done", "claimed", stamp)
        return True

    def action_verify(self):
        """Confirm, as a second person, that it is done."""
        for resolution in self:
            resolution._refuse_unless(
                resolution._may_verify(),
                self.env._(
                    "A second person verifies: neither who reported it as done nor who "
                    "is responsible for it."
                ),
            )
            resolution._check_seen()
            stamp = {
                "verified_at": fields.Datetime.now(),
                "verified_by_id": self.env.uid,
            }
            resolution._act("verified", "verified", stamp)
        return True

    def action_reopen(self):
        """Send back to work, asking for the reason."""
        return self._ask("reopen")

    def reopen(self, reason):
        """Send back to work what is not done as it should be."""
        for resolution in self:
            resolution._refuse_unless(
                resolution._may_verify(),
                self.env._("Who verifies sends a resolution back to work."),
            )
            resolution._need(reason)
            stamp = {"claimed_at": False, "claimed_by_id": False}
            resolution._act("in_progress", "reopened", stamp, note=reason)
        return True
