import io

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.jalali_calendar.tools import format_jalali, to_persian_digits

from ..tools import pdf
from ..tools.jobs import job_method
from ..tools.lists import listed
from ..tools.marks import isolate, qr_image


class IrActionsReport(models.Model):
    """Let a report choose the engine that sets Persian right.

    Each record becomes a document of its own, in the language and time zone of its
    body, without a request back to this server and without any fetch outside it.
    """

    _inherit = "ir.actions.report"

    pdf_engine = fields.Selection(
        [("wkhtmltopdf", "wkhtmltopdf"), ("weasyprint", "WeasyPrint")],
        "PDF Engine",
        required=True,
        default="wkhtmltopdf",
        help="WeasyPrint makes tagged documents with right Persian and page numbers. "
        "Where it is not installed, Odoo's own engine takes over.",
    )

    def _is_official(self):
        """Tell whether WeasyPrint renders this report here."""
        return self.pdf_engine == "weasyprint" and pdf.engine() is not None

    # === Rendering ===

    def _render_qweb_html(self, report_ref, docids, data=None):
        report_sudo = self._get_report(report_ref)
        if report_sudo.pdf_engine == "weasyprint":
            self = self.with_context(**self._document_context(report_sudo, docids))
        return super()._render_qweb_html(report_ref, docids, data=data)

    def _document_context(self, report, docids):
        """Return language and time zone of a document, whoever prints it."""
        records = self.env[report.model].browse(docids or [])[:1]
        if records._name == "agency.seal":
            return {}  # it was sealed in a language, which the caller names
        company = records if records._name == "res.company" else self.env.company
        if "company_id" in records._fields:
            company = records.company_id or company
        # sudo: a portal user need not read the body's own contact
        company_sudo = company.sudo()
        return {
            "lang": self.env["agency.seal"]._seal_lang(company_sudo),
            "tz": company_sudo.agency_tz,
        }

    def _get_rendering_context(self, report, docids, data):
        values = super()._get_rendering_context(report, docids, data)
        if report.pdf_engine == "weasyprint":
            lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
            values.update(
                paper=report.get_paperformat()._official_paper(),
                language=lang.code.replace("_", "-"),
                direction=lang.direction,
                digits="persian" if self._is_persian() else "decimal",
                today=fields.Date.context_today(self),
                format_day=self._official_day,
                format_number=self._official_number,
                format_list=self._official_list,
                qr_image=qr_image,
                isolate=isolate,
                end_of_roll=pdf.END_OF_ROLL,
            )
        return values

    def _official_day(self, day):
        """Write a date as documents do, in the calendar of their language."""
        if self._is_persian():
            return format_jalali(day)
        return format_date(self.env, day)

    def _official_number(self, number):
        """Write a number with the digits of the document's language."""
        return to_persian_digits(str(number)) if self._is_persian() else str(number)

    def _official_list(self, parts):
        """Write the ``parts`` that say something in one line."""
        return listed(parts, self.env.lang)

    def _is_persian(self):
        return (self.env.lang or "").startswith("fa")

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        if self._get_report(report_ref)._is_official():
            # Under test Odoo answers HTML instead, because its engine needs a second
            # worker. This one does not: tests see the real document.
            self = self.with_context(force_report_rendering=True)
        return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report_sudo = self._get_report(report_ref)
        if not report_sudo._is_official():
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        data = {**(data or {}), "report_type": "pdf", "debug": False}
        registers = getattr(self.env[report_sudo.model], "_official_registers", ())
        if not res_ids or report_sudo.report_name in registers:
            # a register is one document of all its records
            content = self._render_official(report_sudo, res_ids or [], data)
            return {False: {"stream": io.BytesIO(content), "attachment": None}}
        streams = {}
        for record in self.env[report_sudo.model].browse(dict.fromkeys(res_ids)):
            attachment = None
            if report_sudo.attachment and not self.env.context.get(
                "report_pdf_no_attachment"
            ):
                attachment = report_sudo.retrieve_attachment(record)
            if attachment and report_sudo.attachment_use:
                content = attachment.raw
            else:
                content = self._render_official(report_sudo, record.ids, data)
            streams[record.id] = {
                "stream": io.BytesIO(content),
                "attachment": attachment,
            }
        return streams

    def _render_official(self, report, docids, data):
        """Return one PDF of these records."""
        html = self.with_context(debug=False)._render_qweb_html(
            report, docids, data=data
        )[0]
        try:
            return pdf.render(html.decode())
        except pdf.ForbiddenAddressError as error:
            raise UserError(
                self.env._(
                    "The template of “%(report)s” names %(address)s. Official "
                    "documents are made of the static files of addons and embedded "
                    "pictures only: correct the template.",
                    report=report.name,
                    address=error.address[:200],
                )
            ) from error

    # === Many documents, in the background ===

    def _enqueue_pdf(self, records, name):
        """Queue one merged PDF of ``records`` for the current user; return the job.

        ``name`` tells what it is; the file is called so. The finished job offers it
        to whom it was made for. Only records that he may read are rendered.
        """
        self.ensure_one()
        records.check_access("read")
        job = self.env["agency.job"]._enqueue(
            self.sudo(), "_job_render_pdf", name, arguments={"ids": records.ids}
        )
        job.total_count = len(records)
        return job

    @job_method
    def _job_render_pdf(self, job, ids):
        """Render one document after the other; what is done survives a crash."""
        for position in range(job.done_count, len(ids)):
            # sudo: reports are the system's; their records are read as the user
            report_sudo = self.sudo()
            if record := self.env[report_sudo.model].browse(ids[position]).exists():
                content = self._render_qweb_pdf(report_sudo.report_name, record.ids)[0]
                job._keep_document(f"{position:06}", content)
            job._checkpoint(position + 1)
        return {"attachment_id": job._merge_documents().id}

    # === The web client ===

    @api.model
    def _official_state(self):
        """Return what the web client is told of the engines of this server."""
        state = self.get_wkhtmltopdf_state()
        # With a bad answer the client would show every report as HTML, also ours. A
        # report of Odoo's engine then ends with that engine's own error.
        return "ok" if pdf.engine() is not None else state
