from odoo import models
from odoo.exceptions import AccessError

from .ir_attachment import CONTENT, PLACE


class IrAttachmentYear(models.Model):
    """Files of the year: only one's own are handed in, and then they stay as they are.

    A model whose files are guarded has a method `_check_files_open`, which raises
    UserError where they are on record already.
    """

    _inherit = "ir.attachment"

    def write(self, vals):
        if not self.env.su and not (CONTENT | PLACE).isdisjoint(vals):
            self._check_record_open()
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            self._check_record_open()
        return super().unlink()

    def _check_record_open(self):
        # sudo: whether a record is closed is asked whoever may read it
        for model, files_sudo in self.sudo().grouped("res_model").items():
            if model in self.env and hasattr(self.env[model], "_check_files_open"):
                records_sudo = files_sudo.env[model].browse(files_sudo.mapped("res_id"))
                records_sudo.exists()._check_files_open(files_sudo)

    def _check_given_to(self, record):
        """Refuse files that are neither a record's already nor loose ones of the user.

        :raise AccessError: when one of them is somebody else's, or lies elsewhere
        """
        if self.env.su:
            return
        # sudo: only whose they are is asked
        for file_sudo in self.sudo():
            is_there = (file_sudo.res_model, file_sudo.res_id) == (
                record._name,
                record.id,
            )
            # A dialog that was refused once is kept, and files sent then lie with it.
            form = self.env.registry.get(file_sudo.res_model)
            is_loose = not file_sudo.res_id or (form is not None and form._transient)
            is_own = file_sudo.create_uid == self.env.user
            if not (is_there or (is_own and is_loose)):
                raise AccessError(
                    self.env._("Only files of your own are handed in as evidence.")
                )
