from odoo import models


class ReformMeetingActions(models.Model):
    """The buttons of a meeting; what they may do is decided by `write`."""

    _inherit = "reform.meeting"

    # === Actions ===

    def action_convene(self):
        """Invite the members: from now on they see the meeting."""
        return self.write({"state": "convened"})

    def action_start(self):
        """Open the meeting, convening it first if nobody did."""
        self.filtered(lambda meeting: meeting.state == "draft").action_convene()
        return self.write({"state": "in_session"})

    def action_hold(self):
        """End the meeting."""
        return self.write({"state": "held"})

    def action_submit_minutes(self):
        """Hand the minutes to their approver."""
        return self.write({"state": "minutes_review"})

    def action_approve(self):
        """Approve the minutes: number the meeting and what it resolved."""
        return self.write({"state": "approved"})

    def action_return(self):
        """Give the minutes back to the secretary, asking for the reason."""
        return self._ask_reason("held")

    def action_cancel(self):
        """Cancel the meeting, asking for the reason."""
        return self._ask_reason("cancelled")

    def action_adjourn(self):
        """Put the meeting off, asking for the reason."""
        return self._ask_reason("adjourned")

    def _ask_reason(self, target):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_meeting_reason_action"
        )
        return action | {
            "context": {"default_meeting_id": self.id, "default_target": target}
        }

    def _faults(self):
        """Return what keeps the minutes from being submitted, in sentences."""
        self.ensure_one()
        return [
            f"• {check['text']}" + (f" ({check['hint']})" if check["hint"] else "")
            for check in self._minutes_checks()
            if check["level"] == "fault"
        ]
