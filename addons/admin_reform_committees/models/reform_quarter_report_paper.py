from datetime import datetime, timezone

from odoo import api, fields, models

from odoo.addons.agency_base.models.agency_seal_document import fill_node
from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.agency_base.tools.charts import line_chart
from odoo.addons.jalali_calendar.tools import format_jalali, to_persian_digits

from .reform_quarter_report import TEXTS


class ReformQuarterReportPaper(models.Model):
    """A quarterly report on paper: what was sealed, or what a draft says today."""

    _inherit = "reform.quarter.report"

    def _draft_document(self):
        """Return a draft in the shape of what `agency.seal._document` returns."""
        self.ensure_one()
        lang = self.env["agency.seal"]._seal_lang(self.company_id)
        self.env.flush_all()
        nodes, salts = self.with_context(lang=lang)._seal_nodes(lang)
        own = {path: value for path, (_salt, value) in salts[self.id].items()}
        fill_node(nodes[self.id], own, {})
        return {
            "lang": lang,
            "number": self.number,
            "title": self.with_context(lang=lang).display_name,
            "record": nodes[self.id],
        }

    @api.model
    def _paper(self, document):
        """Return what the template shows of a document, in the reader's language."""
        node = document["record"]
        values, shown = node["fields"] | node["personal"], node["display"]
        lines = [
            {"person": ""} | child["fields"] | child["personal"]
            for child in node["children"]["line_ids"]
        ]
        sections = {
            section: [line for line in lines if line["section"] == section]
            for section, _label in self.env["reform.quarter.report.line"]
            ._fields["section"]
            .selection
        }
        return {
            "title": document["title"],
            "number": document["number"],
            "body": shown["committee_id"][0],
            "values": values,
            "texts": {name: (values[name] or "").strip() for name in TEXTS},
            "submitted_by": (shown["submitted_by_id"] or [""])[0],
            "accepted_by": (shown["accepted_by_id"] or [""])[0],
            "sections": sections,
            "course_chart": self._paper_chart(
                sections["5_course"], int(values["quarter"])
            ),
            "figure": self._paper_figure,
            "day": self._paper_day,
        }

    @api.model
    def _paper_chart(self, rows, reached):
        """Return the course of the year as a chart, or nothing without a programme."""
        if not rows:
            return None
        lang = self.env.lang or "en_US"
        months = [
            self.env._("%s months", localize_digits(row["code"], lang)) for row in rows
        ]
        planned = [float(row["planned"]) for row in rows]
        realised = [
            float(row["realised"]) if place < reached else None
            for place, row in enumerate(rows)
        ]
        return line_chart(
            months,
            [(self.env._("Planned"), planned), (self.env._("Realised"), realised)],
            lang=lang,
            title=self.env._("Realisation of the programme"),
            unit="%",
            size=(560, 170),
        )

    @api.model
    def _paper_day(self, text):
        """Write a sealed date or time as a day of the document's calendar."""
        if not text:
            return ""
        # Times are sealed in UTC, as 2026-11-25T20:57:20Z.
        moment = datetime.fromisoformat(text)
        if moment.tzinfo:
            naive = moment.astimezone(timezone.utc).replace(tzinfo=None)
            moment = fields.Datetime.context_timestamp(self, naive)
        if (self.env.lang or "").startswith("fa"):
            return format_jalali(moment.date())
        return moment.date().isoformat()

    @api.model
    def _paper_figure(self, value, places=1):
        """Write a sealed number without needless places, in the document's digits.

        Decimals are sealed as text.
        """
        text = f"{float(value or 0):.{places}f}"
        if places:
            text = text.rstrip("0").rstrip(".")
        if (self.env.lang or "").startswith("fa"):
            return to_persian_digits(text.replace(".", "٫"))
        return text

    # === Buttons ===

    def action_print(self):
        """Hand over the sealed PDF, or a draft marked as one."""
        self.ensure_one()
        if self._sealed_pdf():
            return {
                "type": "ir.actions.act_url",
                "url": f"/reform/report/{self.id}/pdf",
                "target": "download",
            }
        report = self.env.ref("admin_reform_committees.quarter_report_draft_report")
        return report.report_action(self)

    def _sealed_pdf(self):
        """Return the official PDF of a sealed report, once it was rendered."""
        self.ensure_one()
        # sudo: seals are nobody's to read, but who reads the report may have its PDF
        seal_sudo = self.sudo().seal_id
        attachments_sudo = seal_sudo.env["ir.attachment"]
        if not seal_sudo:
            return attachments_sudo
        return attachments_sudo.search(
            [
                ("res_model", "=", "agency.seal"),
                ("res_id", "=", seal_sudo.id),
                ("mimetype", "=", "application/pdf"),
            ],
            order="id desc",
            limit=1,
        )
