from odoo import api, fields, models
from odoo.exceptions import AccessError


class ReformResolutionUpdate(models.Model):
    """What happened to a resolution after it was adopted: it is only ever added to."""

    _name = "reform.resolution.update"
    _description = "Course of a Resolution"
    _inherit = ["agency.event.mixin"]

    resolution_id = fields.Many2one(
        "reform.resolution", required=True, readonly=True, index=True,
        ondelete="restrict",
    )  # fmt: skip
    kind = fields.Selection(
        [
            ("adopted", "Adopted"),
            ("asked", "Approval Asked"),
            ("approved", "Approved by the Manager"),
            ("returned", "Returned"),
            ("communicated", "Communicated"),
            ("received", "Receipt"),
            ("seen", "Evidence Opened"),
            ("progress", "Progress"),
            ("extension", "Extension Asked"),
            ("extended", "Deadline Extended"),
            ("kept", "Extension Refused"),
            ("claimed", "Reported as Done"),
            ("reopened", "Back to Work"),
            ("verified", "Verified"),
            ("superseded", "Superseded"),
            ("revoked", "Revoked"),
            ("upward", "Put to the Superior Body"),
            ("answer", "Answer of the Superior Body"),
            ("reminder", "Reminder"),
            ("escalation", "Escalated"),
        ],
        required=True,
        readonly=True,
        default="progress",
    )
    percent = fields.Integer(readonly=True, help="How much of it is done.")
    note = fields.Text(readonly=True)
    old_due_on = fields.Date("Earlier Deadline", readonly=True)
    new_due_on = fields.Date("New Deadline", readonly=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Evidence", readonly=True, ondelete="restrict"
    )

    _percent_is_one = models.Constraint(
        "CHECK (percent BETWEEN 0 AND 100)", "Progress is between 0 and 100 percent."
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Report on the resolution itself: its course writes itself.")
            )
        return super().create(vals_list)


class ReformExtension(models.Model):
    """A later deadline that was asked for, and what was decided on it."""

    _name = "reform.extension"
    _description = "Extension of a Deadline"
    _inherit = ["reform.kept.mixin"]
    _order = "id desc"

    resolution_id = fields.Many2one(
        "reform.resolution", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="resolution_id.company_id", store=True)
    old_due_on = fields.Date("Deadline", readonly=True, required=True)
    new_due_on = fields.Date("New Deadline", readonly=True, required=True)
    reason = fields.Text(required=True, readonly=True)
    state = fields.Selection(
        [("asked", "Asked"), ("granted", "Granted"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="asked",
    )
    asked_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True)
    answer = fields.Text(readonly=True)

    _goes_on = models.Constraint(
        "CHECK (new_due_on > old_due_on)", "An extension ends after the deadline."
    )
    _decided_by_another = models.Constraint(
        "CHECK (decided_by_id IS NULL OR decided_by_id != asked_by_id)",
        "Who asked for more time cannot grant it himself.",
    )
    _one_asked = models.UniqueIndex(
        "(resolution_id) WHERE state = 'asked'",
        "An extension of this deadline was asked for already.",
    )

    def _by_hand_message(self):
        return self.env._("Extensions are asked for, and granted, on the resolution.")
