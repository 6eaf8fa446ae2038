from odoo import models
from odoo.tools import SQL

from .audit_daily_figures import DONE


class AuditDailyFigures(models.AbstractModel):
    """How many visits were planned and made, and where nobody was let in."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.daily.figures"

    def _days(self, scope):
        rows = self._rows(
            SQL(
                """
                SELECT day, SUM(planned)::int AS planned, SUM(done)::int AS done,
                       SUM(no_access)::int AS no_access, SUM(extra)::int AS extra
                  FROM (
                    SELECT visit.planned_on AS day,
                           (visit.kind != 'added_on_site')::int AS planned, 0 AS done,
                           (visit.state = 'no_access')::int AS no_access, 0 AS extra
                      FROM audit_visit AS visit
                     WHERE visit.phase_id = %(phase)s
                       AND visit.state NOT IN ('draft', 'cancelled')
                       AND visit.planned_on <= %(day)s
                     UNION ALL
                    SELECT %(done_on)s, 0, (visit.kind != 'added_on_site')::int, 0,
                           (visit.kind = 'added_on_site')::int
                      FROM audit_visit AS visit
                     WHERE visit.phase_id = %(phase)s
                       AND visit.state IN %(done)s
                       AND %(done_on)s <= %(day)s
                  ) AS happened
                 GROUP BY day ORDER BY day
                """,
                phase=scope["phase"],
                day=scope["day"],
                done=DONE,
                done_on=scope["done_on"],
            )
        )
        return [row | {"day": row["day"].isoformat()} for row in rows]

    def _totals(self, phase, days, day):
        names = ("planned", "done", "no_access", "extra")
        today = next((row for row in days if row["day"] == day.isoformat()), {})
        return {
            "units": len(phase.unit_ids),
            "today": {name: today.get(name, 0) for name in names},
            "to_date": {name: sum(row[name] for row in days) for name in names},
        }

    def _visited(self, phase, scope):
        """Return how many of the units of the phase were visited, extra ones apart."""
        [row] = self._rows(
            SQL(
                """
                WITH %(counted)s
                SELECT COUNT(*) AS visited FROM counted
                  JOIN audit_phase_unit_rel AS asked
                    ON asked.unit_id = counted.unit_id AND asked.phase_id = %(phase)s
                """,
                counted=scope["counted"],
                phase=phase.id,
            )
        )
        return row

    def _shut(self, phase, scope):
        """Return where nobody was let in and nobody has been since."""
        rows = self._rows(
            SQL(
                """
                WITH %(counted)s
                SELECT unit.id AS unit, unit.name, visit.planned_on AS day,
                       visit.no_access_reason AS reason
                  FROM audit_visit AS visit
                  JOIN audit_unit AS unit ON unit.id = visit.unit_id
                 WHERE visit.phase_id = %(phase)s AND visit.state = 'no_access'
                   AND visit.planned_on <= %(day)s
                   AND visit.unit_id NOT IN (SELECT unit_id FROM counted)
                 ORDER BY visit.planned_on DESC, unit.name, unit.id
                """,
                counted=scope["counted"],
                phase=phase.id,
                day=scope["day"],
            )
        )
        return [row | {"day": row["day"].isoformat()} for row in rows]
