from odoo import api, models
from odoo.tools import SQL

from odoo.addons.agency_base.tools import listed, localize_digits

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
            "totals": self._totals(phase, days, day) | self._visited(phase, scope),
            "shut": self._shut(phase, scope),
            "scores": self._scores(scope),
            "bands": self._bands(phase, scope),
            "best": self._ranked(phase, scope, SQL("DESC")),
            "worst": self._ranked(phase, scope, SQL("ASC")),
            "failed": self._failed(scope),
            "critical": self._critical(phase, scope),
            "gap": self._gap(scope),
            "credibility": self._credibility(phase, scope),
            "findings": self._findings(scope),
            "actions": self._actions(scope),
            "teams": self._teams(scope),
            "opinion": self._opinion(phase, scope),
            "reported": self._reported(phase, scope),
        }

    def _scope(self, phase, day):
        """Return what counts, as common table expressions.

        ``visited`` has every visit, ``counted`` the last one of each unit: a follow-up
        takes the place of what it followed.
        """
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
                visited AS (
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
                ), counted AS (
                    SELECT DISTINCT ON (unit_id) * FROM visited
                     ORDER BY unit_id, done_on DESC, id DESC
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

    def _ranked(self, phase, scope, direction):
        """Return the first units with their ranks; equal scores share one.

        Of those that a failed critical item holds at one score, those come first that
        would without it.
        """
        return self._rows(
            SQL(
                """
                WITH %(counted)s, %(voiced)s
                SELECT RANK() OVER (ORDER BY ROUND(counted.score::numeric, 2)
                                    %(direction)s)::int AS rank,
                       unit.id AS unit, unit.name, counted.score::float AS score,
                       counted.score_uncapped::float AS uncapped,
                       counted.critical_count > 0 AS is_capped,
                       voiced.mean AS opinion, COALESCE(voiced.count, 0) AS opinions
                  FROM counted JOIN audit_unit AS unit ON unit.id = counted.unit_id
                  LEFT JOIN voiced ON voiced.unit_id = counted.unit_id
                 ORDER BY 1, counted.score_uncapped %(direction)s, unit.name, unit.id
                 LIMIT %(limit)s
                """,
                counted=scope["counted"],
                voiced=self._voiced(phase, scope),
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
                "label": localize_digits(item.label, self.env.lang),
                "name": item.name,
            }
            row["share"] = row["failed"] / row["asked"]
        return rows

    def _critical(self, phase, scope):
        rows = self._rows(
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
        labels = self._labels(phase)
        return [
            row | {"codes": labelled(row["codes"], labels, self.env.lang)}
            for row in rows
        ]

    def _labels(self, phase):
        """Return ``{code: how readers of the report know the item}``."""
        return {
            item.code: localize_digits(item.label, self.env.lang)
            for item in phase.version_id.item_ids
        }


def labelled(codes, labels, lang):
    """Return a list of codes, as assessments keep it, in the labels of readers."""
    return listed((labels.get(code, code) for code in (codes or "").split(", ")), lang)
