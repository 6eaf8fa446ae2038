from odoo import fields, models


class ReformMeetingJoint(models.Model):
    """A joint session: whole bodies under this one are invited, without a vote."""

    _inherit = "reform.meeting"

    joint_committee_ids = fields.Many2many(
        "reform.committee",
        "reform_meeting_joint_rel",
        string="Joint Session With",
        domain="[('parent_id', '=', committee_id)]",
        check_company=True,
        help="All members of these bodies are invited too, without a vote.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "joint_committee_ids" in vals:
            self.filtered(lambda meeting: meeting.state == "draft")._prepare()
        return result

    def _prepare_people(self):
        result = super()._prepare_people()
        wanted = self.joint_committee_ids._seats_on(self.meeting_date).partner_id
        seats = self.attendance_ids
        seats.filtered(
            lambda seat: seat.is_joint and seat.partner_id not in wanted
        ).unlink()
        self.env["reform.attendance"].create(
            [
                {
                    "meeting_id": self.id,
                    "partner_id": person.id,
                    "role": "guest",
                    "is_joint": True,
                }
                for person in wanted - self.attendance_ids.partner_id
            ]
        )
        return result


class ReformAttendanceJoint(models.Model):
    """Who is invited as a member of a body that takes part."""

    _inherit = "reform.attendance"
    _recorded_fields = frozenset({"is_joint"})

    is_joint = fields.Boolean("By Joint Session", readonly=True)
