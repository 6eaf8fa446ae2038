import base64
import binascii
import hashlib
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.pictures import NotAPictureError, clean_picture

MAX_FILES = 10


class AuditActionProof(models.Model):
    """A file that shows an action was carried out; once added it stays as it is."""

    _name = "audit.action.proof"
    _description = "Proof of an Action"
    _inherit = ["agency.derived.mixin"]
    _order = "action_id, id"
    _check_company_auto = True
    # What a file is, is read from the file: a link to another one would open that.
    _recorded_fields = frozenset({"uuid", "attachment_id", "size", "sha256"})

    action_id = fields.Many2one(
        "audit.action", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="action_id.company_id", store=True, index=True)
    uuid = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: str(uuid.uuid4())
    )
    name = fields.Char("File", required=True)
    content = fields.Binary(
        "Choose a File",
        compute="_compute_content",
        inverse="_inverse_content",
        help="PDF, a picture or an office document.",
    )
    attachment_id = fields.Many2one("ir.attachment", readonly=True, ondelete="restrict")
    mimetype = fields.Char(related="attachment_id.mimetype")
    size = fields.Integer("Bytes", readonly=True)
    sha256 = fields.Char("Digest", readonly=True)
    note = fields.Char()

    _uuid_uniq = models.Constraint("UNIQUE (uuid)", "This proof is here already.")

    def _compute_content(self):
        # What is kept is sent by its own route alone.
        self.content = False

    def _inverse_content(self):
        for proof in self:
            if not proof.content:
                continue
            try:
                content = base64.b64decode(proof.content, validate=True)
            except binascii.Error as error:
                raise UserError(self.env._("The file did not arrive whole.")) from error
            proof._keep(proof.name, content)

    @api.model_create_multi
    def create(self, vals_list):
        proofs = super().create(vals_list)
        for proof in proofs:
            proof._check_open()
            if not proof.attachment_id:
                raise UserError(self.env._("A proof needs its file."))
        return proofs

    def write(self, vals):
        self._check_open()
        if {"action_id", "uuid"} & vals.keys():
            raise UserError(self.env._("A proof stays with its action."))
        return super().write(vals)

    def unlink(self):
        self._check_open()
        return super().unlink()

    def _check_open(self):
        for proof in self:
            if proof.action_id.state != "open":
                raise UserError(
                    self.env._("Proof is added before an action is reported done.")
                )

    def _keep(self, name, content):
        """Keep a file that was checked by its bytes; pictures lose hidden data."""
        self.ensure_one()
        if self.attachment_id:
            raise UserError(self.env._("A proof that was added stays as it is."))
        # sudo: an attachment that follows the rights on its proof
        attachments_sudo = self.env["ir.attachment"].sudo()
        upload = attachments_sudo._check_upload(name, content)
        if upload.kind in ("jpeg", "png"):
            name, content = self._clean(upload.name, content)
        attachment_sudo = attachments_sudo._take_in(self, name, content)
        # sudo: stamps of the file that was just kept
        self.sudo().write(
            {
                "name": attachment_sudo.name,
                "attachment_id": attachment_sudo.id,
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )

    def _clean(self, name, content):
        try:
            cleaned = clean_picture(content)
        except NotAPictureError as error:
            raise UserError(
                self.env["ir.attachment"]._explain_upload("broken")
            ) from error
        return name.rsplit(".", 1)[0] + ".jpg", cleaned

    @api.model
    def _add(self, action, name, content, note=""):
        """Add a file to an action; the caller checked that the user may."""
        if len(action.proof_ids) >= MAX_FILES:
            raise UserError(self.env._("There are enough files for this action."))
        return self.create(
            {
                "action_id": action.id,
                "name": name or "file",
                "note": note,
                "content": base64.b64encode(content),
            }
        )

    def action_open(self):
        """Download the file."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/audit/proof/{self.uuid}",
            "target": "new",
        }
