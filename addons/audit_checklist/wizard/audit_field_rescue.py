import base64
import hashlib
import json
import re

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

FORMAT = "audit-field-1"
MAX_BYTES = 100 * 1024 * 1024
MAX_COUNT = 5000
DEVICE = re.compile(r"[A-Za-z0-9-]{8,64}")
FINAL = ("applied", "already", "conflict", "refused")


class AuditFieldRescue(models.TransientModel):
    """Brings in what an inspector saved from his phone to a file.

    The file is believed in nothing but what the same operations sent by the phone would
    be: his own visits, each operation once, no signature. The journal says who brought
    it in, and the inspector is told, so that a forged file does not stay unnoticed.
    """

    _name = "audit.field.rescue"
    _description = "Import of a File Saved on a Phone"

    file = fields.Binary(required=True, attachment=False)
    filename = fields.Char()
    state = fields.Selection(
        [("draft", "Choose"), ("checked", "Look"), ("done", "Done")],
        required=True,
        readonly=True,
        default="draft",
    )
    user_id = fields.Many2one("res.users", "Inspector", readonly=True)
    saved_at = fields.Char("Saved", readonly=True)
    digest = fields.Char("SHA-256", readonly=True)
    op_count = fields.Integer("Operations", readonly=True)
    photo_count = fields.Integer("Photos", readonly=True)
    line_ids = fields.One2many("audit.field.rescue.line", "rescue_id", readonly=True)
    photo_kept_count = fields.Integer("Photos Kept", readonly=True)

    def action_check(self):
        """Show whose the file is and what it holds, before anything is entered."""
        self.ensure_one()
        content = self._content()
        self.write(
            {
                "state": "checked",
                "user_id": content["user"].id,
                "saved_at": content["saved_at"],
                "digest": hashlib.sha256(self._bytes()).hexdigest(),
                "op_count": len(content["ops"]),
                "photo_count": len(content["photos"]),
            }
        )
        return self._show()

    def action_import(self):
        """Enter the operations of the file, then its photos."""
        self.ensure_one()
        content = self._content()
        user = content["user"]
        field = self.env["audit.field"].with_user(user)
        verdicts = field._take_from_file(
            content["device"], content["ops"], self.env.user
        )
        kept = sum(map(bool, map(field._take_photo_from_file, content["photos"])))
        self.line_ids.unlink()
        self.write(
            {
                "state": "done",
                "user_id": user.id,
                "photo_kept_count": kept,
                "line_ids": [
                    Command.create(values)
                    for values in self._lines(content["ops"], verdicts)
                ],
            }
        )
        self._tell(user, content["ops"], verdicts)
        return self._show()

    # === Reading ===
    def _bytes(self):
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _content(self):
        """Return what the file holds, or raise UserError in one clear sentence."""
        if not self.env.user.has_group("audit_checklist.group_programme_officer"):
            raise AccessError(self.env._("A programme officer brings files in."))
        data = self._bytes()
        if len(data) > MAX_BYTES:
            raise UserError(self.env._("This file is larger than a phone saves."))
        try:
            content = json.loads(data)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise UserError(
                self.env._("This is no file that the field page has saved.")
            )
        ops, photos = content.get("ops"), content.get("photos")
        device = content.get("device")
        whole = (
            isinstance(content.get("user"), int)
            and isinstance(device, str)
            and DEVICE.fullmatch(device)
            and self._is_list_of_dicts(ops)
            and self._is_list_of_dicts(photos)
        )
        if not whole:
            raise UserError(self.env._("The file is broken: nothing was entered."))
        return {
            "user": self._inspector(content["user"]),
            "device": device,
            "ops": ops,
            "photos": photos,
            "saved_at": str(content.get("saved_at") or "")[:40],
        }

    def _is_list_of_dicts(self, rows):
        return (
            isinstance(rows, list)
            and len(rows) <= MAX_COUNT
            and all(isinstance(row, dict) for row in rows)
        )

    def _inspector(self, user_id):
        user = self.env["res.users"].browse(user_id).exists()
        if (
            not user
            or not user.active
            or self.env.company not in user.company_ids
            or not user.has_group("audit_checklist.group_inspector")
        ):
            raise UserError(self.env._("The file belongs to no inspector of ours."))
        if user == self.env.user:
            raise UserError(
                self.env._("Another officer brings in what you made yourself.")
            )
        return user

    # === Telling ===
    def _lines(self, ops, verdicts):
        counts = {}
        for verdict in verdicts.values():
            key = (verdict["status"], verdict.get("reason") or "")
            counts[key] = counts.get(key, 0) + 1
        for (status, reason), count in sorted(counts.items()):
            yield {
                "status": status if status in FINAL else "left_out",
                "reason": self.env["audit.answer.op"]._in_words(
                    reason or (status if status not in FINAL else "")
                ),
                "count": count,
            }

    def _tell(self, user, ops, verdicts):
        """Write on each visit what was brought in, and let the inspector know."""
        entered = {
            str(op.get("assessment"))
            for op in ops
            if verdicts.get(op.get("uuid"), {}).get("status") == "applied"
        }
        # sudo: what was just entered is told where it was entered
        assessments_sudo = (
            self.env["audit.assessment"]
            .sudo()
            .search([("instance_uuid", "in", list(entered))])
        )
        for visit in assessments_sudo.visit_id:
            visit.message_post(
                body=self.env._(
                    "%(officer)s brought in a file saved on the phone of %(inspector)s "
                    "(SHA-256 %(digest)s…).",
                    officer=self.env.user.name,
                    inspector=user.name,
                    digest=hashlib.sha256(self._bytes()).hexdigest()[:12],
                ),
                partner_ids=user.partner_id.ids,
            )

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("File Saved on a Phone"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class AuditFieldRescueLine(models.TransientModel):
    """How many operations of a file had which fate."""

    _name = "audit.field.rescue.line"
    _description = "Fate of Operations"

    rescue_id = fields.Many2one(
        "audit.field.rescue", required=True, ondelete="cascade", index=True
    )
    status = fields.Selection(
        [
            ("applied", "Entered"),
            ("already", "Had arrived before"),
            ("conflict", "In conflict: the lead chooses"),
            ("refused", "Refused, kept in the journal"),
            ("left_out", "Left out"),
        ],
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    count = fields.Integer(readonly=True)
