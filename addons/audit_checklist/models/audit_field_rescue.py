import base64
import binascii

from odoo import api, fields, models

from ..tools.field_ops import BadValueError, read_uuid
from .audit_field_sync import MAX_OPS

# What only the inspector's own phone may say: a file signs nothing.
NOT_BY_FILE = {"submit", "confirm", "resolve"}


class AuditAnswerOp(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.answer.op"

    imported_by_id = fields.Many2one(
        "res.users",
        "Brought In By",
        readonly=True,
        ondelete="restrict",
        help="Who brought it in from a file that was saved on the phone.",
    )


class AuditField(models.AbstractModel):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.field"

    @api.model
    def _take_from_file(self, device, ops, importer):
        """Enter operations of the current user that a file brings; return verdicts.

        The same journal, the same rules: what had arrived counts once, what is not his
        is refused. What signs a visit is left out, so that his phone may still send it.
        """
        verdicts, parsed = {}, []
        for op in ops:
            entry = self._parse(op, device, 0)
            if "verdict" in entry:
                verdicts[str(op.get("uuid", ""))[:64]] = {"status": entry["verdict"]}
            elif entry["kind"] in NOT_BY_FILE:
                verdicts[entry["uuid"]] = {"status": "not_by_file"}
            else:
                parsed.append(entry | {"imported_by_id": importer.id})
        for start in range(0, len(parsed), MAX_OPS):
            verdicts |= self._enter(parsed[start : start + MAX_OPS])
        return verdicts

    @api.model
    def _take_photo_from_file(self, photo):
        """Keep a photo of a file if it is awaited and is the one announced."""
        try:
            awaited = self._find_photo(read_uuid(photo.get("uuid")))
            data = base64.b64decode(photo.get("data") or "", validate=True)
        except (BadValueError, AttributeError, TypeError, binascii.Error):
            return False
        if not awaited or awaited.state != "awaited" or len(data) != awaited.size:
            return False
        received = self._photo_status(awaited.sudo())["received"]
        return self._take_piece(awaited, received, data[received:])["done"]
