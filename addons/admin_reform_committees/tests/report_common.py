from odoo.addons.agency_base.tests.seal_common import use_own_keys

from .year_common import IndicatorCase


class ReportCase(IndicatorCase):
    def setUp(self):
        super().setUp()
        use_own_keys(self)

    def _report(self, quarter="2", body=None, **vals):
        return self.env["reform.quarter.report"].create(
            {
                "committee_id": (body or self.body).id,
                "jalali_year": self.year,
                "quarter": quarter,
                "summary": "A good quarter",
            }
            | vals
        )

    def _accepted(self, **vals):
        report = self._report(**vals)
        self._as("secretary", report).action_submit()
        self._as("reform_office", report).action_accept()
        return report

    def _evaluated(self, indicator=None, quarter="2", actual=45):
        score = self._score(indicator, quarter, actual=actual)
        self._as("secretary", score).action_declare()
        self._as("reform_office", score).action_evaluate()
        return score
