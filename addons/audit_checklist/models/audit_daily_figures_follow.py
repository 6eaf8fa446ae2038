from odoo import models
from odoo.tools import SQL


class AuditDailyFigures(models.AbstractModel):
    """What follows from the visits, and what others say of the same units."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.daily.figures"

    def _findings(self, scope):
        [row] = self._rows(
            SQL(
                """
                SELECT COUNT(*) AS whole,
                       COUNT(*) FILTER (WHERE grade = 'major') AS major,
                       COUNT(*) FILTER (WHERE state = 'contested') AS contested,
                       COUNT(*) FILTER (WHERE state = 'closed') AS closed,
                       COUNT(*) FILTER (WHERE is_repeated) AS repeated,
                       COUNT(*) FILTER (WHERE grade = 'good_practice') AS good
                  FROM audit_finding
                 WHERE phase_id = %s AND NOT COALESCE(is_withdrawn, FALSE)
                """,
                scope["phase"],
            )
        )
        return row

    def _actions(self, scope):
        rows = self._rows(
            SQL(
                """
                SELECT CASE
                         WHEN action.state IN ('open', 'claimed')
                          AND action.date_due < %(day)s THEN 'overdue'
                         WHEN action.state IN ('open', 'claimed') THEN 'open'
                         WHEN finding.outcome = 'effective' THEN 'effective'
                         ELSE 'verified'
                       END AS status,
                       COUNT(*) AS count,
                       (ARRAY_AGG(unit.name || ': ' || action.name
                                  ORDER BY action.date_due, action.id))[1] AS example
                  FROM audit_action AS action
                  JOIN audit_finding AS finding ON finding.id = action.finding_id
                  JOIN audit_unit AS unit ON unit.id = finding.unit_id
                 WHERE finding.phase_id = %(phase)s AND action.state != 'cancelled'
                 GROUP BY 1
                """,
                phase=scope["phase"],
                day=scope["day"],
            )
        )
        found = {row["status"]: row for row in rows}
        return [
            {
                "status": status,
                "count": found.get(status, {}).get("count", 0),
                "example": found.get(status, {}).get("example") or "",
            }
            for status in ("open", "overdue", "verified", "effective")
        ]

    def _teams(self, scope):
        return self._rows(
            SQL(
                """
                WITH %s
                SELECT team.number, COUNT(*) AS count,
                       AVG(counted.score)::float AS mean,
                       COALESCE(SUM(photos.awaited), 0)::int AS awaited
                  FROM visited AS counted
                  JOIN audit_team AS team ON team.id = counted.team_id
                  LEFT JOIN (
                    SELECT assessment_id, COUNT(*) AS awaited FROM audit_evidence
                     WHERE state = 'awaited' GROUP BY assessment_id
                  ) AS photos ON photos.assessment_id = counted.id
                 GROUP BY team.id, team.number ORDER BY team.number
                """,
                scope["counted"],
            )
        )

    def _voiced(self, phase, scope):
        """Return what people said of each unit until that day, by SMS or on paper."""
        return SQL(
            """
            voiced AS (
                SELECT unit_id, COUNT(*) AS count, AVG(score)::float AS mean
                  FROM audit_opinion WHERE given_on BETWEEN %s AND %s
                 GROUP BY unit_id
            )
            """,
            phase.date_start,
            scope["day"],
        )

    def _opinion(self, phase, scope):
        minimum = phase.programme_id.opinion_minimum
        [row] = self._rows(
            SQL(
                """
                WITH %(counted)s, %(voiced)s
                SELECT COALESCE(SUM(voiced.count), 0)::int AS count,
                       (SUM(voiced.mean * voiced.count)
                        / NULLIF(SUM(voiced.count), 0))::float AS mean,
                       COUNT(*) FILTER (WHERE COALESCE(voiced.count, 0) < %(minimum)s)
                           AS too_few,
                       COUNT(*) FILTER (WHERE voiced.count >= %(minimum)s) AS enough
                  FROM counted LEFT JOIN voiced ON voiced.unit_id = counted.unit_id
                """,
                counted=scope["counted"],
                voiced=self._voiced(phase, scope),
                minimum=minimum,
            )
        )
        return row | {"minimum": minimum}

    def _reported(self, phase, scope):
        """Return results of other bodies in this programme: shown and counted apart."""
        return self._rows(
            SQL(
                """
                SELECT assessment.reported_by AS body, COUNT(*) AS count,
                       AVG(assessment.score)::float AS mean,
                       MIN(assessment.score)::float AS least,
                       MAX(assessment.score)::float AS most
                  FROM audit_assessment AS assessment
                 WHERE assessment.programme_id = %(programme)s
                   AND assessment.source = 'reported' AND assessment.has_score
                   AND assessment.state IN ('submitted', 'accepted')
                   AND COALESCE(assessment.reported_on, %(day)s) <= %(day)s
                 GROUP BY assessment.reported_by ORDER BY assessment.reported_by
                """,
                programme=phase.programme_id.id,
                day=scope["day"],
            )
        )
