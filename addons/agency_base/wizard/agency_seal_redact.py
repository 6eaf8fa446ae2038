from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..tools import hidden
from ..tools.text import search_key


class AgencySealRedact(models.TransientModel):
    """Asks which personal data of a sealed record are to be removed, and why."""

    _name = "agency.seal.redact"
    _description = "Removal of Personal Data"

    seal_id = fields.Many2one(
        "agency.seal", "Sealed Record", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Char(
        required=True,
        help="Stays in the chain for ever: name no person here.",
    )
    contains = fields.Char(
        "Choose Where It Says", help="Chooses all that contain this text, as a name."
    )
    line_ids = fields.One2many("agency.seal.redact.line", "redact_id", "Personal Data")
    chosen_count = fields.Integer("Chosen", compute="_compute_chosen_count")
    is_confirmed = fields.Boolean("I know that this cannot be undone")

    @api.depends("line_ids.is_chosen")
    def _compute_chosen_count(self):
        for redact in self:
            redact.chosen_count = len(redact.line_ids.filtered("is_chosen"))

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        seal = self.env["agency.seal"].browse(values.get("seal_id")).exists()
        if seal and "line_ids" in fields_list:
            seal._check_redactor()
            values["line_ids"] = [
                Command.create({"seal_id": seal.id, "path": path})
                for path in seal._personal()
            ]
        return values

    @api.onchange("contains")
    def _onchange_contains(self):
        wanted = search_key(self.contains or "")
        for line in self.line_ids if wanted else ():
            line.is_chosen = wanted in search_key(line.value)

    def action_choose_all(self):
        """Choose everything that is listed."""
        self.line_ids.is_chosen = True
        return self._reopen()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Remove Personal Data"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_redact(self):
        """Remove what was chosen."""
        self.ensure_one()
        self.seal_id._check_redactor()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why the data are removed."))
        if not self.is_confirmed:
            raise UserError(self.env._("Confirm that this cannot be undone."))
        chosen = self.line_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(self.env._("Choose what is to be removed."))
        self.seal_id._redact(self.reason.strip(), set(chosen.mapped("path")))
        return {"type": "ir.actions.act_window_close"}


class AgencySealRedactLine(models.TransientModel):
    """One value that can be removed. The value itself is kept nowhere a second time."""

    _name = "agency.seal.redact.line"
    _description = "Personal Data to Remove"

    redact_id = fields.Many2one(
        "agency.seal.redact", required=True, ondelete="cascade", index=True
    )
    seal_id = fields.Many2one("agency.seal", required=True, ondelete="cascade")
    path = fields.Char(required=True)
    is_chosen = fields.Boolean("Remove")
    place = fields.Char(compute="_compute_value")
    value = fields.Char("What It Says", compute="_compute_value")

    @api.depends("seal_id", "path")
    def _compute_value(self):
        for seal, lines in self.grouped("seal_id").items():
            # The path comes from the caller; only who may remove it reads it here.
            seal._check_redactor()
            personal = seal._personal()
            for line in lines:
                value = personal.get(line.path, "")
                if isinstance(value, list):
                    value = self.env._(", ").join(map(str, value))
                line.value = str(value or "")
                line.place = line.path in personal and line._place()

    def _place(self):
        """Say in words where a value stands."""
        model, _record_id, name = self.path.split(":")
        if model == "ir.attachment":
            return self.env._("File")
        named = self.env["ir.model"].sudo()._get(model).name or model
        field, _, part = name.partition("/")
        patterns = self.env[model]._seal_personal_parts.get(field, {})
        if pattern := hidden.pattern_of(part, patterns):
            # pylint: disable-next=translation-not-lazy
            label = self.env._(patterns[pattern])
        else:
            known = self.env[model]._fields[field]
            label = known.get_description(self.env, ["string"])["string"]
        return f"{named}: {label}"
