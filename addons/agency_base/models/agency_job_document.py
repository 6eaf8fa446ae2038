from odoo import fields, models
from odoo.tools.pdf import merge_pdf

from ..tools.context import without_defaults


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
        return without_defaults(self.env["ir.attachment"].sudo()).create(
            {
                "name": name,
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
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
