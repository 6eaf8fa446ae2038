from odoo import models
from odoo.tools import SQL

from ..tools.results import AGENCIES


class AuditDailyFigures(models.AbstractModel):
    """What the end of a phase adds up: its agencies, and the causes that come back."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.daily.figures"

    def _table_agencies(self, scope):
        """Return agencies by what all their units make together."""
        rows = self._rows(
            SQL(
                """
                WITH %(counted)s, %(agencies)s
                SELECT RANK() OVER (ORDER BY ROUND(agencies.score::numeric, 2)
                                    DESC)::int AS rank,
                       unit.name, agencies.unit_count, agencies.score::float AS score,
                       agencies.lowest::float AS lowest,
                       agencies.highest::float AS highest,
                       agencies.critical_count::int AS critical
                  FROM agencies JOIN audit_unit AS unit ON unit.id = agencies.agency_id
                 ORDER BY 1, unit.name, unit.id
                """,
                counted=scope["counted"],
                agencies=AGENCIES,
            )
        )
        return {
            "title": self.env._("Agencies"),
            "headings": [
                self.env._("Rank"),
                self.env._("Agency"),
                self.env._("Units Scored"),
                self.env._("Score"),
                self.env._("Lowest Unit"),
                self.env._("Highest Unit"),
                self.env._("Critical Failures"),
            ],
            "rows": [
                [
                    row["rank"],
                    row["name"],
                    row["unit_count"],
                    round(row["score"], 2),
                    round(row["lowest"], 2),
                    round(row["highest"], 2),
                    row["critical"],
                ]
                for row in rows
            ],
        }

    def _table_causes(self, scope):
        """Return the kinds of cause, those behind most findings first.

        The last column adds the shares up: few causes make most of the findings.
        """
        rows = self._rows(
            SQL(
                """
                SELECT finding.cause_kind AS cause, COUNT(*) AS count,
                       COUNT(*) FILTER (WHERE finding.grade = 'major') AS major,
                       COUNT(*) FILTER (WHERE finding.is_repeated) AS repeated,
                       COUNT(DISTINCT finding.unit_id) AS units
                  FROM audit_finding AS finding
                 WHERE finding.phase_id = %(phase)s
                   AND finding.grade != 'good_practice'
                   AND NOT COALESCE(finding.is_withdrawn, FALSE)
                 GROUP BY finding.cause_kind
                 ORDER BY COUNT(*) DESC, finding.cause_kind
                """,
                phase=scope["phase"],
            )
        )
        field = self.env["audit.finding"]._fields["cause_kind"]
        names = dict(field._description_selection(self.env))
        whole, so_far, lines = sum(row["count"] for row in rows), 0, []
        for row in rows:
            so_far += row["count"]
            lines.append(
                [
                    names.get(row["cause"], self.env._("Not said")),
                    row["count"],
                    row["major"],
                    row["repeated"],
                    row["units"],
                    round(100 * row["count"] / whole, 1),
                    round(100 * so_far / whole, 1),
                ]
            )
        return {
            "title": self.env._("Recurring Causes"),
            "headings": [
                self.env._("Kind of Cause"),
                self.env._("Findings"),
                self.env._("Major"),
                self.env._("Repeated"),
                self.env._("Units"),
                self.env._("Share, Percent"),
                self.env._("Together, Percent"),
            ],
            "rows": lines,
        }
