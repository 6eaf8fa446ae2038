from odoo import models


class IrAttachment(models.Model):
    """Files that become evidence."""

    _inherit = "ir.attachment"

    def _become_evidence_of(self, record):
        """Check files by their bytes and let them belong to ``record``."""
        # sudo: they belong to the record now, whoever sent them
        for attachment_sudo in self.sudo():
            self._check_upload(attachment_sudo.name, attachment_sudo.raw)
            attachment_sudo.write({"res_model": record._name, "res_id": record.id})
