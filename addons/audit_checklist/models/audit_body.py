from odoo import fields, models
from odoo.exceptions import UserError


class AuditBody(models.Model):
    """A body that audits jointly with others and approves checklists for itself.

    The planning organisation and the governor's office in the usual campaign; which
    bodies there are is data.
    """

    _name = "audit.body"
    _description = "Auditing Body"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, ondelete="restrict", help="Empty: for all companies."
    )
    approver_ids = fields.Many2many(
        "res.users",
        string="Approvers",
        help="Who may approve a checklist on behalf of this body.",
    )

    # NULL companies compete too, hence the COALESCE.
    _code_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), code)", "Another body has this code."
    )

    def unlink(self):
        # sudo: approvals in other companies bind as well
        approvals = self.env["audit.checklist.approval"].sudo()
        approval = approvals.search([("body_id", "in", self.ids)], limit=1)
        if approval:
            raise UserError(  # pylint: disable=no-raise-unlink
                self.env._(
                    "%(body)s has approved checklists. Archive it instead.",
                    body=approval.body_id.name,
                )
            )
        return super().unlink()
