from datetime import datetime, time, timedelta

from odoo import api, fields, models

from odoo.addons.jalali_calendar.tools import quarter_bounds

from ..year_rules import QUARTERS
from .reform_demo_clock import story_clock
from .reform_demo_story import FRIDAY, ONE_DAY, THURSDAY

# Days after the end of a quarter.
REPORTED, DECLARED, EVALUATED, SUBMITTED, DECIDED = 2, 4, 9, 12, 18
# In the first two weeks of a year nobody is at work.
NEW_YEAR = 13
OPENING = time(6, 5)
APART = timedelta(minutes=7)


class ReformDemoQuarters(models.AbstractModel):
    """The scores and reports of the demo quarters, in the days after each of them."""

    _inherit = "reform.demo.story"

    def _after_quarter(self, record, days, place=0, quarter=None):
        """Return a time of a working day, ``days`` after the quarter of ``record``."""
        quarter = int(quarter or record.quarter)
        ended = quarter_bounds(record.jalali_year, quarter)[1]
        days += NEW_YEAR if quarter == len(QUARTERS) else 0
        moment = datetime.combine(ended, OPENING) + days * ONE_DAY + place * APART
        return min(self._working_day(moment), fields.Datetime.now())

    def _working_day(self, moment):
        """Return the hour on the Saturday after, where it falls on a weekend."""
        if moment.weekday() in (THURSDAY, FRIDAY):
            moment += (FRIDAY + 1 - moment.weekday()) * ONE_DAY
        return moment

    def _date_talk(self, records, moment):
        """Let what the last act noted be of the moment, and of who acted.

        The story clock does not reach the default of a field.
        """
        noted = records.message_ids.filtered(lambda message: message.date > moment)
        noted.write({"date": moment, "author_id": records.env.user.partner_id.id})

    def _by_first(self, record, users):
        """Return ``record`` as the first of ``users`` acts on it, else a deputy."""
        return self._by(record, users[:1] or self._ref("user_reformadmin"))

    def _run_by(self, record):
        """Return ``record`` as the secretary of its body acts on it."""
        return self._by_first(record, record.committee_id.secretary_id.user_ids)

    # === Programmes ===

    @api.model
    def _report_line(self, ids, quarter, percent, note=None):
        """Let the owner of a line of a programme report on it."""
        line = self.env["reform.plan.line"].browse(ids)
        plan, place = line.plan_id, line.sequence // 10
        users = line.owner_id.user_ids or plan.committee_id.secretary_id.user_ids
        with story_clock() as set_clock:
            set_clock(self._after_quarter(plan, REPORTED, place, quarter))
            self._by_first(line, users)._report(quarter, percent, note)

    # === Scores ===

    @api.model
    def _declare_scores(self, scores):
        """Let secretaries declare figures of bodies, and liaisons those of offices."""
        with story_clock() as set_clock:
            for place, score in enumerate(scores):
                secretaries = score.committee_id.secretary_id.user_ids
                people = secretaries or score.department_id.reform_liaison_ids
                acting = self._by_first(score, people)
                moment = self._after_quarter(score, DECLARED, place)
                set_clock(moment)
                acting.action_declare()
                self._date_talk(acting, moment)
                set_clock(None)

    @api.model
    def _evaluate_scores(self, scores):
        """Let the office accept what was declared."""
        with story_clock() as set_clock:
            for place, score in enumerate(scores):
                set_clock(self._after_quarter(score, EVALUATED, place))
                self._by(score, self._ref("user_reformoffice")).action_evaluate()
                set_clock(None)

    @api.model
    def _begin_drafts(self, records):
        """Let what is still a draft have been begun with what was declared."""
        for place, record in enumerate(records):
            moment = self._after_quarter(record, DECLARED, place)
            self._date_talk(self._run_by(record), moment)

    # === Reports ===

    @api.model
    def _report_quarters(self, reports, accepted):
        """Let secretaries submit reports, and the office accept some of them."""
        with story_clock() as set_clock:
            for place, report in enumerate(reports):
                acting = self._run_by(report)
                moment = self._after_quarter(report, SUBMITTED, place)
                set_clock(moment)
                acting.action_submit()
                self._date_talk(acting, moment)
                set_clock(None)
            for place, report in enumerate(accepted):
                set_clock(self._after_quarter(report, DECIDED, place))
                self._by(report, self._ref("user_reformoffice")).action_accept()
                set_clock(None)

    @api.model
    def _return_report(self, report, reason):
        """Let the office give a report back."""
        self._by(report, self._ref("user_reformoffice")).write(
            {"state": "draft", "reason": reason}
        )
