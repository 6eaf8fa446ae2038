from collections import defaultdict

from odoo import models

from .reform_dossier_build import DossierFile, safe_name

YEAR_END = "4"


class ReformDossierIndicators(models.Model):
    """The official form of the general indicators, and the evidence of each."""

    _inherit = "reform.dossier"

    # === Indicators ===

    def _year_scores(self):
        """Return the newest score of each indicator of the bodies of the dossier.

        One that is evaluated goes before one that is not; that it is not of the end
        of the year is among what is missing.
        """
        scores = self.env["reform.indicator.score"].search(
            [
                ("committee_id", "in", self._bodies().ids),
                ("jalali_year", "=", self.jalali_year),
                ("state", "!=", "draft"),
            ],
            order="indicator_id, id",
        )
        by_worth = scores.sorted(lambda each: (each.state == "evaluated", each.quarter))
        newest = {(each.indicator_id, each.committee_id): each for each in by_worth}
        return scores.filtered(lambda each: each in newest.values())

    def _indicator_rows(self):
        """Return the rows of the official form, grouped by axis."""
        axes = defaultdict(list)
        for number, score in enumerate(self._year_scores(), 1):
            indicator = score.indicator_id
            axes[indicator.axis].append(
                {
                    "number": number,
                    "name": indicator.measure or indicator.name,
                    "annexes": score.annex_numbers,
                    "body": score.committee_id.code,
                    "unit": indicator.unit,
                    "standard": indicator.standard,
                    "actual": score.accepted
                    if score.state == "evaluated"
                    else score.actual,
                    "ceiling": score.ceiling,
                    "score": score.score,
                    "strengths": score.strengths or "",
                    "weaknesses": score.weaknesses or "",
                    "improvements": score.improvements or "",
                }
            )
        return axes

    def _indicator_headings(self):
        return [
            self.env._("No."),
            self.env._("Axis"),
            self.env._("Indicator"),
            self.env._("Annex No. of the Evidence"),
            self.env._("Unit of Measure"),
            self.env._("Standard (S)"),
            self.env._("Achieved (AP)"),
            self.env._("Ceiling (W)"),
            self.env._("Score"),
            self.env._("Strengths"),
            self.env._("Weaknesses"),
            self.env._("Actions for Improvement"),
        ]

    def _indicator_files(self):
        axes = self._indicator_rows()
        rows = [
            [
                row["number"], axis, row["name"],
                row["annexes"] and f"{row['body']}: {row['annexes']}",
                row["unit"], row["standard"], row["actual"], row["ceiling"],
                row["score"], row["strengths"], row["weaknesses"], row["improvements"],
            ]
            for axis, axis_rows in axes.items()
            for row in axis_rows
        ]  # fmt: skip
        title = self.env._("Form of the general indicators")
        yield self._sheet_file(title, self._indicator_headings(), rows)
        yield self._paper_file(
            title, "admin_reform_committees.dossier_indicators", self, axes=axes
        )

    def _indicator_faults(self):
        bodies = self._bodies()
        scored = {(s.indicator_id, s.committee_id): s for s in self._year_scores()}
        indicators = self.env["reform.indicator"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("jalali_year", "=", self.jalali_year),
                ("committee_id", "in", bodies.ids),
            ]
        )
        if not indicators:
            yield self.env._("• There are no indicators of this year.")
        for indicator in indicators:
            score = scored.get((indicator, indicator.committee_id))
            is_whole = score and (score.state, score.quarter) == ("evaluated", YEAR_END)
            if not is_whole:
                yield self.env._(
                    "• %s is not evaluated at the end of the year.",
                    indicator.display_name,
                )

    # === Evidence ===

    def _annexes(self):
        return self.env["reform.annex"].search(
            [
                ("score_id.committee_id", "in", self._bodies().ids),
                ("score_id.jalali_year", "=", self.jalali_year),
                ("score_id.state", "=", "evaluated"),
            ]
        )

    def _evidence_files(self):
        rows = []
        for annex in self._annexes().sorted(
            lambda annex: (
                annex.score_id.committee_id.code,
                annex.score_id.quarter,
                annex.number,
            )
        ):
            score = annex.score_id
            place = f"{score.committee_id.code}/Q{score.quarter}"
            rows.append(
                [
                    score.committee_id.code,
                    int(score.quarter),
                    annex.number,
                    annex.name,
                    annex._kind_label(),
                    annex._reference(),
                    score.indicator_id.display_name,
                ]
            )
            if annex.kind == "file":
                name = f"{annex.number:03d}-{safe_name(annex.filename or annex.name)}"
                yield DossierFile(
                    f"{place}/{name}", annex.name, annex._content(), str(annex.number)
                )
        headings = [
            self.env._("Body"),
            self.env._("Quarter"),
            self.env._("Annex No."),
            self.env._("Title"),
            self.env._("Kind"),
            self.env._("Reference"),
            self.env._("Indicator"),
        ]
        yield self._sheet_file(self.env._("Index of the evidence"), headings, rows)

    def _evidence_faults(self):
        for score in self._year_scores():
            if not score.annex_ids:
                yield self.env._(
                    "• %s has no evidence.", score.indicator_id.display_name
                )
