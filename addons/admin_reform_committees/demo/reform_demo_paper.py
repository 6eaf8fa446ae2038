import base64
from datetime import datetime, time

from odoo import api, fields, models

from odoo.addons.agency_base.tools.sheets import write_sheet
from odoo.addons.jalali_calendar.tools import year_bounds

from .reform_demo_clock import story_clock
from .reform_demo_story import ONE_DAY

PAPERS = 3
# Whoever uses the demo has his own papers made before those of the story.
STORY, DOSSIER = 50, 60
# Days after New Year on which programmes are submitted and approved, in the morning.
WRITTEN, APPROVED = 18, 24
OPENING = time(6, 40)


class ReformDemoPaper(models.AbstractModel):
    """Which papers of the demo year are there at once, and which are queued."""

    _inherit = "reform.demo.story"

    def _render_papers(self):
        """Render the newest minutes now; the queue does the rest."""
        minutes = self.env["reform.minutes"]
        report = self.env["ir.actions.report"]._get_report(minutes._seal_report)
        if not report._is_official():
            return
        newest = minutes.search(
            [("state", "=", "approved")],
            order="approved_at desc, id desc",
            limit=PAPERS,
        )
        for each in newest:
            each.seal_id._attach_pdf()
        closed = self.env["reform.resolution"].search(
            [("state", "in", ("verified", "superseded", "revoked"))]
        )
        # what is closed was communicated on paper in its time
        done = [f"reform-excerpt-{resolution.id}" for resolution in closed]
        done += [f"seal-pdf-{seal.id}" for seal in newest.seal_id]
        self.env["agency.job"].search([("key", "in", done)]).unlink()

    @api.model
    def _approve_plans(self, plans):
        """Let secretaries submit programmes in the new year, and approvers approve."""
        deputy, now = self._ref("user_reformadmin"), fields.Datetime.now()
        with story_clock() as set_clock:
            for plan in plans:
                body = plan.committee_id
                begins = datetime.combine(year_bounds(plan.jalali_year)[0], OPENING)
                written = min(begins + WRITTEN * ONE_DAY, now)
                set_clock(written)
                acting = self._run_by(plan)
                acting.action_submit()
                self._date_talk(acting, written)
                self._date_talk(acting.line_ids, written)
                set_clock(min(begins + APPROVED * ONE_DAY, now))
                self._by(plan, body.approver_id or deputy).action_approve()

    # === Evidence ===

    def _evidence_sheet(self, title, rows):
        """Return a spreadsheet with figures of units."""
        headings = ["واحد", "اندازه", "واحد سنجش"]
        return write_sheet(title, headings, rows, right_to_left=True)

    @api.model
    def _add_sheets(self, titles):
        """Add the figures behind some scores to them, a spreadsheet each."""
        units = [self._ref(f"office_{name}") for name in ("center", "north", "south")]
        for name, title in titles:
            score = self._ref(name)
            rows = [[unit.name, score.actual, score.unit] for unit in units]
            self.env["reform.annex"].create(
                {
                    "score_id": score.id,
                    "name": title,
                    "filename": f"{title}.xlsx",
                    "file": base64.b64encode(self._evidence_sheet(title, rows)),
                }
            )

    # === Scores ===

    @api.model
    def _catalogue_of_before(self, indicators):
        """Give the year before the same catalogue."""
        for indicator in indicators:
            [name] = indicator.get_external_id().values()
            year_before = {"jalali_year": indicator.jalali_year - 1}
            self._keep(f"{name.split('.')[1]}_before", indicator.copy(year_before))

    @api.model
    def _score_year_before(self, scores, quarter, share):
        """Score the year before as a share of what the quarter now reported reached."""
        for score in scores:
            indicator = score.indicator_id
            name = indicator.get_external_id()[indicator.id].split(".")[1]
            factor = share if indicator.direction == "more" else 2 - share
            what = {
                "indicator_id": self._ref(f"{name}_before").id,
                "committee_id": score.committee_id.id,
                "quarter": quarter,
            }
            # in summer the quarter before the last one is of the year before
            if score.search_count([(key, "=", value) for key, value in what.items()]):
                continue
            before = score.create(what | {"actual": round(score.actual * factor, 1)})
            self._declare_scores(before)
            self._evaluate_scores(before)

    @api.model
    def _queue_papers(self, dossier):
        """Queue a dossier behind its papers, and all behind what users ask for."""
        self._by(dossier, self._ref("user_reformoffice")).action_build()
        waiting = self.env["agency.job"].search([("state", "=", "pending")])
        dossiers = waiting.filtered(lambda job: job.model == "reform.dossier")
        dossiers.priority = DOSSIER
        (waiting - dossiers).priority = STORY
