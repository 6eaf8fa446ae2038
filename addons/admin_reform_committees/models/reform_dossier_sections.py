from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from odoo.addons.agency_base.tools.sheets import write_sheet
from odoo.addons.jalali_calendar.tools import format_jalali, year_bounds

from ..year_rules import QUARTERS
from .reform_dossier_build import DossierFile, safe_name

YEAR_END = "4"


class ReformDossierSections(models.Model):
    """What the sections of a dossier hold, and what they lack."""

    _inherit = "reform.dossier"

    # === Quarterly reports ===

    def _reports(self):
        """Return the accepted reports in force of the year, by body and quarter."""
        quarters = [quarter for quarter, _label in QUARTERS]
        return (
            self.env["reform.quarter.report"]
            ._accepted_of(self._bodies(), self.jalali_year, quarters)
            .sorted(lambda report: (report.committee_id.code, report.quarter))
        )

    def _reporting_bodies(self):
        """Return the bodies that owe reports: those under the council, or itself."""
        return self._bodies() - self.committee_id or self.committee_id

    def _report_files(self):
        for report in self._reports():
            if pdf := report._sealed_pdf():
                yield DossierFile(
                    f"{safe_name(report.number)}.pdf", report.display_name, pdf.raw
                )

    def _report_faults(self):
        found = {
            (report.committee_id, report.quarter): report for report in self._reports()
        }
        labels = dict(
            self.env["reform.quarter.report"]
            ._fields["quarter"]
            ._description_selection(self.env)
        )
        for body in self._reporting_bodies():
            for quarter, label in labels.items():
                report = found.get((body, quarter))
                if not report:
                    yield self.env._(
                        "• %(body)s: the report of %(quarter)s is not accepted.",
                        body=body.name,
                        quarter=label,
                    )
                elif not report._sealed_pdf():
                    yield self.env._(
                        "• %(body)s: the PDF of the report of %(quarter)s is not made "
                        "yet.",
                        body=body.name,
                        quarter=label,
                    )

    # === Resolutions ===

    def _resolutions(self):
        first, last = year_bounds(self.jalali_year)
        return self.env["reform.resolution"].search(
            Domain("committee_id", "in", self._bodies().ids)
            & Domain("meeting_date", ">=", first)
            & Domain("meeting_date", "<=", last)
            & Domain("state", "!=", "draft")
            & Domain("meeting_id.confidentiality", "!=", "confidential"),
            order="committee_id, meeting_date, id",
        )

    def _resolution_files(self):
        resolutions = self._resolutions()
        states = dict(resolutions._fields["state"]._description_selection(self.env))
        rows = [
            [
                resolution.number,
                resolution.committee_id.name,
                format_jalali(resolution.meeting_date),
                resolution.text,
                resolution.responsible_id.name or "",
                (resolution.due_on and format_jalali(resolution.due_on)) or "",
                states[resolution.state],
            ]
            for resolution in resolutions
        ]
        headings = [
            self.env._("Number"),
            self.env._("Body"),
            self.env._("Date"),
            self.env._("Resolution"),
            self.env._("Responsible"),
            self.env._("Deadline"),
            self.env._("State"),
        ]
        yield self._sheet_file(self.env._("Register of resolutions"), headings, rows)

    def _resolution_faults(self):
        first, last = year_bounds(self.jalali_year)
        unapproved = self.env["reform.meeting"].search(
            Domain("committee_id", "in", self._bodies().ids)
            & Domain("meeting_date", ">=", first)
            & Domain("meeting_date", "<=", last)
            & Domain("state", "in", ("held", "minutes_review"))
        )
        for meeting in unapproved:
            yield self.env._(
                "• The minutes of %s are not approved.", meeting.display_name
            )

    # === Achievements ===

    def _achievement_files(self):
        rows = [
            [report.committee_id.name, report.number, text.strip()]
            for report in self._reports()
            for text in (report.achievements or "").split("\n")
            if text.strip()
        ]
        headings = [
            self.env._("Body"),
            self.env._("Report"),
            self.env._("Achievement"),
        ]
        yield self._sheet_file(self.env._("Achievements"), headings, rows)

    # === Indicators ===

    def _year_scores(self):
        """Return the scores at the end of the year of the bodies of the dossier."""
        return self.env["reform.indicator.score"].search(
            [
                ("committee_id", "in", self._bodies().ids),
                ("jalali_year", "=", self.jalali_year),
                ("quarter", "=", YEAR_END),
            ],
            order="indicator_id, id",
        )

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
                row["number"], axis, row["name"], f"{row['body']}: {row['annexes']}",
                row["unit"], row["standard"], row["actual"], row["ceiling"],
                row["score"], row["strengths"], row["weaknesses"], row["improvements"],
            ]
            for axis, axis_rows in axes.items()
            for row in axis_rows
        ]  # fmt: skip
        title = self.env._("Form of the general indicators")
        yield self._sheet_file(title, self._indicator_headings(), rows)
        report = self.env["ir.actions.report"]
        content, _type = report._render_qweb_pdf(
            "admin_reform_committees.dossier_indicators",
            self.ids,
            data={"axes": axes},
        )
        yield DossierFile(f"{safe_name(title)}.pdf", title, content)

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
            if not score or score.state != "evaluated":
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

    # === Minutes ===

    def _minutes_files(self):
        minutes = self.env["reform.minutes"].search(
            [
                ("committee_id", "in", self._bodies().ids),
                ("meeting_id.jalali_year", "=", self.jalali_year),
                ("meeting_id.confidentiality", "!=", "confidential"),
                ("state", "=", "approved"),
            ],
            order="number",
        )
        for document in minutes:
            if pdf := document._pdf():
                yield DossierFile(
                    f"{safe_name(document.number)}.pdf", document.display_name, pdf.raw
                )

    def _sheet_file(self, title, headings, rows):
        is_persian = (self.env.lang or "").startswith("fa")
        content = write_sheet(title, headings, rows, right_to_left=is_persian)
        return DossierFile(f"{safe_name(title)}.xlsx", title, content)
