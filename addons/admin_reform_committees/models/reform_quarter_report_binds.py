from odoo import models
from odoo.exceptions import UserError


class ReformPlanReported(models.Model):
    """A programme whose quarters are reported on."""

    _inherit = "reform.plan"

    def _check_not_reported(self, quarter):
        """Refuse to change what an accepted report states."""
        reports = self.env["reform.quarter.report"]
        if report := reports._accepted_of(
            self.committee_id, self.jalali_year, [quarter]
        ):
            raise UserError(
                self.env._(
                    "%s was accepted: what it states does not change any more.",
                    report[0].display_name,
                )
            )


class ReformScoreReported(models.Model):
    """A score that a report states."""

    _inherit = "reform.indicator.score"

    def _check_not_reported(self):
        """Refuse to change what an accepted report states."""
        reports = self.env["reform.quarter.report"]
        for score in self.filtered("committee_id"):
            if report := reports._accepted_of(
                score.committee_id, score.jalali_year, [score.quarter]
            ):
                raise UserError(
                    self.env._(
                        "%s was accepted: what it states does not change any more.",
                        report[0].display_name,
                    )
                )
        return super()._check_not_reported()


class ReformResolutionReported(models.Model):
    """Resolutions as quarterly reports count them."""

    _inherit = "reform.resolution"

    # What quarterly reports count by.
    _quarter_idx = models.Index("(committee_id, meeting_date)")
