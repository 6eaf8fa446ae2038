from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.review import (
    by_code,
    credibility_of,
    evidence_by_code,
    gap_of,
    moment_text,
    place_of,
    shown_answer,
)

# States in which there is something to look through.
SHOWN = ("submitted", "returned", "accepted", "closed")


class AuditVisit(models.Model):
    """What an officer sees of a visit: answers, what was declared, findings, checks."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.visit"

    may_review = fields.Boolean(
        compute="_compute_may_review",
        help="An officer decides on visits that he did not make himself.",
    )
    draft_finding_count = fields.Integer(compute="_compute_draft_finding_count")

    @api.depends_context("uid")
    @api.depends("member_ids.user_id", "unit_id")
    def _compute_may_review(self):
        user = self.env.user
        is_officer = user.has_group("audit_checklist.group_programme_officer")
        for visit in self:
            # sudo: who was there counts, whatever the officer may see
            visit.may_review = (
                is_officer
                and user not in visit.sudo().member_ids.user_id
                and not visit._recusals_of(user)
            )

    def _compute_draft_finding_count(self):
        counts = dict(
            self.env["audit.finding"]._read_group(
                [("visit_id", "in", self.ids), ("state", "=", "draft")],
                ["visit_id"],
                ["__count"],
            )
        )
        for visit in self:
            visit.draft_finding_count = counts.get(visit, 0)

    def action_issue_findings(self):
        """Let the agency see what was drafted of the visit, in one go."""
        drafts = self.env["audit.finding"].search(
            [("visit_id", "in", self.ids), ("state", "=", "draft")]
        )
        drafts.action_issue()

    # === What the screen calls ===
    def add_finding(self, code, praise=False):
        """Draft a finding on an item that the score did not make one of."""
        self.ensure_one()
        self._check_reviewer()
        assessment = self.assessment_id
        answer = assessment.answer_ids.filtered(lambda a: a.item_code == code)
        if self.state not in SHOWN or not answer:
            raise UserError(self.env._("This item was not answered at the visit."))
        known = assessment.finding_ids.filtered(lambda f: f.item_code == code)
        if known:
            raise UserError(self.env._("There is a finding on this item already."))
        values = assessment._prepare_finding(answer)
        if praise:
            values |= {
                "grade": "good_practice",
                "cause_kind": False,
                "repeat_of_id": False,
                "recommendation": False,
            }
        return self.env["audit.finding"].create(values).id

    def get_review(self):
        """Return what the screen shows, as far as the user may see it."""
        self.ensure_one()
        self.check_access("read")
        assessment = self.assessment_id
        declared = self._declared_beside()
        design = assessment.version_id._frozen_design()
        seen, own = by_code(assessment), by_code(declared)
        findings = {finding.item_code: finding for finding in assessment.finding_ids}
        shown = evidence_by_code(assessment._shown_evidence())
        beside = evidence_by_code(declared.evidence_ids)
        rows = []
        for section in design["sections"]:
            for item in section["items"]:
                code = item["code"]
                answer, of_unit = seen.get(code), own.get(code)
                rows.append(
                    {
                        "code": code,
                        "label": item["label"],
                        "name": item["name"],
                        "weight": item["weight"],
                        "critical": item["critical"],
                        "section": section["code"],
                        "seen": shown_answer(item, answer, shown.get(code)),
                        "declared": shown_answer(item, of_unit, beside.get(code)),
                        "gap": gap_of(of_unit, answer),
                        "grade": item["finding_grade"],
                        "finding": self._shown_finding(findings.get(code)),
                    }
                )
        grades = self.env["audit.finding"]._fields["grade"]
        return {
            "rows": rows,
            "grades": dict(grades._description_selection(self.env)),
            "result": self._shown_result(assessment),
            "declared": self._shown_result(declared),
            "credibility": credibility_of(rows, seen, own),
            "checks": self._review_checks(),
            "course": self._shown_course(),
            "inspectors": [
                {"name": m.user_id.name, "lead": m.is_lead} for m in self.member_ids
            ],
            "may_add": self.may_review and self.state in SHOWN,
        }

    def _declared_beside(self):
        """Return what the unit declared in this phase, where the user may see it."""
        return self.env["audit.assessment"].search(
            [
                ("kind", "=", "self_declaration"),
                ("unit_id", "=", self.unit_id.id),
                ("phase_id", "=", self.phase_id.id),
                ("state", "in", ("submitted", "accepted")),
            ],
            limit=1,
        )

    def _shown_result(self, assessment):
        if not assessment:
            return None
        return {
            "score": assessment.score if assessment.has_score else None,
            "uncapped": assessment.score_uncapped,
            "capped": assessment.critical_count > 0,
            "grade": assessment.grade_name or "",
            "tint": assessment.grade_tint or "",
            "sections": [
                {
                    "letter": part.section_id.letter,
                    "name": part.section_id.name,
                    "score": part.score if part.has_score else None,
                }
                for part in assessment.section_score_ids
            ],
        }

    def _shown_course(self):
        """Return when and where the visit began and was sent, as its phone tells."""
        return [
            {
                "kind": which,
                "at": moment_text(self, moment),
                "place": place_of(self, which),
            }
            for which, moment in (("start_", self.started_at), ("end_", self.ended_at))
            if moment
        ]

    def _shown_finding(self, finding):
        if not finding:
            return None
        earlier = finding.repeat_of_id
        day = self.env["ir.qweb.field.date"]
        return {
            "id": finding.id,
            "grade": finding.grade,
            "state": dict(
                finding._fields["state"]._description_selection(self.env)
            ).get(finding.state),
            "draft": finding.state == "draft",
            "criterion": finding.criterion or "",
            "condition": finding.condition or "",
            "recommendation": finding.recommendation or "",
            "due": day.value_to_html(finding.date_due, {}) if finding.date_due else "",
            "repeats": day.value_to_html(
                (earlier.assessment_id.ended_at or earlier.create_date).date(), {}
            )
            if earlier
            else "",
        }

    # === Before it is accepted ===
    def _review_checks(self):
        """Return ``[{"status", "kind", "value"}]``: what is whole and what is not.

        ``status`` is fine, waits (may be accepted) or stops (may not).
        """
        assessment = self.assessment_id
        host = bool(self.host_signature)
        excess = assessment.is_na_excessive and not self.na_confirmed
        missing = assessment.missing_photo_count
        photos = len(assessment.evidence_ids.filtered(lambda e: e.state != "removed"))
        return [
            {
                "kind": "answers",
                "status": "stops" if assessment.is_provisional else "fine",
                "value": [assessment.answered_count, assessment.relevant_count],
            },
            {
                "kind": "conflicts",
                "status": "stops" if assessment.conflict_count else "fine",
                "value": [assessment.conflict_count],
            },
            {"kind": "inspectors", "status": "waits" if self.is_unsigned else "fine"},
            {
                "kind": "host" if host else "host_refused",
                "status": "fine" if host else "waits",
                "value": [self.host_refusal or ""],
            },
            {
                "kind": "photos" if photos else "no_photos",
                "status": "waits" if missing else "fine",
                "value": [missing, photos],
            },
            {
                "kind": "na",
                "status": "stops" if excess else "fine",
                "value": [round(100 * assessment.na_share)],
            },
            {
                "kind": "critical",
                "status": "waits" if assessment.critical_count else "fine",
                "value": [assessment.critical_count],
            },
        ]
