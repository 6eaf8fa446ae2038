from odoo import models
from odoo.tools import SQL


class AuditDailyFigures(models.AbstractModel):
    """What units declared of themselves, beside what was seen there."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.daily.figures"

    def _declared(self, scope):
        """Return what units declared of themselves in this phase, one each."""
        return SQL(
            """
            declared AS (
                SELECT DISTINCT ON (unit_id) id, unit_id
                  FROM audit_assessment
                 WHERE phase_id = %s AND kind = 'self_declaration'
                   AND state IN ('submitted', 'accepted')
                 ORDER BY unit_id, id DESC
            )
            """,
            scope["phase"],
        )

    def _gap(self, scope):
        rows = self._rows(
            SQL(
                """
                WITH %(counted)s, %(declared)s
                SELECT section.code, MAX(section.id) AS section,
                       AVG(own.score)::float AS declared,
                       AVG(seen.score)::float AS audited, COUNT(*) AS units
                  FROM counted
                  JOIN declared ON declared.unit_id = counted.unit_id
                  JOIN audit_section_score AS seen
                    ON seen.assessment_id = counted.id AND seen.has_score
                  JOIN audit_checklist_section AS section
                    ON section.id = seen.section_id
                  JOIN audit_section_score AS own
                    ON own.assessment_id = declared.id
                   AND own.section_id = seen.section_id AND own.has_score
                 GROUP BY section.code ORDER BY MIN(section.sequence), section.code
                """,
                counted=scope["counted"],
                declared=self._declared(scope),
            )
        )
        sections = self.env["audit.checklist.section"].browse(
            row["section"] for row in rows
        )
        for row, section in zip(rows, sections, strict=True):
            row |= {"label": section.letter, "name": section.name}
            row["gap"] = row["declared"] - row["audited"]
        return rows

    def _credibility(self, phase, scope):
        """Return how much of what units declared good was found to be so."""
        rows = self._rows(
            SQL(
                """
                WITH %(counted)s, %(declared)s
                SELECT unit.name, unit.id AS unit,
                       (SUM(item.weight) FILTER (WHERE seen.ratio >= 0.5)
                        / NULLIF(SUM(item.weight), 0))::float AS credibility
                  FROM counted
                  JOIN declared ON declared.unit_id = counted.unit_id
                  JOIN audit_unit AS unit ON unit.id = counted.unit_id
                  JOIN audit_answer AS seen
                    ON seen.assessment_id = counted.id AND seen.outcome = 'scored'
                  JOIN audit_answer AS own
                    ON own.assessment_id = declared.id AND own.outcome = 'scored'
                   AND own.item_code = seen.item_code AND own.ratio >= 0.5
                  JOIN audit_checklist_item AS item ON item.id = seen.item_id
                 GROUP BY unit.id, unit.name
                 ORDER BY 3 NULLS FIRST, unit.name
                """,
                counted=scope["counted"],
                declared=self._declared(scope),
            )
        )
        known = [row["credibility"] or 0 for row in rows]
        [silent] = self._rows(
            SQL(
                """
                WITH %(declared)s
                SELECT COUNT(*) AS count FROM audit_phase_unit_rel AS asked
                 WHERE asked.phase_id = %(phase)s
                   AND NOT EXISTS (SELECT FROM declared
                                    WHERE declared.unit_id = asked.unit_id)
                """,
                declared=self._declared(scope),
                phase=phase.id,
            )
        )
        return {
            "units": len(known),
            "mean": sum(known) / len(known) if known else None,
            "lowest": rows[0] | {"credibility": known[0]} if rows else None,
            "silent": silent["count"],
        }
