from odoo import api, models
from odoo.fields import Domain

from ..texts import day_text
from .reform_desk import SHOWN


class ReformDeskYear(models.AbstractModel):
    """What the work of the year asks of the user: to decide, to hand in, to review."""

    _inherit = "reform.desk"

    @api.model
    def _desk_entries(self):
        return [
            *super()._desk_entries(),
            *self._plans_to_approve(),
            *self._reports_to_accept(),
            *self._evidence_to_hand_in(),
            *self._reviews_to_give(),
        ]

    @api.model
    def _opened(self):
        return super()._opened() | {
            "plan": "reform.plan",
            "report": "reform.quarter.report",
            "evidence": "reform.evidence.call.line",
            "review": "reform.suggestion.review",
        }

    def _plans_to_approve(self):
        plans = self.env["reform.plan"]
        if not plans._has_role("approver"):
            return []
        waiting = plans.search(
            Domain("state", "=", "submitted")
            & Domain("committee_id.user_approves", "=", True)
            & Domain("submitted_by_id", "!=", self.env.uid),
            limit=SHOWN,
        )
        return [
            # sudo: who decides on it sees who sent it
            self._year_entry("plan", plan, False, plan.sudo().submitted_by_id.name)
            for plan in waiting
        ]

    def _reports_to_accept(self):
        reports = self.env["reform.quarter.report"]
        if not reports._has_role("reform_office"):
            return []
        waiting = reports.search([("state", "=", "submitted")], limit=SHOWN)
        return [
            self._year_entry(
                "report",
                report,
                self._day_of(report.submitted_at, report.company_id),
                report.submitted_by_id.name,
            )
            for report in waiting
        ]

    def _evidence_to_hand_in(self):
        units = self.env["reform.indicator.score"]._liaison_departments()
        lines = self.env["reform.evidence.call.line"]
        asked = units and lines.search(
            [("department_id", "in", units.ids), ("is_open", "=", True)], limit=SHOWN
        )
        return [
            self._year_entry("evidence", line, line.due_on, line.asked)
            for line in asked or ()
        ]

    def _reviews_to_give(self):
        asked = self.env["reform.suggestion.review"].search(
            [("reviewer_id", "=", self.env.uid), ("state", "=", "asked")], limit=SHOWN
        )
        return [
            self._year_entry("review", review, review.due_on, "") for review in asked
        ]

    def _year_entry(self, kind, record, day, sub):
        # sudo: who must act on something sees what it is of
        body = self._body_of(record.sudo())
        return self._entry(kind, record, record.display_name, body, day, [sub])

    def _body_of(self, record_sudo):
        if record_sudo._name == "reform.evidence.call.line":
            record_sudo = record_sudo.call_id
        elif record_sudo._name == "reform.suggestion.review":
            record_sudo = record_sudo.suggestion_id
        return record_sudo.committee_id

    def _facts_plan(self, plan):
        # sudo: who decides on it sees who sent it
        return [[self.env._("Submitted by"), plan.sudo().submitted_by_id.name]]

    def _facts_report(self, report):
        return [[self.env._("Submitted by"), report.submitted_by_id.name]]

    def _facts_evidence(self, line):
        return [
            [self.env._("Asked for"), line.asked or ""],
            [self.env._("Until"), day_text(self.env, line.due_on)],
            [self.env._("Reason"), line.reason or ""],
        ]

    def _facts_review(self, review):
        return [[self.env._("Until"), day_text(self.env, review.due_on)]]
