from odoo import api, models
from odoo.exceptions import UserError

from .agency_seal import is_sealing

# What Odoo writes on attachments without touching the file.
OPEN_FIELDS = {"access_token", "index_content", "write_date", "write_uid"}


class IrAttachment(models.Model):
    """Files of sealed records, and of seals, are sealed too."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._refuse_if_sealed()
        return attachments

    def write(self, vals):
        if set(vals) <= OPEN_FIELDS:
            return super().write(vals)
        self._refuse_if_sealed()
        result = super().write(vals)
        if "res_id" in vals or "res_model" in vals:
            self._refuse_if_sealed()
        return result

    def unlink(self):
        self._refuse_if_sealed()
        return super().unlink()

    def _refuse_if_sealed(self):
        if is_sealing(self.env):
            return
        # sudo: a seal binds whether or not the user may see what it is on
        for attachment in self.sudo():
            model = attachment.res_model
            if not attachment.res_id or model not in self.env:
                continue
            record = self.env[model].sudo().browse(attachment.res_id)
            if model == "agency.seal" or (
                hasattr(record, "_sealed") and record.exists()._sealed()
            ):
                raise UserError(
                    self.env._(
                        "The files of a sealed record cannot be added, changed or "
                        "removed: %s",
                        attachment.name,
                    )
                )
