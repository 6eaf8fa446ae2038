from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.agency_base.tools.charts import bar_chart
from odoo.addons.jalali_calendar.tools import quarter_bounds

from ..year_rules import QUARTERS

NEWEST = 12


class ReformBulletin(models.TransientModel):
    """A bulletin of a quarter for a council, its bodies and everybody in the house."""

    _name = "reform.bulletin"
    _description = "Bulletin"

    committee_id = fields.Many2one(
        "reform.committee",
        "Council",
        required=True,
        domain="[('kind', 'in', ('council', 'commission'))]",
        default=lambda self: self._default_committee(),
    )
    company_id = fields.Many2one(related="committee_id.company_id")
    jalali_year = fields.Integer(
        "Year",
        required=True,
        default=lambda self: self.env["reform.quarter.report"]._last_quarter()[0],
    )
    quarter = fields.Selection(
        QUARTERS,
        required=True,
        default=lambda self: self.env["reform.quarter.report"]._last_quarter()[1],
    )
    foreword = fields.Text()

    @api.model
    def _default_committee(self):
        return self.env["reform.committee"].search(
            [("kind", "in", ("council", "commission"))], limit=1
        )

    def action_print(self):
        """Print the bulletin."""
        self.ensure_one()
        report = self.env.ref("admin_reform_committees.bulletin_report")
        return report.report_action(self)

    # === What the paper shows; all of it as its reader may see it ===

    def _title(self):
        quarters = dict(self._fields["quarter"]._description_selection(self.env))
        return self.env._(
            "Bulletin of administrative reform, %(quarter)s %(year)s",
            quarter=quarters[self.quarter],
            year=localize_digits(self.jalali_year, self.env.lang),
        )

    def _reports(self):
        """Return the accepted reports in force of the quarter."""
        if self.quarter not in dict(QUARTERS):
            raise UserError(self.env._("Choose a quarter."))
        bodies = self.env["reform.committee"].search(
            [("id", "child_of", self.committee_id.ids)]
        )
        reports = self.env["reform.quarter.report"]
        found = reports._accepted_of(bodies, self.jalali_year, [self.quarter])
        seen = reports.search([("id", "in", found.ids)])
        return seen.sorted(lambda report: report.committee_id.code)

    def _chart(self):
        """Return planned and realised of the bodies side by side, or nothing."""
        reports = self._reports()
        if not reports:
            return None
        return bar_chart(
            [report.committee_id.code for report in reports],
            [
                (self.env._("Planned"), reports.mapped("planned_percent")),
                (self.env._("Realised"), reports.mapped("realised_percent")),
            ],
            lang=self.env.lang or "en_US",
            title=self.env._("Realisation of the programmes"),
            unit="%",
            size=(560, 190),
        )

    def _resolutions(self):
        """Return what meetings of the quarter resolved, the newest first."""
        first, last = quarter_bounds(self.jalali_year, int(self.quarter))
        return self.env["reform.resolution"].search(
            [
                ("committee_id", "child_of", self.committee_id.ids),
                ("meeting_date", ">=", first),
                ("meeting_date", "<=", last),
                ("state", "!=", "draft"),
                ("meeting_id.confidentiality", "=", "normal"),
            ],
            order="meeting_date desc, id desc",
            limit=NEWEST,
        )

    def _suggestions(self):
        """Return the suggestions that were accepted in the quarter."""
        first, last = quarter_bounds(self.jalali_year, int(self.quarter))
        return self.env["reform.suggestion"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("accepted", "done")),
                ("decided_on", ">=", first),
                ("decided_on", "<=", last),
            ]
        )
