from odoo import models
from odoo.fields import Domain

from odoo.addons.agency_base.tools.sheets import write_sheet
from odoo.addons.jalali_calendar.tools import format_jalali, year_bounds

from ..year_rules import QUARTERS
from .reform_dossier_build import DossierFile, safe_name


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
        title = self.env._("Register of resolutions")
        yield self._sheet_file(title, headings, rows)
        yield self._paper_file(
            title, "admin_reform_committees.resolution_register", resolutions
        )

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

    # === Minutes ===

    def _minutes(self):
        """Return the minutes in force of the year, but those of closed meetings."""
        return self.env["reform.minutes"].search(
            [
                ("committee_id", "in", self._bodies().ids),
                ("meeting_id.jalali_year", "=", self.jalali_year),
                ("meeting_id.confidentiality", "!=", "confidential"),
                ("state", "=", "approved"),
            ],
            order="number",
        )

    def _minutes_files(self):
        for document in self._minutes():
            number, title = safe_name(document.number), document.display_name
            if pdf := document._pdf():
                yield DossierFile(f"{number}.pdf", title, pdf.raw)
            # signatures on paper lie beside the sealed document, as it says
            for annex, signature in enumerate(document._paper_signatures(), 1):
                scan = signature.scan_id
                yield DossierFile(
                    f"{number}-{annex}-{safe_name(scan.name)}",
                    title,
                    scan.raw,
                    str(annex),
                )

    def _minutes_faults(self):
        for document in self._minutes():
            if not document._pdf():
                yield self.env._(
                    "• The PDF of the minutes %s is not made yet.",
                    document.display_name,
                )

    def _paper_file(self, title, report, records, **data):
        """Return an official paper of the ``records`` as a file of the archive."""
        content, _type = self.env["ir.actions.report"]._render_qweb_pdf(
            report, records.ids, data=data or None
        )
        return DossierFile(f"{safe_name(title)}.pdf", title, content)

    def _sheet_file(self, title, headings, rows):
        is_persian = (self.env.lang or "").startswith("fa")
        content = write_sheet(title, headings, rows, right_to_left=is_persian)
        return DossierFile(f"{safe_name(title)}.xlsx", title, content)
