from datetime import date

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.agency_base.tools import to_latin_digits

from ..due import parse_due
from .reform_resolution_follow import WORK_STATES


class ReformResolutionDeadline(models.Model):
    """Later deadlines: asked for by one, granted by another, every old date kept."""

    _inherit = "reform.resolution"

    def action_ask_extension(self):
        """Ask for a later deadline, in a dialog."""
        return self._ask("extend")

    def action_grant_extension(self):
        """Grant the later deadline that was asked for."""
        return self.decide_extension(True)

    def action_refuse_extension(self):
        """Refuse the later deadline, asking for the reason."""
        return self._ask("refuse")

    def ask_extension(self, due, reason):
        """Ask for a later deadline: a date, or what one types in the minutes."""
        self.ensure_one()
        self._refuse_unless(
            self._may_follow(), self.env._("Who is responsible asks for more time.")
        )
        self._need(reason)
        if self.state not in WORK_STATES or not self.due_on:
            raise UserError(self.env._("%s is not under way.", self.display_name))
        try:
            day = due if isinstance(due, date) else parse_due(due, self.due_on)
        except (ValueError, OverflowError):
            raise UserError(
                self.env._("“%s” is not a date.", to_latin_digits(due or ""))
            ) from None
        # sudo: extensions are written by their acts alone
        self.env["reform.extension"].sudo().create(
            {
                "resolution_id": self.id,
                "old_due_on": self.due_on,
                "new_due_on": day,
                "reason": reason,
                "asked_by_id": self.env.uid,
            }
        )
        return self._act(
            None, "extension", note=reason, old_due_on=self.due_on, new_due_on=day
        )

    def decide_extension(self, is_granted, answer=""):
        """Grant or refuse the later deadline; every old date is kept."""
        self.ensure_one()
        self._refuse_unless(
            self._may_verify(),
            self.env._("Those who run the body decide on its deadlines."),
        )
        asked_sudo = self.sudo().extension_ids.filtered(
            lambda each: each.state == "asked"
        )
        if not asked_sudo:
            raise UserError(self.env._("No extension was asked for."))
        if asked_sudo.asked_by_id == self.env.user:
            raise AccessError(
                self.env._("A second person decides on the time you asked for.")
            )
        if not is_granted:
            self._need(answer)
        asked_sudo.write(
            {
                "state": "granted" if is_granted else "refused",
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "answer": answer or False,
            }
        )
        dates = {"old_due_on": asked_sudo.old_due_on}
        if is_granted:
            dates["new_due_on"] = asked_sudo.new_due_on
        return self._act(
            None,
            "extended" if is_granted else "kept",
            {"due_on": asked_sudo.new_due_on, "reminded_on": False}
            if is_granted
            else None,
            note=answer or False,
            **dates,
        )
