import hashlib
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.pictures import NotAPictureError, clean_picture


class AuditEvidence(models.Model):
    """Documents that representatives add: checked, stripped, kept beside the answer."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.evidence"

    name = fields.Char("File", readonly=True)

    @api.model
    def _take_document(self, assessment, code, name, content):
        """Keep a document with an answer; the caller checked that the user may."""
        attachments = self.env["ir.attachment"]
        upload = attachments._check_upload(name, content)
        name = upload.name
        if upload.kind in ("jpeg", "png"):
            try:
                content = clean_picture(content)
            except NotAPictureError as error:
                raise UserError(attachments._explain_upload("broken")) from error
            name = name.rsplit(".", 1)[0] + ".jpg"
        answer = assessment.answer_ids.filtered(lambda a: a.item_code == code)
        now = fields.Datetime.now()
        digest = hashlib.sha256(content).hexdigest()
        evidence = self.create(
            {
                "uuid": str(uuid.uuid4()),
                "kind": "document",
                "assessment_id": assessment.id,
                "answer_id": answer.id,
                "item_code": code,
                "name": name,
                "size": len(content),
                "sha256": upload.sha256,
                "stored_sha256": digest,
                "state": "received",
                "captured_at": now,
                "received_at": now,
                "user_id": self.env.uid,
            }
        )
        evidence.attachment_id = attachments._take_in(evidence, name, content)
        return evidence

    def _remove_document(self):
        """Take back a document of a declaration that is not submitted."""
        self.ensure_one()
        self.assessment_id._check_declarable(self.item_code)
        self.unlink()
