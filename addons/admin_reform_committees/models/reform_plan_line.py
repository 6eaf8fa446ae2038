from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.jalali_calendar.tools import year_bounds

from ..year_rules import planned_shares

TALK_AND_PROGRESS = ("message_", "activity_", "progress_ids")


class ReformPlanLine(models.Model):
    """One action of an annual programme, or one process to be improved.

    `planned_1` to `planned_4` say how much of it is due at the end of each quarter,
    cumulative. They follow from the days until somebody enters others.
    """

    _name = "reform.plan.line"
    _description = "Line of an Annual Programme"
    _inherit = ["agency.derived.mixin", "mail.thread"]
    _order = "plan_id, sequence, id"
    _rec_names_search = ["name"]
    _check_company_auto = True

    # === Identity ===
    plan_id = fields.Many2one(
        "reform.plan", "Programme", required=True, index=True, ondelete="cascade"
    )
    committee_id = fields.Many2one(
        related="plan_id.committee_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="plan_id.company_id", store=True, precompute=True
    )
    jalali_year = fields.Integer(
        related="plan_id.jalali_year", store=True, precompute=True, string="Year"
    )
    plan_state = fields.Selection(related="plan_id.state", string="Programme Is")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("action", "Action"), ("improvement", "Process Improvement")],
        required=True,
        default="action",
    )
    name = fields.Char("Action", required=True)
    programme_id = fields.Many2one(
        "reform.programme", "Reform Programme", ondelete="restrict", check_company=True
    )
    mission = fields.Char(help="Where it serves a mission instead of a programme.")
    indicator_id = fields.Many2one(
        "reform.indicator",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('jalali_year', '=', jalali_year)]",
        help="The general indicator that this work is to raise.",
    )
    letter_no = fields.Char("Source Letter")
    letter_on = fields.Date("Letter Date")

    # === Who and when ===
    owner_id = fields.Many2one(
        "res.partner",
        "Responsible",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('is_company', '=', False)]",
    )
    department_id = fields.Many2one(
        "hr.department", "Unit", ondelete="restrict", check_company=True
    )
    begins_on = fields.Date("From", default=lambda self: self._default_day(0))
    ends_on = fields.Date("Until", default=lambda self: self._default_day(1))
    weight = fields.Float(
        digits=(16, 1),
        default=1,
        help="Its share in the progress of the programme, in any unit.",
    )
    planned_1 = fields.Integer(
        "Due, 3 Months", compute="_compute_planned", store=True, readonly=False
    )
    planned_2 = fields.Integer(
        "Due, 6 Months", compute="_compute_planned", store=True, readonly=False
    )
    planned_3 = fields.Integer(
        "Due, 9 Months", compute="_compute_planned", store=True, readonly=False
    )
    planned_4 = fields.Integer(
        "Due, 12 Months", compute="_compute_planned", store=True, readonly=False
    )

    # === The process, before and after ===
    steps_before = fields.Integer()
    steps_after = fields.Integer()
    days_before = fields.Float()
    days_after = fields.Float()
    visits_before = fields.Integer()
    visits_after = fields.Integer()
    cost_before = fields.Monetary(help="What it costs the client.")
    cost_after = fields.Monetary()
    currency_id = fields.Many2one(related="company_id.currency_id")

    # === Progress ===
    progress_ids = fields.One2many("reform.plan.progress", "line_id", "Reports")
    percent = fields.Integer("Done (%)", compute="_compute_percent", store=True)
    is_behind = fields.Boolean("Behind", compute="_compute_is_behind")
    user_reports = fields.Boolean("I Report on It", compute="_compute_user_reports")

    _weight_is_natural = models.Constraint(
        "CHECK (weight >= 0)", "A weight cannot be negative."
    )
    _planned_rises = models.Constraint(
        "CHECK (planned_1 >= 0 AND planned_2 >= planned_1 AND planned_3 >= planned_2 "
        "AND planned_4 >= planned_3 AND planned_4 <= 100)",
        "What is due is cumulative: from 0 to 100 percent, never less than before.",
    )
    _days_follow = models.Constraint(
        "CHECK (ends_on >= begins_on)", "The last day cannot lie before the first."
    )
    _improvement_is_natural = models.Constraint(
        "CHECK (LEAST(steps_before, steps_after, visits_before, visits_after) >= 0 "
        "AND LEAST(days_before, days_after, cost_before, cost_after) >= 0)",
        "Steps, days, visits and costs cannot be negative.",
    )

    @api.model
    def _default_day(self, which):
        year = self.env.context.get("reform_year")
        if not year:
            year = self.env["reform.body.record"]._this_quarter()[0]
        return year_bounds(year)[which]

    @api.depends("begins_on", "ends_on", "plan_id.jalali_year")
    def _compute_planned(self):
        for line in self:
            shares = [0, 0, 0, 100]
            if (
                line.begins_on
                and line.ends_on
                and line.ends_on >= line.begins_on
                and line.plan_id.jalali_year
            ):
                shares = planned_shares(
                    line.plan_id.jalali_year, line.begins_on, line.ends_on
                )
            for quarter, share in enumerate(shares, 1):
                line[f"planned_{quarter}"] = share

    @api.depends("progress_ids.percent")
    def _compute_percent(self):
        for line in self:
            line.percent = line._percent_at(4)

    @api.depends("percent", "planned_1", "planned_2", "planned_3", "planned_4")
    def _compute_is_behind(self):
        for line in self:
            # What is due at the end of the quarter that has passed.
            # sudo: who is responsible for a line need not see the whole programme
            passed = line.sudo().plan_id._quarters_reached() - 1
            due = line[f"planned_{passed}"] if passed > 0 else 0
            line.is_behind = line.percent < due

    @api.depends("owner_id", "plan_id.user_edits", "plan_id.state")
    @api.depends_context("uid")
    def _compute_user_reports(self):
        for line in self:
            # sudo: who is responsible for a line need not see the whole programme
            line.user_reports = line.sudo().plan_id.state == "approved" and (
                line.owner_id == self.env.user.partner_id or line.plan_id.user_edits
            )

    def _percent_at(self, quarter):
        """Return what was done until the end of a quarter, as last reported."""
        self.ensure_one()
        reports = self.progress_ids.filtered(
            lambda report: int(report.quarter) <= quarter
        )
        last = max(
            reports, key=lambda report: (report.quarter, report.id), default=None
        )
        return last.percent if last else 0

    @api.constrains("indicator_id", "plan_id")
    def _check_indicator(self):
        for line in self:
            indicator = line.indicator_id
            if indicator and indicator.jalali_year != line.plan_id.jalali_year:
                raise ValidationError(
                    self.env._(
                        "“%(indicator)s” is an indicator of another year than "
                        "“%(line)s”.",
                        indicator=indicator.display_name,
                        line=line.name,
                    )
                )

    @api.constrains("kind", "steps_before", "days_before", "visits_before", "plan_id")
    def _check_improvement(self):
        for line in self:
            if line.kind == "improvement" and not (
                line.steps_before or line.days_before or line.visits_before
            ):
                raise ValidationError(
                    self.env._(
                        "“%(line)s” improves a process: say how many steps, days or "
                        "visits it takes today.",
                        line=line.name,
                    )
                )

    # === Guards ===

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.plan_id._check_open()
        return lines

    def write(self, vals):
        if any(not name.startswith(TALK_AND_PROGRESS) for name in vals):
            self.check_access("write")
            self.plan_id._check_open()
        result = super().write(vals)
        if "plan_id" in vals:
            # nor into a programme that is another's, or in force
            self.check_access("write")
            self.plan_id._check_open()
        return result

    # pylint: disable=no-raise-unlink
    def unlink(self):
        self.plan_id._check_open()
        if reported := self.filtered("progress_ids")[:1]:
            raise UserError(
                self.env._(
                    "“%s” was reported on and stays in the programme.", reported.name
                )
            )
        return super().unlink()

    def _check_files_open(self, files):
        """Refuse to change files that were handed in with a report."""
        if files & self.progress_ids.evidence_ids:
            raise UserError(self.env._("Evidence that was reported stays as it is."))

    def action_report(self):
        """Report on what is done, with its evidence."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_plan_report_action"
        )
        return action | {"context": {"default_line_id": self.id}}
