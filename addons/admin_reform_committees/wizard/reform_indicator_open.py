from odoo import fields, models

from ..year_rules import QUARTERS


class ReformIndicatorOpen(models.TransientModel):
    """Open a quarter: a draft score for each indicator and whom it concerns."""

    _name = "reform.indicator.open"
    _description = "Opening of a Quarter"

    jalali_year = fields.Integer(
        "Year",
        required=True,
        default=lambda self: self.env["reform.body.record"]._this_quarter()[0],
    )
    quarter = fields.Selection(
        QUARTERS,
        required=True,
        default=lambda self: str(self.env["reform.body.record"]._this_quarter()[1]),
    )

    def action_open(self):
        """Create the scores that are missing and show the quarter."""
        self.ensure_one()
        self.env["reform.indicator"]._open_quarter(
            self.env.company, self.jalali_year, self.quarter
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_indicator_score_action"
        )
        return action | {
            "domain": [
                ("jalali_year", "=", self.jalali_year),
                ("quarter", "=", self.quarter),
            ],
            "context": {"search_default_group_subject": 1},
        }
