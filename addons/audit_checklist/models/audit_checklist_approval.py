from odoo import api, fields, models
from odoo.exceptions import UserError


class AuditChecklistApproval(models.Model):
    """One body approved one version, as it stood then.

    Given by `audit.checklist.version.action_approve` only: no group may create,
    change or delete approvals.
    """

    _name = "audit.checklist.approval"
    _description = "Checklist Approval"
    _order = "id"

    version_id = fields.Many2one(
        "audit.checklist.version", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="version_id.company_id", store=True)
    body_id = fields.Many2one("audit.body", required=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users",
        "Approved By",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    approved_on = fields.Datetime(required=True, default=fields.Datetime.now)

    _body_uniq = models.Constraint(
        "UNIQUE (version_id, body_id)", "This body has approved already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        approvals = super().create(vals_list)
        approvals._check_draft()
        return approvals

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("An approval is given once and never changed."))

    def unlink(self):
        self._check_draft()
        return super().unlink()

    def _check_draft(self):
        for approval in self:
            if approval.version_id.state != "draft":
                raise UserError(
                    self.env._("Approvals of a published version are kept as given.")
                )
