import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.canonical import canonical, sha256
from ..tools.context import without_defaults
from ..tools.hidden import HIDDEN

# imported first: this inherits what it defines
from . import agency_seal_part  # noqa: F401
from .agency_seal import SCHEMA, SEALING, is_sealing

BOOKKEEPING = {"seal_id", "seal_amends_id"}


class AgencySealMixin(models.AbstractModel):
    """Records that become official: approved, numbered, sealed, never changed again.

    The inheriting model names what is sealed::

        _seal_fields = ("name", "date", "partner_id", "state")  # own columns
        _seal_children = ("line_ids",)       # one2many to models of agency.seal.part
        _seal_personal_fields = ("mobile",)  # kept as a salted hash
        # texts inside a field that holds canonical JSON, likewise; with what they are
        _seal_personal_parts = {"content": {"people.*.name": _lt("Name")}}
        _seal_open_fields = ("follow_up",)   # may be written after sealing
        _seal_number_field = "name"
        _seal_report = "my_addon.minutes_report"  # renders agency.seal, optional

    fills in the number and the last values in `_seal_prepare`, and calls `_seal` when
    the record is approved. From then on only ``_seal_open_fields`` and what mail needs
    can be written, by anybody. A correction is a new record: `_seal_new_version`.
    """

    _name = "agency.seal.mixin"
    _description = "Sealed Record"
    _inherit = ["agency.seal.part", "agency.at.once.mixin"]

    _seal_number_field = "name"
    _seal_report = None

    seal_id = fields.Many2one(
        "agency.seal",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    seal_amends_id = fields.Many2one(
        "agency.seal",
        "Amends",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    is_sealed = fields.Boolean(compute="_compute_is_sealed", search="_search_is_sealed")

    @api.depends("seal_id")
    def _compute_is_sealed(self):
        for record in self:
            record.is_sealed = bool(record.seal_id)

    def _search_is_sealed(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        return [("seal_id", "!=", False)] if operator == "in" else NotImplemented

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_bookkeeping(set().union(*vals_list))
        guarded = without_defaults(self, BOOKKEEPING)
        records = super(AgencySealMixin, guarded).create(vals_list)
        return records.with_env(self.env)

    def write(self, vals):
        self._refuse_bookkeeping(vals)
        return super().write(vals)

    def _refuse_bookkeeping(self, names):
        if BOOKKEEPING & set(names) and not is_sealing(self.env):
            raise UserError(
                self.env._("A record is sealed by approving it, not by writing so.")
            )

    def _sealed(self):
        # sudo: a seal binds whether or not the user may see it
        return self.filtered(lambda record: record.sudo().seal_id)

    def _seal_company(self):
        """Return the company in whose chain the record is sealed."""
        return self.company_id

    def _seal_prepare(self):
        """Draw the number and write the last values; the records are locked."""

    def _seal(self):
        """Seal the records and return their seals. The caller checked the rights."""
        self._hold()
        if sealed := self._sealed()[:1]:
            raise UserError(
                self.env._("%s is already sealed.", sealed.sudo().display_name)
            )
        self._seal_prepare()
        self.env.flush_all()
        seals = self.env["agency.seal"]
        for company, records in self.grouped(lambda r: r._seal_company()).items():
            entries, salts = records._seal_entries(company)
            sealed = seals._extend(company, entries)
            seals._keep_personal(sealed, salts)
            own = records.with_context(agency_sealing=SEALING)
            for record, seal in zip(own, sealed, strict=True):
                record.seal_id = seal
            # Flushed later, without the key, the column would be refused.
            own.flush_recordset(["seal_id"])
            seals |= sealed
        seals._render_later()
        return seals

    def _seal_new_version(self):
        """Return a draft copy that, once sealed, amends the sealed record."""
        self.ensure_one()
        draft = self.copy()
        draft.with_context(agency_sealing=SEALING).write(
            {"seal_amends_id": self.seal_id.id}
        )
        return draft

    def _seal_entries(self, company):
        """Return the chain entries of the records and their personal values."""
        lang = self.env["agency.seal"]._seal_lang(company)
        records = self.with_context(lang=lang)
        nodes, salts = records._seal_nodes(lang)
        files = records._seal_files(nodes, salts)
        entries = []
        for record in records:
            number = record[self._seal_number_field]
            amended = record.seal_amends_id
            payload = {
                "schema": SCHEMA,
                "lang": lang,
                "company": {"id": company.id, "name": company.name},
                "number": number,
                "title": record.display_name,
                "record": nodes[record.id],
                "files": files.get(record.id, []),
            }
            entries.append(
                {
                    "kind": "record",
                    "number": number,
                    "title": record.display_name,
                    "res_model": self._name,
                    "res_id": record.id,
                    "amends_id": amended.id,
                    "version": amended.version + 1 if amended else 1,
                    "payload": payload,
                }
            )
        return entries, [salts[record.id] for record in records]

    def _seal_files(self, nodes, salts):
        """Return ``{record id: [file]}`` of the attachments of all that is sealed."""
        owners = {}
        for record in self:
            for model, record_id in _rows(nodes[record.id]):
                owners.setdefault(model, {})[record_id] = record.id
        files = {}
        for model, roots in owners.items():
            # sudo: sealed with the record, whoever attached them
            attachments_sudo = self.env["ir.attachment"].sudo()
            domain = [("res_model", "=", model), ("res_id", "in", list(roots))]
            for attachment in attachments_sudo.search(domain, order="id"):
                if attachment.type != "binary":
                    continue
                root = roots[attachment.res_id]
                # Names of files name people.
                salt, name = secrets.token_hex(16), attachment.name
                salts[root][f"ir.attachment:{attachment.id}:name"] = (salt, name)
                content = attachment.raw or b""
                files.setdefault(root, []).append(
                    {
                        "attachment": attachment.id,
                        "name": {HIDDEN: sha256(salt + canonical(name))},
                        "sha256": sha256(content),
                        "size": len(content),
                    }
                )
                attachment.invalidate_recordset(["raw", "datas"])
        return files


def _rows(node):
    """Yield model and id of a node and of all that is sealed with it."""
    yield node["model"], node["id"]
    for children in node["children"].values():
        for child in children:
            yield from _rows(child)
