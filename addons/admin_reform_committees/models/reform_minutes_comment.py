from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class ReformMinutesComment(models.Model):
    """What a member says of submitted minutes while the window for it is open."""

    _name = "reform.minutes.comment"
    _description = "Comment on Minutes"
    _inherit = ["agency.event.mixin"]
    _order = "id"

    minutes_id = fields.Many2one(
        "reform.minutes", required=True, readonly=True, index=True, ondelete="restrict"
    )
    item_id = fields.Many2one(
        "reform.agenda.item", "On Item", readonly=True, ondelete="restrict"
    )
    text = fields.Text(required=True, readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        comments = super().create(vals_list)
        for comment in comments.sudo():
            minutes = comment.minutes_id
            if minutes.state != "submitted":
                raise UserError(
                    self.env._(
                        "These minutes are not under review: they take no comment."
                    )
                )
            if minutes.comment_until < fields.Datetime.now():
                raise UserError(
                    self.env._("The days to comment on these minutes are over.")
                )
            if not comment.text.strip():
                raise UserError(self.env._("A comment says something."))
            if comment.item_id and comment.item_id.meeting_id != minutes.meeting_id:
                raise UserError(self.env._("One comments on items of these minutes."))
            if not self.env.su and not self._may_comment(minutes):
                raise AccessError(
                    self.env._("Only those who were at the meeting comment on it.")
                )
        return comments

    @api.model
    def _may_comment(self, minutes):
        mine = self.env.user.partner_id
        seats = minutes.meeting_id.attendance_ids
        return mine in (seats.partner_id | seats.substitute_id) or (
            minutes.committee_id.with_env(self.env).user_approves
        )
