from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AuditChecklistCondition(models.Model):
    """An item is asked only if another one was answered in a certain way."""

    _name = "audit.checklist.condition"
    _description = "Condition of a Checklist Item"
    _inherit = ["audit.content.mixin"]
    _order = "item_id, id"

    item_id = fields.Many2one(
        "audit.checklist.item", required=True, index=True, ondelete="restrict"
    )
    version_id = fields.Many2one(related="item_id.version_id")
    company_id = fields.Many2one(related="item_id.company_id", store=True)
    parent_item_id = fields.Many2one(
        "audit.checklist.item",
        "Answer To",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('version_id', '=', version_id), ('id', '!=', item_id)]",
    )
    response_set_id = fields.Many2one(related="parent_item_id.response_set_id")
    option_ids = fields.Many2many(
        "audit.response.option",
        string="Is One Of",
        ondelete="restrict",
        domain="[('set_id', '=', response_set_id)]",
        help="Empty: any answer will do.",
    )

    _parent_uniq = models.Constraint(
        "UNIQUE (item_id, parent_item_id)", "One condition for each item it depends on."
    )

    @api.depends("parent_item_id.label", "option_ids.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for condition in self:
            options = " / ".join(condition.option_ids.mapped("name"))
            options = options or self.env._("any answer")
            condition.display_name = f"{condition.parent_item_id.label}: {options}"

    @api.constrains("item_id", "parent_item_id")
    def _check_parent(self):
        for condition in self:
            if condition.parent_item_id.version_id != condition.item_id.version_id:
                raise ValidationError(
                    self.env._(
                        "%(item)s can only depend on items of its own version.",
                        item=condition.item_id.label,
                    )
                )
        self.item_id.version_id._check_circles()

    @api.constrains("parent_item_id", "option_ids")
    def _check_options(self):
        for condition in self:
            response_set = condition.parent_item_id.response_set_id
            if condition.option_ids - response_set.option_ids:
                raise ValidationError(
                    self.env._(
                        "%(item)s has no such answer. Choose among those of “%(set)s”.",
                        item=condition.parent_item_id.label,
                        set=response_set.name,
                    )
                )

    def _content_versions(self):
        return self.item_id.version_id
