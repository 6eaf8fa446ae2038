from odoo import fields, models


class ReformMeetingEvent(models.Model):
    """What happened in the course of a meeting, as it happened."""

    _name = "reform.meeting.event"
    _description = "Course of a Meeting"
    _inherit = ["agency.event.mixin"]

    meeting_id = fields.Many2one(
        "reform.meeting", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("convened", "Convened"),
            ("in_session", "Opened"),
            ("arrival", "Arrival"),
            ("departure", "Departure"),
            ("recusal", "Stood Aside"),
            ("recusal_end", "Stands Aside no More"),
            ("quorum", "Quorum Reached"),
            ("no_quorum", "Quorum Lost"),
            ("held", "Ended"),
            ("minutes_review", "Minutes Submitted"),
            ("returned", "Minutes Returned"),
            ("approved", "Minutes Approved"),
            ("amended", "Minutes Opened for Amendment"),
            ("adjourned", "Adjourned"),
            ("cancelled", "Cancelled"),
        ],
        "What",
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner", "Who", readonly=True, ondelete="restrict"
    )
    present = fields.Integer("Voters Present", readonly=True)
    required = fields.Integer("Quorum", readonly=True)
    note = fields.Text(readonly=True)
