from odoo import models

from odoo.addons.agency_base.tools.canonical import canonical, sha256

from ..tools import score


class AuditAssessment(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.assessment"

    def _score_context(self):
        """Return what the score asks about the unit."""
        self.ensure_one()
        visited = self.unit_id._has_earlier_visit(self.started_at or None)
        return {
            "unit_kind": self.unit_id.kind_id.code,
            "has_earlier_visit": bool(visited),
        }

    def _answers_for_score(self):
        """Return the answers as `tools.scoring` reads them."""
        self.ensure_one()
        return {answer.item_code: answer.payload or {} for answer in self.answer_ids}

    def _answers_digest(self):
        """Return the SHA-256 of the answers, as it is kept at submission."""
        self.ensure_one()
        return sha256(canonical(self._answers_for_score()))

    def _rescore(self, design=None, context=None):
        """Compute the score from the answers and write it down with the sections."""
        for assessment in self:
            # sudo: the result follows from the answers, whoever gave them
            assessment_sudo = assessment.sudo()
            design_used = design or assessment_sudo.version_id._frozen_design()
            result = score(
                design_used,
                assessment_sudo._answers_for_score(),
                context or assessment_sudo._score_context(),
            )
            assessment_sudo._write_outcomes(result)
            assessment_sudo._write_sections(result, design_used)
            assessment_sudo.write(assessment_sudo._result_values(result))

    def _result_values(self, result):
        return {
            "score": result["score"] or 0,
            "has_score": result["score"] is not None,
            "score_uncapped": result["uncapped"] or 0,
            "grade": result["grade"],
            "critical_count": len(result["critical_failed"]),
            "critical_codes": ", ".join(result["critical_failed"]),
            "relevant_count": result["relevant_count"],
            "answered_count": result["answered_count"],
            "na_share": result["na_share"],
            "is_na_excessive": result["is_na_excessive"],
            "is_provisional": result["is_provisional"],
        }

    def _write_outcomes(self, result):
        """Write what each answer means, only where it changed, like ones together."""
        alike = {}
        for answer in self.answer_ids:
            outcome = result["items"].get(answer.item_code)
            if outcome is None:
                continue
            values = (outcome["state"], outcome["ratio"] or 0, outcome["failed"])
            if (answer.outcome, answer.ratio, answer.is_failed) != values:
                alike.setdefault(values, []).append(answer.id)
        for values, ids in alike.items():
            written = dict(zip(("outcome", "ratio", "is_failed"), values, strict=True))
            self.answer_ids.browse(ids).write(written)

    def _write_sections(self, result, design):
        known = {row.section_id.id: row for row in self.section_score_ids}
        created = []
        for section, part in zip(design["sections"], result["sections"], strict=True):
            values = {
                "score": part["score"] or 0,
                "has_score": part["score"] is not None,
                "points": part["points"],
                "maximum": part["maximum"],
                "relevant_count": part["relevant_count"],
                "answered_count": part["answered_count"],
            }
            row = known.get(section["id"])
            if row is None:
                created.append(
                    values
                    | {
                        "assessment_id": self.id,
                        "section_id": section["id"],
                    }
                )
            elif any(row[name] != value for name, value in values.items()):
                row.write(values)
        if created:
            self.env["audit.section.score"].sudo().create(created)
