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
            self._year_entry("plan", plan, plan.committee_id, False, self._sender(plan))
            for plan in waiting
        ]

    def _reports_to_accept(self):
        reports = self.env["reform.quarter.report"]
        if not reports._has_role("reform_office"):
            return []
        return [
            self._year_entry(
                "report",
                report,
                report.committee_id,
                self._day_of(report.submitted_at, report.company_id),
                self._sender(report),
            )
            for report in reports.search([("state", "=", "submitted")], limit=SHOWN)
        ]

    def _evidence_to_hand_in(self):
        units = self.env["reform.indicator.score"]._liaison_departments()
        if not units:
            return []
        lines = self.env["reform.evidence.call.line"].search(
            [("department_id", "in", units.ids), ("is_open", "=", True)], limit=SHOWN
        )
        entries = []
        for line in lines:
            # sudo: a liaison does not see the call, nor whose it is
            body = line.sudo().call_id.committee_id
            entries.append(
                self._year_entry("evidence", line, body, line.due_on, line.asked)
            )
        return entries

    def _reviews_to_give(self):
        reviews = self.env["reform.suggestion.review"].search(
            [("reviewer_id", "=", self.env.uid), ("state", "=", "asked")], limit=SHOWN
        )
        entries = []
        for review in reviews:
            # sudo: a reviewer need not see which committee decides
            body = review.sudo().suggestion_id.committee_id
            entries.append(self._year_entry("review", review, body, review.due_on))
        return entries

    def _year_entry(self, kind, record, body, day, sub=""):
        return self._entry(kind, record, record.display_name, body, day, [sub])

    def _sender(self, record):
        # sudo: who decides on it sees who sent it
        return record.sudo().submitted_by_id.name

    def _facts_plan(self, plan):
        return [[self.env._("Submitted by"), self._sender(plan)]]

    def _facts_report(self, report):
        return [[self.env._("Submitted by"), self._sender(report)]]

    def _facts_evidence(self, line):
        return [
            [self.env._("Asked for"), line.asked or ""],
            [self.env._("Until"), day_text(self.env, line.due_on)],
            [self.env._("Reason"), line.reason or ""],
        ]

    def _facts_review(self, review):
        return [[self.env._("Until"), day_text(self.env, review.due_on)]]
