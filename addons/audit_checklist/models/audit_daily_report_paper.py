from markupsafe import Markup

from odoo import fields, models

from odoo.addons.agency_base.tools import to_persian_digits
from odoo.addons.agency_base.tools.charts import bar_chart
from odoo.addons.agency_base.tools.sheets import XLSX
from odoo.addons.jalali_calendar.tools import format_jalali

# A chart of more days than that is not read any more.
CHARTED_DAYS = 14
# Beyond this the tables of a phase are in the spreadsheet only.
PRINTED_ROWS = 400
# A text as short as the name of a zone or a grade stands in one line of a table.
SHORT = 12
MIMETYPES = {"pdf": "application/pdf", "xlsx": XLSX}


class AuditDailyReport(models.Model):
    """The report on paper, by e-mail and on its page: one text for all three."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.daily.report"

    def _paper(self):
        """Return what the templates need: figures, charts, ways to write numbers."""
        self.ensure_one()
        figures = self._read_figures()
        totals = figures["totals"]
        return {
            "figures": figures,
            # Reports frozen earlier counted visits alone.
            "visited": totals.get("visited", totals["to_date"]["done"]),
            "days_chart": self._days_chart(figures["days"][-CHARTED_DAYS:]),
            "number": self._number,
            "is_short": lambda cell: isinstance(cell, str) and len(cell) <= SHORT,
            "day": self._day,
            "weakest": figures["failed"][0] if figures["failed"] else None,
            "printed_rows": PRINTED_ROWS,
            "spread_of_teams": self._spread_of_teams(figures["teams"]),
            "band_most": max([band["count"] for band in figures["bands"]] or [0]) or 1,
            "frozen": self._day(self.frozen_at and self._local(self.frozen_at).date()),
            "frozen_hour": self._digits(f"{self._local(self.frozen_at):%H:%M}"),
        }

    def _local(self, moment):
        zoned = self.with_context(tz=self.company_id.agency_tz)
        return fields.Datetime.context_timestamp(zoned, moment)

    def _digits(self, text):
        return to_persian_digits(text) if self._is_persian() else text

    def _is_persian(self):
        return (self.env.lang or "").startswith("fa")

    def _number(self, value, decimals=0):
        """Write a number in the digits of the document, a dash for none."""
        if value is None:
            return "–"
        text = f"{abs(value):.{decimals}f}"
        if value < 0 and float(text):
            # The mark keeps the sign before the number in a text from right to left.
            text = f"\u200e\u2212{text}"
        return self._digits(text.replace(".", "٫") if self._is_persian() else text)

    def _day(self, day, pattern="yyyy/MM/dd"):
        """Write a day, or its ISO text, in the calendar of the document."""
        if not day:
            return ""
        day = fields.Date.to_date(day)
        if self._is_persian():
            return format_jalali(day, pattern)
        return f"{day:%Y-%m-%d}"

    def _days_chart(self, days):
        if not days:
            return Markup("")
        return bar_chart(
            [self._day(row["day"], "d MMMM") for row in days],
            [
                (self.env._("Planned"), [row["planned"] for row in days]),
                (self.env._("Done"), [row["done"] for row in days]),
                (self.env._("No access"), [row["no_access"] for row in days]),
            ],
            lang=self.env.lang,
            title=self.env._("Planned and done, day by day"),
            size=(340, 84),
        )

    def _spread_of_teams(self, teams):
        means = [team["mean"] for team in teams if team["mean"] is not None]
        return max(means) - min(means) if len(means) > 1 else None

    # === PDF and mail ===
    def _print(self):
        """Keep PDF and tables with the report; once made they stay."""
        self.ensure_one()
        if self.attachment_id:
            return
        # sudo: a file that follows the rights on its report
        report_sudo = self.sudo()
        report_sudo.attachment_id = self._keep("pdf")
        if self.kind == "final":
            report_sudo.sheet_id = self._keep("xlsx")

    def _keep(self, form):
        name, content = self._file(form)
        # sudo: nobody may attach files to a report by hand
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": content,
                    "mimetype": MIMETYPES[form],
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )

    def _file(self, form):
        """Return name and bytes of the report as ``pdf`` or ``xlsx``.

        What is kept, or the same made for this reader alone: the figures are frozen,
        and whoever reads before the evening's job has printed need not wait for it.
        """
        self.ensure_one()
        # sudo: the file follows the rights on its report
        report_sudo = self.sudo()
        kept_sudo = report_sudo.attachment_id if form == "pdf" else report_sudo.sheet_id
        if kept_sudo:
            return kept_sudo.name, kept_sudo.raw
        if form == "pdf":
            content, _kind = (
                self.env["ir.actions.report"]
                .sudo()
                ._render_qweb_pdf("audit_checklist.report_daily", self.ids)
            )
        else:
            content = self._sheet()
        return f"{self._file_name()}.{form}", content

    def _file_name(self):
        lang = self.env["agency.seal"]._seal_lang(self.company_id)
        day = self.with_context(lang=lang)._day(self.date, "yyyy-MM-dd")
        return f"{self.phase_id.name} {day}".replace("/", "-")

    def _send(self):
        """Queue the mail to those who get the reports, once."""
        self.ensure_one()
        people = self.programme_id.governor_partner_ids
        if self.sent_at or not people:
            return
        lang = self.env["agency.seal"]._seal_lang(self.company_id)
        report = self.with_context(lang=lang, mail_notify_force_send=False)
        paper = report._paper()
        totals = paper["figures"]["totals"]
        # sudo: the officer need not be able to write to the governor's contact
        report.sudo().message_post(
            subject=report.env._(
                "%(phase)s: report of %(day)s",
                phase=self.phase_id.name,
                day=paper["day"](self.date),
            ),
            body=Markup("<p>{}</p><p><a href='{url}'>{url}</a></p>").format(
                report.env._(
                    "Visits today: %(done)s, to date: %(whole)s; mean score: %(mean)s.",
                    done=paper["number"](totals["today"]["done"]),
                    whole=paper["number"](totals["to_date"]["done"]),
                    mean=paper["number"](paper["figures"]["scores"]["mean"], 1),
                ),
                url=f"{self.get_base_url()}/audit/report/{self.id}",
            ),
            partner_ids=people.ids,
            attachment_ids=(self.attachment_id | self.sheet_id).ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.sudo().sent_at = fields.Datetime.now()
