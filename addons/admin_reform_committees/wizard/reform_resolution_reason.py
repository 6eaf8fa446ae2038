from odoo import fields, models


class ReformResolutionReason(models.TransientModel):
    """Ask why a resolution takes a turn: the reason stays on record with it."""

    _name = "reform.resolution.reason"
    _description = "Reason for a Resolution"

    resolution_id = fields.Many2one(
        "reform.resolution", required=True, ondelete="cascade"
    )
    committee_id = fields.Many2one(related="resolution_id.committee_id")
    what = fields.Selection(
        [
            ("part", "Approve a part, or with a directive"),
            ("return", "Return to the body"),
            ("reopen", "Send back to work"),
            ("revoke", "Revoke"),
            ("supersede", "Replace by another"),
            ("extend", "Ask for a later deadline"),
            ("refuse", "Refuse the later deadline"),
        ],
        required=True,
    )
    new_due_on = fields.Date("New Deadline")
    other_id = fields.Many2one("reform.resolution", "Replaced by", ondelete="cascade")
    part = fields.Text(
        "Approved Text", help="Leave only what is approved; as it is: all of it."
    )
    directive = fields.Text(help="Becomes a task of the one responsible.")
    reason = fields.Text()

    def action_confirm(self):
        """Carry it out; the resolution itself checks who may."""
        self.ensure_one()
        resolution, reason = self.resolution_id, self.reason or ""
        if self.what == "part":
            part = (self.part or "").strip()
            is_whole = part in ("", resolution.text.strip())
            resolution.approve(self.directive or "", "" if is_whole else part)
        elif self.what == "return":
            resolution.give_back(reason)
        elif self.what == "reopen":
            resolution.reopen(reason)
        elif self.what == "revoke":
            resolution.revoke(reason)
        elif self.what == "supersede":
            resolution.supersede(self.other_id.id, reason)
        elif self.what == "extend":
            resolution.ask_extension(self.new_due_on, reason)
        else:
            resolution.decide_extension(False, reason)
        return {"type": "ir.actions.act_window_close"}
