import json
import secrets

from odoo import api, fields, models

from ..tools.canonical import canonical, sha256
from ..tools.context import without_defaults
from ..tools.digits import localize_digits, to_latin_digits
from ..tools.jobs import job_method
from ..tools.signing import Signer

# Letters and digits that are not mistaken for one another on paper.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 16
SCHEMA = 1

# In the context it opens what sealing closed. RPC cannot send it: an object is only
# identical to itself.
SEALING = object()


def is_sealing(env):
    """Tell whether the code that seals, and not a caller, is at work."""
    return env.context.get("agency_sealing") is SEALING


class AgencySeal(models.Model):
    """One entry of a body's chain: a sealed record, its PDF, or a later note on it.

    The hash of an entry covers its header and snapshot and the hash before it; the
    signature covers the hash. Neither the ORM nor SQL changes an entry (see
    `agency.event.mixin`); what happens later to a sealed record is a further entry.
    """

    _name = "agency.seal"
    _description = "Seal"
    _inherit = ["agency.event.mixin"]
    _order = "company_id, position desc"

    position = fields.Integer(required=True, readonly=True)
    kind = fields.Selection(
        [
            ("record", "Record"),
            ("file", "File"),
            ("merge", "Merged Contacts"),
            ("redaction", "Redacted Personal Data"),
        ],
        required=True,
        readonly=True,
    )
    number = fields.Char(readonly=True)
    title = fields.Char(readonly=True)
    subtitle = fields.Char(compute="_compute_subtitle", help="What no number says.")
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(
        "Sealed Record", model_field="res_model", readonly=True
    )
    # pylint: disable=attribute-string-redundant
    parent_id = fields.Many2one(
        "agency.seal", "Note On", readonly=True, ondelete="restrict", index=True
    )
    amends_id = fields.Many2one(
        "agency.seal", "Amends", readonly=True, ondelete="restrict", index=True
    )
    version = fields.Integer(required=True, readonly=True, default=1)
    schema = fields.Integer(required=True, readonly=True, default=SCHEMA)
    snapshot = fields.Text(required=True, readonly=True)
    previous_hash = fields.Char(required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)
    key_id = fields.Char("Key", required=True, readonly=True)
    signature = fields.Char(required=True, readonly=True)
    code = fields.Char("Verification Code", required=True, readonly=True)
    note_ids = fields.One2many("agency.seal", "parent_id", "Later Entries")
    has_file = fields.Boolean(compute="_compute_has_file")

    _position_uniq = models.UniqueIndex("(company_id, position)")
    _code_uniq = models.UniqueIndex("(code)")
    _record_idx = models.Index("(res_model, res_id) WHERE kind = 'record'")

    @api.depends("number", "title", "position")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for seal in self:
            name = seal.number or seal.title or f"#{seal.position}"
            seal.display_name = localize_digits(name, self.env.lang)

    @api.depends("number", "title")
    def _compute_subtitle(self):
        for seal in self:
            # Sealed in the company's digits, the title of many is their number.
            repeats = to_latin_digits(seal.title or "") == (seal.number or "")
            seal.subtitle = not repeats and seal.title

    def _compute_has_file(self):
        files = self._files().parent_id
        for seal in self:
            seal.has_file = seal in files

    @api.model
    def _extend(self, company, entries):
        """Add ``entries`` to the chain of ``company`` and return the new seals.

        An entry is a dict of ``kind``, ``payload`` (what is sealed) and any of
        ``number``, ``title``, ``res_model``, ``res_id``, ``parent_id``, ``amends_id``,
        ``version``. Everything slow is done before: from here on the chain is locked.
        """
        # sudo: users have no right on seals but to read them
        seals_sudo = self.sudo()
        chain_sudo = self.env["agency.seal.chain"].sudo()._lock(company)
        signer = Signer()
        position, previous = chain_sudo.length, chain_sudo.head_hash or ""
        now = fields.Datetime.now()
        vals_list = []
        for entry in entries:
            position += 1
            vals = {
                "version": 1,
                "schema": SCHEMA,
                **{name: value for name, value in entry.items() if name != "payload"},
                "company_id": company.id,
                "user_id": self.env.uid,
                "happened_at": now,
                "position": position,
                "snapshot": canonical(entry["payload"]),
                "previous_hash": previous,
                "code": "".join(
                    secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)
                ),
            }
            vals["hash"] = previous = self._entry_hash(vals)
            vals["key_id"], vals["signature"] = signer.sign(vals["hash"])
            vals_list.append(vals)
        seals = seals_sudo.create(vals_list)
        chain_sudo._extend_to(position, previous)
        return seals.sudo(self.env.su)

    @api.model
    def _entry_hash(self, vals):
        """Return the hash of an entry given as plain values, with ids for links."""
        names = (
            "company_id",
            "user_id",
            "position",
            "kind",
            "number",
            "title",
            "res_model",
            "res_id",
            "parent_id",
            "amends_id",
            "version",
            "schema",
            "previous_hash",
            "code",
        )
        header = {name: vals.get(name) or None for name in names}
        header["happened_at"] = vals["happened_at"]
        header["snapshot"] = sha256(vals["snapshot"])
        return sha256(canonical(header))

    @api.model
    def _seal_lang(self, company):
        """Return the language in which the documents of ``company`` are written."""
        installed = dict(self.env["res.lang"].get_installed())
        wanted = (company.partner_id.lang, "fa_IR", self.env.lang)
        return next((lang for lang in wanted if lang in installed), "en_US")

    def _plain_values(self):
        """Return the entry as `_entry_hash` takes it."""
        self.ensure_one()
        links = {"company_id", "user_id", "parent_id", "amends_id"}
        return {
            name: self[name].id if name in links else self[name]
            for name in self._column_names()
        }

    @api.model
    def _column_names(self):
        """Return the names of all that an entry consists of."""
        stored = (name for name, field in self._fields.items() if field.store)
        return sorted(set(stored) - {"id"})

    # === The PDF ===

    def _render_later(self):
        """Queue the official PDF of sealed records that have a report."""
        for seal in self:
            if self.env[seal.res_model]._seal_report:
                self.env["agency.job"]._enqueue(
                    seal,
                    "_job_render",
                    self.env._("Official PDF of %s", seal.display_name),
                    key=f"seal-pdf-{seal.id}",
                )

    def action_render(self):
        """Render the PDF of sealed records that still lack it."""
        self.check_access("read")
        records = self.filtered(lambda seal: seal.kind == "record")
        records.filtered(lambda seal: not seal._files())._render_later()

    @job_method
    def _job_render(self, job):
        # sudo: whoever approved the record has no right on its seal
        for seal in job._each(self.sudo()):
            if not seal._files():
                seal._attach_pdf()

    def _attach_pdf(self):
        """Render the PDF from the snapshot and add it to the chain."""
        self.ensure_one()
        lang = json.loads(self.snapshot)["lang"]
        report = self.env["ir.actions.report"].with_context(lang=lang)
        # sudo: the report reads the seal, not what its reader may see
        content, _type = report.sudo()._render_qweb_pdf(
            self.env[self.res_model]._seal_report, self.ids
        )
        name = f"{(self.number or self.code).replace('/', '-')}.pdf"
        self._add_file(name, content, "application/pdf")

    def _add_file(self, name, content, mimetype):
        """Attach ``content`` to the sealed record and add its hash to the chain."""
        # sudo: nobody else attaches anything to a seal
        attachment = (
            without_defaults(self.env["ir.attachment"].sudo())
            .with_context(agency_sealing=SEALING)
            .create(
                {
                    "name": name,
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
        file = {
            "attachment": attachment.id,
            "name": name,
            "sha256": sha256(content),
            "size": len(content),
        }
        entry = {
            "kind": "file",
            "title": name,
            "parent_id": self.id,
            "payload": {"of": self.code, "file": file},
        }
        return self._extend(self.company_id, [entry])

    def _issued_files(self):
        """Return the entries of all files ever made from these sealed records."""
        return self.search([("parent_id", "in", self.ids), ("kind", "=", "file")])

    def _files(self):
        """Return the entries of the files in force: made since the last redaction."""
        redacted = dict(
            self._read_group(
                [("parent_id", "in", self.ids), ("kind", "=", "redaction")],
                groupby=["parent_id"],
                aggregates=["position:max"],
            )
        )
        return self._issued_files().filtered(
            lambda file: file.position > redacted.get(file.parent_id, 0)
        )

    def action_open_record(self):
        """Open the sealed record."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
