from odoo import api, fields, models

from .. import texts


class ServiceDeskCounter(models.Model):
    """A numbered place at a desk where one expert serves one client at a time."""

    _name = "service.desk.counter"
    _description = "Desk Counter"
    _inherit = ["agency.derived.mixin", "agency.at.once.mixin"]
    _order = "desk_id, number"
    _check_company_auto = True

    number = fields.Integer(required=True, help="The number clients are called to.")
    name = fields.Char(translate=True, help="What is served here, if it is special.")
    active = fields.Boolean(default=True)
    desk_id = fields.Many2one(
        "service.desk", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="desk_id.company_id", store=True)

    _number_desk_uniq = models.UniqueIndex(
        "(desk_id, number) WHERE active",
        "Two counters of one desk cannot have the same number.",
    )
    _number_positive = models.Constraint(
        "CHECK (number > 0)", "The number of a counter starts at 1."
    )

    @api.depends("number", "name", "desk_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for counter in self:
            number = texts.number_text(self.env, counter.number)
            label = self.env._("Counter %(number)s", number=number)
            parts = filter(None, (label, counter.name or counter.desk_id.name))
            counter.display_name = " · ".join(parts)
