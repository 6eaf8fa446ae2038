import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.pictures import NotAPictureError, clean_picture


class AuditEvidencePart(models.Model):
    """A piece of a photo that has arrived; they are joined once all are there."""

    _name = "audit.evidence.part"
    _description = "Piece of a Photo"
    _order = "evidence_id, start"
    _log_access = False

    evidence_id = fields.Many2one(
        "audit.evidence", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="evidence_id.company_id", store=True)
    start = fields.Integer(required=True)
    data = fields.Binary(attachment=False, required=True)

    _start_uniq = models.Constraint(
        "UNIQUE (evidence_id, start)", "This piece is here already."
    )


class AuditField(models.AbstractModel):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.field"

    @api.model
    def _find_photo(self, uuid):
        """Return the photo if the user took it on a visit that is still his."""
        self._check_inspector()
        photo = self.env["audit.evidence"].search([("uuid", "=", uuid)], limit=1)
        return photo if photo.user_id == self.env.user else photo.browse()

    @api.model
    def _photo_status(self, photo):
        """Return how many bytes have arrived, so that the phone goes on from there."""
        # sudo: pieces are nobody's business but this one's
        parts = self.env["audit.evidence.part"].sudo()
        done = photo.state != "awaited"
        count = photo.size
        if not done:
            last = parts.search(
                [("evidence_id", "=", photo.id)], order="start desc", limit=1
            )
            count = last.start + len(base64.b64decode(last.data)) if last else 0
        return {"received": count, "done": done}

    @api.model
    def _take_piece(self, photo, start, data):
        """Keep a piece of a photo; join and check it when it was the last."""
        # sudo: the phone's user has no right on the pieces, checked by _find_photo
        photo_sudo = photo.sudo()
        status = self._photo_status(photo_sudo)
        if status["done"] or photo_sudo._sealed():
            return {"received": photo_sudo.size, "done": True}
        if start != status["received"] or start + len(data) > photo_sudo.size:
            return status
        parts = self.env["audit.evidence.part"].sudo()
        if data:
            parts.create(
                {
                    "evidence_id": photo.id,
                    "start": start,
                    "data": base64.b64encode(data),
                }
            )
        if start + len(data) < photo_sudo.size:
            return {"received": start + len(data), "done": False}
        return self._join(photo_sudo)

    @api.model
    def _join(self, photo_sudo):
        parts = self.env["audit.evidence.part"].sudo()
        pieces = parts.search([("evidence_id", "=", photo_sudo.id)], order="start")
        whole = b"".join(base64.b64decode(piece.data) for piece in pieces)
        pieces.unlink()
        if hashlib.sha256(whole).hexdigest() != photo_sudo.sha256:
            return {"received": 0, "done": False, "problem": "digest"}
        try:
            picture = clean_picture(whole)
        except NotAPictureError:
            return {"received": 0, "done": False, "problem": "not_a_picture"}
        photo_sudo._keep(picture)
        return {"received": photo_sudo.size, "done": True}


class AuditEvidence(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.evidence"

    def _keep(self, picture):
        """Keep the picture as an attachment that follows the rights of the evidence."""
        self.ensure_one()
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self.item_code or 'photo'}.jpg",
                "raw": picture,
                "mimetype": "image/jpeg",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.write(
            {
                "attachment_id": attachment.id,
                "stored_sha256": hashlib.sha256(picture).hexdigest(),
                "state": "received",
                "received_at": fields.Datetime.now(),
            }
        )

    def action_open(self):
        """Download the file."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "received":
            raise UserError(self.env._("This photo has not arrived yet."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/audit/evidence/{self.uuid}",
            "target": "new",
        }
