from odoo import api, models
from odoo.tools import SQL

from ..tools import digits_of

BEST = 5
MOST_FAILED = 10
DONE = ("submitted", "returned", "accepted", "closed")


class AuditDailyFigures(models.AbstractModel):
    """What a report of a day says, counted by PostgreSQL in a fixed number of queries.

    All of it counts what was there until the end of ``day``: the same figures come out
    however many assessments there are, in the same number of queries.
    """

    _name = "audit.daily.figures"
    _description = "Figures of a Daily Report"

    @api.model
    def _figures(self, phase, day):
        """Return the figures of ``phase`` on ``day``, fit for JSON."""
        self.env.flush_all()
        scope = self._scope(phase, day)
        days = self._days(scope)
        return {
            "days": days,
            "totals": self._totals(phase, days, day),
            "scores": self._scores(scope),
            "bands": self._bands(phase, scope),
            "best": self._ranked(scope, SQL("DESC")),
            "worst": self._ranked(scope, SQL("ASC")),
            "failed": self._failed(scope),
            "critical": self._critical(scope),
            "gap": self._gap(scope),
            "credibility": self._credibility(phase, scope),
            "findings": self._findings(scope),
            "actions": self._actions(scope),
            "teams": self._teams(scope),
            "opinion": self._opinion(phase, scope),
        }

    def _scope(self, phase, day):
        """Return the assessments that count, as a common table expression."""
        done_on = SQL(
            "(COALESCE(visit.ended_at, visit.submitted_at)"
            " AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
            phase.company_id.agency_tz,
        )
        return {
            "phase": phase.id,
            "day": day,
            "done_on": done_on,
            "counted": SQL(
                """
                counted AS (
                    SELECT assessment.id, assessment.unit_id, assessment.score,
                           assessment.score_uncapped, assessment.critical_count,
                           assessment.critical_codes, assessment.version_id,
                           assessment.grade, visit.team_id, visit.id AS visit_id,
                           %(done_on)s AS done_on
                      FROM audit_assessment AS assessment
                      JOIN audit_visit AS visit ON visit.id = assessment.visit_id
                     WHERE assessment.phase_id = %(phase)s
                       AND assessment.state NOT IN ('open', 'superseded')
                       AND assessment.has_score
                       AND visit.state IN %(done)s
                       AND %(done_on)s <= %(day)s
                )
                """,
                phase=phase.id,
                day=day,
                done=DONE,
                done_on=done_on,
            ),
        }

    def _rows(self, query):
        self.env.cr.execute(query)
        return self.env.cr.dictfetchall()

    # === Visits ===
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

    # === Scores ===
    def _scores(self, scope):
        [row] = self._rows(
            SQL(
                """
                WITH %(counted)s
                SELECT COUNT(*) AS count, AVG(score)::float AS mean,
                       STDDEV_POP(score)::float AS spread,
                       (AVG(score) FILTER (WHERE done_on < %(day)s))::float AS before,
                       (AVG(score) FILTER (WHERE done_on = %(day)s))::float AS today
                  FROM counted
                """,
                counted=scope["counted"],
                day=scope["day"],
            )
        )
        return row

    def _bands(self, phase, scope):
        rows = self._rows(
            SQL(
                "WITH %s SELECT grade, COUNT(*) AS count FROM counted GROUP BY grade",
                scope["counted"],
            )
        )
        counts = {row["grade"]: row["count"] for row in rows}
        bands = phase.version_id.grade_scale_id.band_ids.sorted("minimum", reverse=True)
        return [
            {
                "code": band.code,
                "name": band.name,
                "minimum": band.minimum,
                "tint": band.tint,
                "count": counts.get(band.code, 0),
            }
            for band in bands
        ]

    def _ranked(self, scope, direction):
        """Return the first units with their ranks; equal scores share one."""
        return self._rows(
            SQL(
                """
                WITH %(counted)s
                SELECT RANK() OVER (ORDER BY ROUND(counted.score::numeric, 2)
                                    %(direction)s)::int AS rank,
                       unit.id AS unit, unit.name, counted.score::float AS score,
                       counted.score_uncapped::float AS uncapped,
                       counted.critical_count > 0 AS is_capped
                  FROM counted JOIN audit_unit AS unit ON unit.id = counted.unit_id
                 ORDER BY 1, unit.name, unit.id LIMIT %(limit)s
                """,
                counted=scope["counted"],
                direction=direction,
                limit=BEST,
            )
        )

    def _failed(self, scope):
        rows = self._rows(
            SQL(
                """
                WITH %(counted)s
                SELECT answer.item_code AS code, MAX(answer.item_id) AS item,
                       COUNT(*) FILTER (WHERE answer.is_failed) AS failed,
                       COUNT(*) AS asked
                  FROM audit_answer AS answer
                  JOIN counted ON counted.id = answer.assessment_id
                 WHERE answer.outcome = 'scored'
                 GROUP BY answer.item_code
                HAVING COUNT(*) FILTER (WHERE answer.is_failed) > 0
                 ORDER BY COUNT(*) FILTER (WHERE answer.is_failed)::float / COUNT(*)
                          DESC, answer.item_code
                 LIMIT %(limit)s
                """,
                counted=scope["counted"],
                limit=MOST_FAILED,
            )
        )
        items = self.env["audit.checklist.item"].browse(row["item"] for row in rows)
        for row, item in zip(rows, items, strict=True):
            row |= {
                "label": digits_of(item.label, self.env.lang),
                "name": item.name,
            }
            row["share"] = row["failed"] / row["asked"]
        return rows

    def _critical(self, scope):
        return self._rows(
            SQL(
                """
                WITH %s
                SELECT unit.id AS unit, unit.name, counted.critical_codes AS codes,
                       counted.score::float AS score,
                       counted.score_uncapped::float AS uncapped
                  FROM counted JOIN audit_unit AS unit ON unit.id = counted.unit_id
                 WHERE counted.critical_count > 0
                 ORDER BY unit.name, unit.id
                """,
                scope["counted"],
            )
        )

    # === Declarations ===
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

    # === What follows ===
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
                 WHERE phase_id = %s
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
                  FROM counted
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

    def _opinion(self, phase, scope):
        minimum = phase.programme_id.opinion_minimum
        [row] = self._rows(
            SQL(
                """
                WITH %(counted)s, voiced AS (
                    SELECT opinion.unit_id, COUNT(*) AS count, SUM(opinion.score) AS sum
                      FROM audit_opinion AS opinion
                     WHERE opinion.given_on BETWEEN %(start)s AND %(day)s
                       AND opinion.unit_id IN (SELECT unit_id FROM counted)
                     GROUP BY opinion.unit_id
                )
                SELECT COALESCE(SUM(voiced.count), 0)::int AS count,
                       (SUM(voiced.sum)::float / NULLIF(SUM(voiced.count), 0)) AS mean,
                       COUNT(*) FILTER (WHERE COALESCE(voiced.count, 0) < %(minimum)s)
                           AS too_few,
                       COUNT(*) FILTER (WHERE voiced.count >= %(minimum)s) AS enough
                  FROM counted LEFT JOIN voiced ON voiced.unit_id = counted.unit_id
                """,
                counted=scope["counted"],
                start=phase.date_start,
                day=scope["day"],
                minimum=minimum,
            )
        )
        return row | {"minimum": minimum}
