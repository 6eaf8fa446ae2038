from odoo import api, fields, models
from odoo.exceptions import UserError


class AuditTraining(models.Model):
    """A training or a coordination meeting before the visits, and who was there."""

    _name = "audit.training"
    _description = "Training or Meeting"
    _inherit = ["agency.derived.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "starts_at desc, id desc"
    _check_company_auto = True

    name = fields.Char("Subject", required=True)
    kind = fields.Selection(
        [("training", "Training"), ("coordination", "Coordination meeting")],
        required=True,
        default="training",
    )
    programme_id = fields.Many2one(
        "audit.programme",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="programme_id.company_id", store=True, index=True
    )
    starts_at = fields.Datetime("Begins", required=True)
    minutes = fields.Integer(required=True, default=120)
    place = fields.Char()
    speaker = fields.Char("Led By")
    agenda = fields.Text()
    outcome = fields.Text("What Was Agreed")
    attendance_ids = fields.One2many(
        "audit.training.attendance", "training_id", "Invited People"
    )
    invited_count = fields.Integer("Invited", compute="_compute_counts")
    present_count = fields.Integer("Present", compute="_compute_counts")

    _minutes_in_range = models.Constraint(
        "CHECK (minutes BETWEEN 5 AND 720)", "A meeting takes 5 minutes to 12 hours."
    )

    @api.depends("attendance_ids.state")
    def _compute_counts(self):
        for training in self:
            rows = training.attendance_ids
            training.invited_count = len(rows)
            training.present_count = len(
                rows.filtered(lambda row: row.state == "present")
            )

    def action_invite_teams(self):
        """Put the inspectors of all teams of the programme on the list."""
        for training in self:
            day = fields.Datetime.context_timestamp(training, training.starts_at).date()
            teams = self.env["audit.team"].search(
                [("programme_id", "=", training.programme_id.id)]
            )
            wanted = teams._members_on(day).user_id - training.attendance_ids.user_id
            if not teams:
                raise UserError(self.env._("The programme has no teams yet."))
            self.env["audit.training.attendance"].create(
                [
                    {"training_id": training.id, "user_id": user.id}
                    for user in wanted.sorted("name")
                ]
            )

    def action_all_present(self):
        """Mark as present all of whom nothing else is known."""
        self.attendance_ids.filtered(
            lambda row: row.state == "invited"
        ).state = "present"


class AuditTrainingAttendance(models.Model):
    """Whether one inspector was at a training."""

    _name = "audit.training.attendance"
    _description = "Attendance"
    _inherit = ["agency.derived.mixin"]
    _order = "training_id, id"
    _rec_name = "user_id"
    _check_company_auto = True

    training_id = fields.Many2one(
        "audit.training",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="training_id.company_id", store=True, index=True
    )
    user_id = fields.Many2one(
        "res.users", "Inspector", required=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("invited", "Invited"),
            ("present", "Present"),
            ("excused", "Excused"),
            ("absent", "Absent"),
        ],
        required=True,
        default="invited",
    )
    note = fields.Char()

    _user_once = models.Constraint(
        "UNIQUE (training_id, user_id)", "An inspector stands once on the list."
    )
