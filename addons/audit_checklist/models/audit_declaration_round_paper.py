from odoo import models
from odoo.tools import SQL

GAP_UNITS = 15


class AuditDeclarationRound(models.Model):
    """The consolidated report of a round: who declared what, and who did not."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.declaration.round"

    def _paper_values(self):
        """Return what the printed report says, in a fixed number of queries."""
        self.ensure_one()
        self.env.flush_all()
        declared = self.declaration_ids.filtered(
            lambda d: d.state in ("submitted", "accepted")
        )
        waiting = self.declaration_ids.filtered(
            lambda d: d.state in ("open", "returned")
        )
        states = dict(
            self.env["audit.assessment"]
            ._fields["state"]
            ._description_selection(self.env)
        )
        return {
            "title": self.env._("Consolidated Report of Declarations"),
            "number": self.env["audit.daily.report"]._number,
            "counts": {
                "invited": self.invited_count,
                "submitted": len(declared),
                "late": len(declared.filtered("is_late")),
                "missing": len(waiting),
                "documents": sum(self.declaration_ids.mapped("document_count")),
                "mean": self.mean_score if declared else None,
            },
            "sections": self._paper_sections(declared),
            "items": self._paper_items(declared),
            "declared": [
                {
                    "unit": declaration.unit_id.name,
                    "score": declaration.score if declaration.has_score else None,
                    "grade": declaration.grade_name or "",
                    "documents": declaration.document_count,
                    "late": declaration.is_late,
                    "state": states[declaration.state],
                }
                for declaration in declared.sorted(
                    lambda d: (-d.score, d.unit_id.name, d.id)
                )
            ],
            "waiting": [
                {
                    "unit": declaration.unit_id.name,
                    "state": states[declaration.state],
                    "answered": declaration.answered_count,
                    "reminders": declaration.reminder_count,
                    "reminded_on": declaration.reminded_on,
                    "people": declaration.unit_id._representatives(
                        declaration.programme_id
                    ).mapped("name"),
                }
                for declaration in waiting.sorted(lambda d: (d.unit_id.name, d.id))
            ],
            "gaps": self._paper_gaps(),
            "trust": self._paper_trust(),
            "signatures": [
                {"name": self.user_id.name, "role": self.env._("Programme officer")}
            ],
        }

    def _paper_sections(self, declared):
        rows = self.env["audit.section.score"]._read_group(
            [("assessment_id", "in", declared.ids), ("has_score", "=", True)],
            ["section_id"],
            ["score:avg", "score:min"],
        )
        return [
            {"letter": part.letter, "name": part.name, "mean": mean, "least": least}
            for part, mean, least in sorted(
                rows, key=lambda row: (row[0].sequence, row[0].id)
            )
        ]

    def _paper_items(self, declared):
        """Return what units declared to lack, item by item, the worst first."""
        if not declared:
            return []
        self.env.cr.execute(
            SQL(
                """
                SELECT item_id, COUNT(*) AS asked,
                       COUNT(*) FILTER (WHERE is_failed) AS failed
                  FROM audit_answer
                 WHERE assessment_id IN %s AND outcome = 'scored'
                 GROUP BY item_id HAVING COUNT(*) FILTER (WHERE is_failed) > 0
                 ORDER BY COUNT(*) FILTER (WHERE is_failed)::float / COUNT(*) DESC,
                          item_id
                """,
                tuple(declared.ids),
            )
        )
        rows = self.env.cr.fetchall()
        items = self.env["audit.checklist.item"].browse(row[0] for row in rows)
        return [
            {"label": item.label, "name": item.name, "asked": asked, "failed": failed}
            for item, (_id, asked, failed) in zip(items, rows, strict=True)
        ]

    def _paper_gaps(self):
        """Return where declared and seen lie apart most, item by item."""
        if not self.phase_id:
            return []
        rows = self.env["audit.gap.report"]._read_group(
            [("phase_id", "=", self.phase_id.id)],
            ["item_id"],
            ["declared:avg", "seen:avg", "gap:avg", "__count"],
            order="gap:avg desc, item_id",
        )
        return [
            {
                "label": item.label,
                "name": item.name,
                "declared": declared,
                "seen": seen,
                "gap": gap,
                "units": units,
            }
            for item, declared, seen, gap, units in rows
        ]

    def _paper_trust(self):
        """Return the units whose declarations hold least."""
        if not self.phase_id:
            return []
        rows = self.env["audit.credibility.report"].search(
            [("phase_id", "=", self.phase_id.id)],
            order="credibility, unit_id",
            limit=GAP_UNITS,
        )
        return [
            {
                "unit": row.unit_id.name,
                "declared": row.declared_good,
                "confirmed": row.confirmed,
                "credibility": row.credibility,
            }
            for row in rows
        ]
