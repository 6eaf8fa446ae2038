from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ReformResolutionPartners(models.Model):
    """Those who help the one responsible: they see it and report, he answers for it."""

    _inherit = "reform.resolution"

    co_responsible_ids = fields.Many2many(
        "res.partner",
        "reform_resolution_partner_rel",
        string="Together with",
        check_company=True,
        domain="[('is_company', '=', False), ('id', '!=', responsible_id)]",
        help="They see the resolution and report on it; the one responsible answers.",
    )
    user_helps = fields.Boolean(
        "I Help With It", compute="_compute_user_helps", search="_search_user_helps"
    )

    @api.depends("co_responsible_ids")
    @api.depends_context("uid")
    def _compute_user_helps(self):
        mine = self.env.user.partner_id
        for resolution in self:
            # sudo: only whether the user is one of them
            resolution.user_helps = mine in resolution.sudo().co_responsible_ids

    def _search_user_helps(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        return Domain("co_responsible_ids", "in", self.env.user.partner_id.ids)

    @api.constrains("responsible_id", "co_responsible_ids")
    def _check_partners(self):
        for resolution in self:
            if resolution.responsible_id in resolution.co_responsible_ids:
                raise ValidationError(
                    self.env._(
                        "%s is responsible already and does not help himself.",
                        resolution.responsible_id.name,
                    )
                )

    def _may_report(self):
        """Tell whether the user reports on it: who follows it, and who helps."""
        return self._may_follow() or self.user_helps

    def _may_verify(self):
        return not self.user_helps and super()._may_verify()
