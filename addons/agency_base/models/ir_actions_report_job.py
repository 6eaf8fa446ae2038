from odoo import fields, models
from odoo.tools.pdf import merge_pdf

from ..tools.jobs import job_method


class IrActionsReport(models.Model):
    """Render many documents in the background, into one file."""

    _inherit = "ir.actions.report"

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


class AgencyJob(models.Model):
    _inherit = "agency.job"

    document_id = fields.Many2one(
        "ir.attachment", compute="_compute_document_id", compute_sudo=True
    )

    def _compute_document_id(self):
        for job in self:
            document_id = (job.result or {}).get("attachment_id")
            job.document_id = self.env["ir.attachment"].browse(document_id).exists()

    def _keep_document(self, name, content):
        """Attach a PDF to the job."""
        # sudo: users have no right to write on jobs, and so none to attach to them
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": content,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )

    def _merge_documents(self):
        """Put the kept documents, in the order of their names, into one file."""
        parts_sudo = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [("res_model", "=", self._name), ("res_id", "=", self.id)],
                order="name, id",
            )
        )
        content = merge_pdf([part.raw for part in parts_sudo])
        parts_sudo.unlink()
        return self._keep_document(f"{self.name}.pdf", content)

    def action_download(self):
        """Hand over the file the job has made."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.document_id.id}?download=true",
            "target": "download",
        }
