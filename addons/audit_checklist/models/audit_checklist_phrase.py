from odoo import fields, models


class AuditChecklistPhrase(models.Model):
    """A ready comment, or a reason for "not applicable", set with one tap."""

    _name = "audit.checklist.phrase"
    _description = "Ready Text of a Checklist Item"
    _inherit = ["audit.content.mixin"]
    _order = "item_id, kind, sequence, id"

    item_id = fields.Many2one(
        "audit.checklist.item", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="item_id.company_id", store=True)
    kind = fields.Selection(
        [("comment", "Comment"), ("na_reason", "Reason for Not Applicable")],
        required=True,
        default="comment",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Text", required=True, translate=True)

    def _content_versions(self):
        return self.item_id.version_id

    def _of_kind(self, kind):
        """Return the texts of one kind."""
        return self.filtered(lambda phrase: phrase.kind == kind).mapped("name")
