from odoo import api, models
from odoo.exceptions import AccessError, UserError

# What makes a file another one.
CONTENT = {"datas", "raw", "db_datas", "store_fname", "name", "mimetype", "url", "type"}
PLACE = {"res_model", "res_id", "res_field", "public", "access_token"}
# The forms whose files become evidence.
EVIDENCE = {
    "reform.agenda.proposal",
    "reform.evidence.call.line",
    "reform.plan.report",
    "reform.referral.report",
    "reform.resolution.report",
}


class IrAttachment(models.Model):
    """Files that become evidence, and those that belong to closed minutes."""

    _inherit = "ir.attachment"

    def _become_evidence_of(self, record):
        """Check files by their bytes and let them belong to ``record``."""
        self._check_evidence()
        # sudo: they belong to the record now, whoever sent them
        for attachment_sudo in self.sudo():
            attachment_sudo.write({"res_model": record._name, "res_id": record.id})

    def _check_evidence(self):
        """Refuse files that are not what evidence may be, by their bytes."""
        # sudo: the bytes are looked at whoever sent them
        for file_sudo in self.sudo():
            file_sudo._check_uploaded(file_sudo.name, file_sudo.raw)

    @api.model
    def _is_evidence_of(self, model):
        """Tell whether what is uploaded to a form of ``model`` becomes evidence."""
        return model in EVIDENCE

    @api.model
    def _check_uploaded(self, name, content):
        """Raise UserError if the file is refused, by its name for who sent several."""
        try:
            self._check_upload(name, content)
        except UserError as error:
            sentence = self.env._("“%(name)s” was not taken: %(why)s")
            raise UserError(sentence % {"name": name, "why": error}) from error

    def _check_sent_with(self, form):
        """Refuse files that its user did not give to ``form`` himself.

        :raise AccessError: when one of them is somebody else's, or lies elsewhere
        """
        # sudo: only whose they are is asked
        for file_sudo in self.sudo():
            if (
                file_sudo.create_uid != self.env.user
                or file_sudo.res_model != form._name
            ):
                raise AccessError(
                    self.env._("Only files of your own go with the report.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        if not self.env.su:
            files._check_minutes_open()
        return files

    def write(self, vals):
        if not self.env.su and not (CONTENT | PLACE).isdisjoint(vals):
            self._check_minutes_open()
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            self._check_minutes_open()
        return super().unlink()

    def _check_minutes_open(self):
        """Refuse to change files of an agenda, or scans of signatures, once closed."""
        own = self.filtered(lambda file: file.res_model == "reform.agenda.item")
        items = self.env["reform.agenda.item"].sudo().browse(own.mapped("res_id"))
        # sudo: whether minutes are closed is asked for files of any meeting
        items.exists().meeting_id._check_open()
        scans = self.filtered(lambda file: file.res_model == "reform.meeting")
        if scans and self.env["reform.signature"].sudo().search_count(
            [("scan_id", "in", scans.ids)], limit=1
        ):
            raise UserError(
                self.env._("The scan of a signature stays as it was recorded.")
            )
