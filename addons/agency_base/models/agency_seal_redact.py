import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools import hidden
from ..tools.canonical import canonical
from .agency_seal import SEALING


class AgencySealRedact(models.Model):
    """Removing personal data from sealed records for good; the chain stays whole.

    Values, salts and the files that show them go; their hashes stay in the snapshot
    but no longer tell anything. An entry of the chain says who removed what and why,
    and which mark stands in its place, so that nothing else passes as a redaction.
    """

    _inherit = "agency.seal"

    has_personal = fields.Boolean(compute="_compute_has_personal")

    def _compute_has_personal(self):
        # sudo: nobody has a right on personal values; that there are some is no secret
        groups = (
            self.env["agency.seal.personal"]
            .sudo()
            ._read_group([("seal_id", "in", self.ids)], groupby=["seal_id"])
        )
        ids = {seal.id for (seal,) in groups}
        for seal in self:
            seal.has_personal = seal.id in ids

    def action_redact(self):
        """Ask which personal data are to be removed, and why."""
        self.ensure_one()
        self._check_redactor()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Remove Personal Data"),
            "res_model": "agency.seal.redact",
            "view_mode": "form",
            "target": "new",
            "context": {"default_seal_id": self.id},
        }

    def _check_redactor(self):
        if not self.env.user.has_group("agency_base.group_redactor"):
            raise AccessError(
                self.env._("You may not remove personal data from sealed records.")
            )
        self.check_access("read")

    def _redact(self, reason, paths=None):
        """Remove the personal data at ``paths``, or all; the caller checked the right.

        The reason stays in the chain for ever: it names nobody.
        """
        for seal in self.filtered(lambda seal: seal.kind == "record"):
            seal_sudo = seal.sudo().with_context(agency_sealing=SEALING)
            personal = seal_sudo.env["agency.seal.personal"].search(
                [("seal_id", "=", seal.id)]
            )
            if paths is not None:
                personal = personal.filtered(lambda value: value.path in paths)
            if not personal:
                raise UserError(self.env._("There is nothing to be removed."))
            lang = json.loads(seal_sudo.snapshot)["lang"]
            mark = self.with_context(lang=lang).env._("(removed)")
            removed = sorted(personal.mapped("path"))
            seal_sudo._wipe_rows(removed, mark)
            seal_sudo._withdraw_files()
            personal.unlink()
            entry = {
                "kind": "redaction",
                "title": reason,
                "parent_id": seal.id,
                "payload": {
                    "of": seal_sudo.code,
                    "reason": reason,
                    "mark": mark,
                    "paths": removed,
                },
            }
            self._extend(seal_sudo.company_id, [entry])
            seal_sudo.with_context(lang=lang)._render_later()

    def _withdraw_files(self):
        """Delete the PDF that shows what is removed; another one is rendered."""
        ids = [
            json.loads(file.snapshot)["file"]["attachment"] for file in self._files()
        ]
        self.env["ir.attachment"].browse(ids).exists().unlink()

    @api.model
    def _wipe_rows(self, paths, mark):
        """Remove the values at ``paths`` from the sealed rows themselves."""
        places = {}
        for path in paths:
            model, record_id, name = path.split(":")
            places.setdefault((model, int(record_id)), []).append(name)
        for (model, record_id), names in places.items():
            record = self.env[model].browse(record_id).exists()
            if not record:
                continue
            if model == "ir.attachment":
                # Emptied, not deleted: others refer to it.
                record.write({"name": mark, "raw": b""})
                continue
            self._wipe_row(record, names, mark)
            record._seal_redacted(names)

    @api.model
    def _wipe_row(self, record, names, mark):
        # By SQL: whatever a model says of its closed records, this is lawful.
        columns = {name: None for name in names if "/" not in name}
        for name in record._seal_personal_parts:
            leaves = [n.split("/", 1)[1] for n in names if n.startswith(f"{name}/")]
            if leaves:
                tree = json.loads(record[name])
                for leaf in leaves:
                    hidden.put(tree, leaf, mark)
                columns[name] = canonical(tree)
        if not columns:
            return
        record.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id = %s",
                SQL.identifier(record._table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in columns.items()
                ),
                record.id,
            )
        )
        record.invalidate_recordset(list(columns))
        record.modified(list(columns))

    # === What redactions tell ===

    def _redactions(self):
        """Return the redactions of sealed records, the earliest first."""
        return self.search(
            [("parent_id", "in", self.ids), ("kind", "=", "redaction")],
            order="position",
        )

    def _redacted_marks(self):
        """Return ``{path: the mark in its place}`` of a redaction."""
        self.ensure_one()
        payload = json.loads(self.snapshot)
        return dict.fromkeys(payload["paths"], payload["mark"])

    def _redaction_note(self):
        """Return what a document says of its last redaction, if there was one."""
        self.ensure_one()
        last = self.sudo()._redactions()[-1:]
        if not last:
            return False
        lang = json.loads(self.snapshot)["lang"]
        return self.with_context(lang=lang).env._(
            "Personal data were removed from this document on %s. Copies made before "
            "then are withdrawn; the seal is still valid.",
            self._public_date(last.happened_at, self.company_id, lang),
        )
