from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

# Where a resolution is filed is no part of what was resolved.
FILING = {"plan_line_id", "indicator_id"}
CLOSED = ("verified", "superseded", "revoked")


class ReformResolutionPlan(models.Model):
    """The line of the annual programme, and the indicator, that a resolution serves.

    Those who run the body file it there while it is open: programmes are often written
    after the meeting.
    """

    _inherit = "reform.resolution"

    plan_line_id = fields.Many2one(
        "reform.plan.line",
        "Line of the Programme",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('committee_id', '=', committee_id)]",
        help="Of the annual programme of the body.",
    )
    indicator_id = fields.Many2one(
        "reform.indicator",
        compute="_compute_indicator_id",
        store=True,
        readonly=False,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The general indicator that it is to raise.",
    )
    user_files = fields.Boolean("I File It", compute="_compute_user_files")

    @api.depends("plan_line_id")
    def _compute_indicator_id(self):
        for resolution in self:
            line = resolution.plan_line_id
            resolution.indicator_id = line.indicator_id or resolution.indicator_id

    @api.depends("committee_id.user_runs", "state")
    @api.depends_context("uid")
    def _compute_user_files(self):
        for resolution in self:
            is_open = resolution.state not in CLOSED
            resolution.user_files = is_open and resolution.committee_id.user_runs

    @api.constrains("plan_line_id", "item_id")
    def _check_plan_line(self):
        for resolution in self:
            line = resolution.plan_line_id
            if line and line.committee_id != resolution.committee_id:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” is a line of another body's programme.",
                        line=line.display_name,
                    )
                )

    def write(self, vals):
        filing = {name: vals[name] for name in FILING & set(vals)}
        if not filing:
            return super().write(vals)
        self._check_filing()
        others = {name: vals[name] for name in set(vals) - FILING}
        result = super().write(others) if others else True
        return self._set_stamps(filing) and result

    def _check_filing(self):
        for resolution in self:
            if resolution.state in CLOSED:
                raise UserError(
                    self.env._(
                        "%s is closed: it stays where it was filed.",
                        resolution.display_name,
                    )
                )
            if not (resolution.committee_id.user_runs or self.env.su):
                raise AccessError(
                    self.env._("Those who run the body file its resolutions.")
                )


class ReformPlanLineResolutions(models.Model):
    """What was resolved for a line of the annual programme."""

    _inherit = "reform.plan.line"

    resolution_ids = fields.One2many(
        "reform.resolution", "plan_line_id", "Resolutions", readonly=True
    )
