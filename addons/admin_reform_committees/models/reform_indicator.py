from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import localize_digits

LEVELS = [
    ("national", "National"),
    ("provincial", "Provincial"),
    ("agency", "Agency"),
]
DIRECTIONS = [("more", "More Is Better"), ("less", "Less Is Better")]
# What scores were computed with.
FIXED = {"standard", "ceiling", "direction", "jalali_year", "company_id"}


class ReformIndicator(models.Model):
    """One general indicator of a Jalali year, as the official catalogue states it.

    How many there are, their axes, standards and ceilings are data, imported per year.
    """

    _name = "reform.indicator"
    _description = "General Indicator"
    _order = "jalali_year desc, level, sequence, code, id"
    _rec_names_search = ["code", "name", "measure"]
    _check_company_auto = True

    # === Identity ===
    jalali_year = fields.Integer(
        "Year",
        required=True,
        aggregator=None,
        default=lambda self: self.env["reform.body.record"]._this_quarter()[0],
    )
    level = fields.Selection(LEVELS, required=True, default="national")
    axis = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True)
    name = fields.Char("Indicator", required=True)
    measure = fields.Char(help="What exactly is counted.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )

    # === How it is scored ===
    unit = fields.Char("Unit of Measure", required=True)
    standard = fields.Float(
        "Standard (S)", required=True, digits=(16, 3), aggregator=None
    )
    ceiling = fields.Float(
        "Ceiling (W)", required=True, digits=(16, 2), help="The most it can score."
    )
    direction = fields.Selection(DIRECTIONS, required=True, default="more")

    # === Who is scored ===
    committee_id = fields.Many2one(
        "reform.committee",
        "Body",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The committee that answers for it.",
    )
    is_for_offices = fields.Boolean(
        "Offices Assess Themselves", help="On the same scale for every office."
    )
    score_ids = fields.One2many("reform.indicator.score", "indicator_id", "Scores")
    plan_line_ids = fields.One2many(
        "reform.plan.line",
        "indicator_id",
        "Work That Serves It",
        help="Of the annual programmes.",
    )

    _code_uniq = models.UniqueIndex(
        "(company_id, jalali_year, level, code)",
        "Two indicators of one year and level cannot share a code.",
    )
    _standard_is_positive = models.Constraint(
        "CHECK (standard > 0)",
        "The standard (S) must be above zero: a score is measured by it.",
    )
    _ceiling_is_positive = models.Constraint(
        "CHECK (ceiling > 0)", "The ceiling (W) must be above zero."
    )
    _year_is_jalali = models.Constraint(
        "CHECK (jalali_year BETWEEN 1300 AND 1600)", "Years are Jalali, like 1405."
    )

    @api.depends("code", "name", "measure")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for indicator in self:
            name = indicator.measure or indicator.name or ""
            code = localize_digits(indicator.code or "", self.env.lang)
            indicator.display_name = f"{code} – {name}"

    def write(self, vals):
        if FIXED & vals.keys():
            # sudo: scores count also where the user may not see them
            scored = self.sudo().score_ids.filtered(
                lambda score: score.state != "draft"
            )
            if scored:
                raise UserError(
                    self.env._(
                        "“%s” was scored already: its scale cannot change any more.",
                        scored[0].indicator_id.name,
                    )
                )
        result = super().write(vals)
        if "company_id" in vals:
            # nor into the catalogue of another agency
            self.check_access("write")
        return result

    def action_scores(self):
        """Show the scores of these indicators."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_indicator_score_action"
        )
        return action | {"domain": [("indicator_id", "in", self.ids)], "context": {}}

    @api.model
    def _open_quarter(self, company, year, quarter):
        """Create the draft scores that the catalogue asks for and return them."""
        indicators = self.search(
            [("company_id", "=", company.id), ("jalali_year", "=", year)]
        )
        offices = self.env["hr.department"].search(
            [("company_id", "=", company.id), ("reform_liaison_ids", "!=", False)]
        )
        scores = self.env["reform.indicator.score"]
        known = {
            (score.indicator_id, score.committee_id, score.department_id)
            for score in scores.search(
                [("indicator_id", "in", indicators.ids), ("quarter", "=", quarter)]
            )
        }
        nobody, nowhere = self.env["reform.committee"], self.env["hr.department"]
        wanted = [
            (indicator, indicator.committee_id, nowhere)
            for indicator in indicators.filtered("committee_id")
        ] + [
            (indicator, nobody, office)
            for indicator in indicators.filtered("is_for_offices")
            for office in offices
        ]
        return scores.create(
            [
                {
                    "indicator_id": indicator.id,
                    "quarter": quarter,
                    "committee_id": committee.id,
                    "department_id": office.id,
                }
                for indicator, committee, office in wanted
                if (indicator, committee, office) not in known
            ]
        )
