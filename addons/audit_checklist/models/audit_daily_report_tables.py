from odoo import api, models
from odoo.tools import SQL

from odoo.addons.agency_base.tools.sheets import write_book

from .audit_daily_figures import labelled


class AuditDailyFigures(models.AbstractModel):
    """The full tables at the end of a phase, frozen with its figures."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.daily.figures"

    @api.model
    def _tables(self, phase, day):
        """Return ``[{title, headings, rows}]`` of all units, items and teams."""
        scope = self._scope(phase, day)
        return [
            self._table_units(phase, scope),
            self._table_agencies(scope),
            self._table_items(scope),
            self._table_teams(scope),
            self._table_reported(phase),
            self._table_findings(scope),
            self._table_causes(scope),
        ]

    def _table_units(self, phase, scope):
        rows = self._rows(
            SQL(
                """
                WITH %(counted)s, %(declared)s, %(voiced)s
                SELECT RANK() OVER (ORDER BY ROUND(counted.score::numeric, 2) DESC)::int
                           AS rank,
                       unit.name, zone.name AS zone, counted.score::float AS score,
                       counted.grade, counted.critical_codes AS codes,
                       own.score::float AS declared, voiced.mean AS opinion,
                       COALESCE(voiced.count, 0) AS opinions
                  FROM counted
                  JOIN audit_unit AS unit ON unit.id = counted.unit_id
                  LEFT JOIN audit_zone AS zone ON zone.id = unit.zone_id
                  LEFT JOIN declared ON declared.unit_id = counted.unit_id
                  LEFT JOIN voiced ON voiced.unit_id = counted.unit_id
                  LEFT JOIN audit_assessment AS own ON own.id = declared.id
                 ORDER BY 1, unit.name, unit.id
                """,
                counted=scope["counted"],
                declared=self._declared(scope),
                voiced=self._voiced(phase, scope),
            )
        )
        minimum = phase.programme_id.opinion_minimum
        bands = phase.version_id.grade_scale_id.band_ids
        names = {band.code: band.name for band in bands}
        labels = self._labels(phase)
        return {
            "title": self.env._("Units"),
            "headings": [
                self.env._("Rank"),
                self.env._("Unit"),
                self.env._("Zone"),
                self.env._("Score"),
                self.env._("Grade"),
                self.env._("Critical Failures"),
                self.env._("Declared"),
                self.env._("Gap"),
                self.env._("Public Opinion, of 5"),
                self.env._("Opinions"),
                self.env._("Remark"),
            ],
            "rows": [
                [
                    row["rank"],
                    row["name"],
                    row["zone"] or "",
                    round(row["score"], 2),
                    names.get(row["grade"], ""),
                    labelled(row["codes"], labels, self.env.lang),
                    _rounded(row["declared"]),
                    _rounded(row["declared"], row["score"]),
                    _rounded(row["opinion"]),
                    row["opinions"],
                    self.env._("Too few opinions")
                    if 0 < row["opinions"] < minimum
                    else "",
                ]
                for row in rows
            ],
        }

    def _table_items(self, scope):
        rows = self._rows(
            SQL(
                """
                WITH %s
                SELECT MAX(answer.item_id) AS item, COUNT(*) AS asked,
                       COUNT(*) FILTER (WHERE answer.outcome = 'na') AS na,
                       COUNT(*) FILTER (WHERE answer.is_failed) AS failed,
                       (AVG(answer.ratio)
                        FILTER (WHERE answer.outcome = 'scored'))::float AS ratio
                  FROM audit_answer AS answer
                  JOIN counted ON counted.id = answer.assessment_id
                 WHERE answer.outcome IN ('scored', 'na')
                 GROUP BY answer.item_code
                """,
                scope["counted"],
            )
        )
        items = self.env["audit.checklist.item"].browse(row["item"] for row in rows)
        whole = sorted(
            zip(items, rows, strict=True),
            key=lambda pair: (
                pair[0].section_id.sequence,
                pair[0].sequence,
                pair[0].id,
            ),
        )
        return {
            "title": self.env._("Items"),
            "headings": [
                self.env._("Code"),
                self.env._("Item"),
                self.env._("Asked"),
                self.env._("Not Applicable"),
                self.env._("Failed"),
                self.env._("Mean, Percent"),
            ],
            "rows": [
                [
                    item.label,
                    item.name,
                    row["asked"],
                    row["na"],
                    row["failed"],
                    None if row["ratio"] is None else round(100 * row["ratio"], 1),
                ]
                for item, row in whole
            ],
        }

    def _table_teams(self, scope):
        return {
            "title": self.env._("Teams"),
            "headings": [
                self.env._("Team"),
                self.env._("Visits"),
                self.env._("Mean Score"),
                self.env._("Photos Awaited"),
            ],
            "rows": [
                [row["number"], row["count"], round(row["mean"], 2), row["awaited"]]
                for row in self._teams(scope)
            ],
        }

    def _table_reported(self, phase):
        """Return what other bodies reported of the same programme, unit by unit."""
        results = self.env["audit.assessment"].search(
            [
                ("programme_id", "=", phase.programme_id.id),
                ("source", "=", "reported"),
                ("state", "in", ("submitted", "accepted")),
                ("has_score", "=", True),
            ],
            order="reported_by, score desc, id",
        )
        return {
            "title": self.env._("Reported by Other Bodies"),
            "headings": [
                self.env._("Body"),
                self.env._("Unit"),
                self.env._("Score"),
                self.env._("Grade"),
            ],
            "rows": [
                [
                    result.reported_by,
                    result.unit_id.name,
                    round(result.score, 2),
                    result.grade_name or "",
                ]
                for result in results
            ],
        }

    def _table_findings(self, scope):
        findings = self.env["audit.finding"].search(
            [("phase_id", "=", scope["phase"])], order="unit_id, item_code, id"
        )
        grades = dict(findings._fields["grade"]._description_selection(self.env))
        states = dict(findings._fields["state"]._description_selection(self.env))
        return {
            "title": self.env._("Findings"),
            "headings": [
                self.env._("Unit"),
                self.env._("Code"),
                self.env._("Finding"),
                self.env._("Grade of the Finding"),
                self.env._("State"),
            ],
            "rows": [
                [
                    finding.unit_id.name,
                    finding.item_id.label,
                    finding.name,
                    grades[finding.grade],
                    states[finding.state],
                ]
                for finding in findings
            ],
        }


class AuditDailyReport(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.daily.report"

    def _sheet(self):
        """Return the frozen tables as a workbook."""
        self.ensure_one()
        lang = self.env["agency.seal"]._seal_lang(self.company_id)
        tables = self._read_figures().get("tables", [])
        return write_book(
            [(table["title"], table["headings"], table["rows"]) for table in tables],
            right_to_left=lang.startswith(("fa", "ar")),
        )


def _rounded(value, less=0.0):
    return None if value is None else round(value - less, 2)
