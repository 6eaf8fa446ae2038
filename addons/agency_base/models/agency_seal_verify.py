import json

from odoo import api, models
from odoo.tools import LazyTranslate, format_date

from odoo.addons.jalali_calendar.tools import format_jalali

from ..tools.canonical import sha256
from ..tools.digits import localize_digits
from ..tools.signing import Signer
from .agency_seal_personal import PersonalCheck
from .agency_seal_rows import read_child_ids, read_rows

_lt = LazyTranslate(__name__)

PROBLEMS = {
    "gap": _lt("Entry %(expected)s is missing before entry %(position)s."),
    "order": _lt("Entry %(position)s does not follow the one before it."),
    "content": _lt(
        "The sealed content of entry %(position)s (%(document)s) was changed."
    ),
    "key": _lt(
        "Entry %(position)s (%(document)s) is signed with a key that is not this "
        "server's."
    ),
    "signature": _lt("The signature of entry %(position)s (%(document)s) is forged."),
    "file": _lt("The file %(name)s of entry %(position)s was changed."),
    "file_gone": _lt("The file %(name)s of entry %(position)s is gone."),
    "gone": _lt("A row of %(document)s was removed: %(model)s no. %(id)s."),
    "added": _lt("A row was added to %(document)s: %(model)s no. %(id)s."),
    "kept": _lt(
        "Personal data kept for %(document)s were changed, or removed without a "
        "redaction: “%(field)s” of %(model)s no. %(id)s."
    ),
    "changed": _lt(
        "A row of %(document)s was changed: “%(field)s” of %(model)s no. %(id)s."
    ),
}


class AgencySealVerify(models.Model):
    """Finding out whether what was sealed is still what it was."""

    _inherit = "agency.seal"

    def _own_problems(self, signer):
        """Check one entry by itself: hash and signature, without a query more."""
        self.ensure_one()
        if self._entry_hash(self._plain_values()) != self.hash:
            return [self._problem("content")]
        if not signer.knows(self.key_id):
            return [self._problem("key")]
        if not signer.is_valid(self.key_id, self.signature, self.hash):
            return [self._problem("signature")]
        return []

    def _public_answer(self, lang):
        """Return what anybody with the paper in his hand may know about it.

        The entry itself is checked at once; whether rows and files still agree with
        it was found out by the last check of the whole chain.
        """
        self.ensure_one()
        company = self.company_id
        domain = [("company_id", "=", company.id)]
        chain = self.env["agency.seal.chain"].search(domain)
        accused = {problem["seal"] for problem in chain.problems or []}
        was_checked = chain.checked_length >= self.position
        return {
            "company": json.loads(self.snapshot)["company"]["name"],
            "number": localize_digits(self.number or "", lang),
            "date": self._public_date(self.happened_at, company, lang),
            "version": localize_digits(self.version, lang),
            "authentic": not self._own_problems(Signer()) and self.id not in accused,
            "superseded": bool(
                self.search_count([("amends_id", "=", self.id)], limit=1)
            ),
            "redacted": bool(
                self.search_count(
                    [("kind", "=", "redaction"), ("parent_id", "=", self.id)], limit=1
                )
            ),
            "checked": was_checked
            and self._public_date(chain.checked_at, company, lang),
            "hashes": [
                json.loads(file.snapshot)["file"]["sha256"]
                for file in self._issued_files()
            ],
        }

    @api.model
    def _public_date(self, moment, company, lang):
        """Return the day of ``moment`` as the page's language writes it."""
        if lang.startswith("fa"):
            return format_jalali(moment, tz=company.agency_tz)
        return format_date(self.env, moment, lang_code=lang)

    def _live_problems(self, merges, redacted):
        """Compare sealed rows and files with those the database holds now.

        ``redacted`` says of seals at which position they were redacted last, and which
        marks stand where something was removed.
        """
        problems = []
        records = self.filtered(lambda seal: seal.kind == "record")
        for seal in records:
            marks = redacted.get(seal.id, {}).get("marks", {})
            problems += seal._file_problems(json.loads(seal.snapshot)["files"], marks)
        for seal in self.filtered(lambda seal: seal.kind == "file"):
            told = redacted.get(seal.parent_id.id)
            if not told or told["position"] < seal.position:
                problems += seal._file_problems([json.loads(seal.snapshot)["file"]], {})
        for model_name, seals in records.grouped("res_model").items():
            if model_name in self.env:
                problems += seals._row_problems(merges, redacted)
        return problems

    def _file_problems(self, files, marks):
        problems = []
        for file in files:
            # sudo: checked, not shown
            attachment = self.env["ir.attachment"].sudo().browse(file["attachment"])
            content = attachment.exists() and attachment.raw
            removed = f"ir.attachment:{file['attachment']}:name" in marks
            name = file["name"]
            if not isinstance(name, str):
                name = attachment.exists().name or f"#{file['attachment']}"
            if not content and file["size"] and not removed:
                problems.append(self._problem("file_gone", name=name))
            elif sha256(content or b"") != (sha256(b"") if removed else file["sha256"]):
                problems.append(self._problem("file", name=name))
            attachment.invalidate_recordset(["raw", "datas"])
        return problems

    def _row_problems(self, merges, redacted):
        """Compare the rows of sealed records of one model, children included."""
        # sudo: checked, not shown
        personal_sudo = self.env["agency.seal.personal"].sudo()
        kept = {
            (personal.seal_id.id, personal.path): personal
            for personal in personal_sudo.search([("seal_id", "in", self.ids)])
        }
        changes = {"merges": merges, "redacted": redacted, "kept": kept}
        nodes = []
        for seal in self:
            payload = json.loads(seal.snapshot)
            nodes.append((seal, payload["lang"], payload["record"]))
        problems = self._compare(nodes, changes)
        personal_sudo.invalidate_model()
        return problems

    def _compare(self, nodes, changes):
        """Compare nodes of one model with its table, then their children."""
        if not nodes:
            return []
        problems, children = [], {}
        model_name = nodes[0][2]["model"]
        ids = [node["id"] for _seal, _lang, node in nodes]
        for lang in {lang for _seal, lang, _node in nodes}:
            spoken = [item for item in nodes if item[1] == lang]
            names = {
                name
                for _seal, _lang, node in spoken
                for name in (*node["fields"], *node["personal"], *node.get("parts", ()))
            }
            rows = read_rows(self.env, model_name, ids, sorted(names), lang)
            for seal, _lang, node in spoken:
                problems += seal._node_problems(node, rows, changes)
        for name in {name for _s, _l, node in nodes for name in node["children"]}:
            live = read_child_ids(self.env, model_name, name, ids)
            for seal, lang, node in nodes:
                sealed = node["children"].get(name, [])
                if added := set(live[node["id"]]) - {child["id"] for child in sealed}:
                    label = self.env[model_name]._fields[name].comodel_name
                    problems.append(seal._row_problem("added", label, min(added)))
                children.setdefault(name, []).extend(
                    (seal, lang, child) for child in sealed
                )
        for group in children.values():
            problems += self._compare(group, changes)
        return problems

    def _node_problems(self, node, rows, changes):
        row = rows.get(node["id"])
        if row is None:
            return [self._row_problem("gone", node["model"], node["id"])]
        fields = self.env[node["model"]]._fields
        changed = [
            name
            for name, value in node["fields"].items()
            if name in row
            and row[name] != value
            and not self._is_merged(fields[name], value, row[name], changes["merges"])
        ]
        personal = PersonalCheck(self.id, node, changes)
        changed += personal.changed(row)
        found = [("changed", changed), ("kept", personal.unkept())]
        return [
            self._row_problem(code, node["model"], node["id"], field=name)
            for code, names in found
            for name in names
        ]

    @api.model
    def _is_merged(self, field, sealed, live, merges):
        """Tell whether a link points elsewhere only because contacts were merged."""
        if field.type not in ("many2one", "many2many"):
            return False

        def follow(record_id):
            seen = set()
            while (field.comodel_name, record_id) in merges and record_id not in seen:
                seen.add(record_id)
                record_id = merges[field.comodel_name, record_id]
            return record_id

        as_set = [v if isinstance(v, list) else [v] for v in (sealed, live)]
        return {follow(i) for i in as_set[0]} == {follow(i) for i in as_set[1]}

    def _problem(self, code, **values):
        """Return the problem of an entry, in words."""
        values |= {"position": self.position, "document": self.display_name}
        # pylint: disable-next=translation-not-lazy
        text = self.env._(PROBLEMS[code]) % values
        return {
            "seal": self.parent_id.id if self.kind == "file" else self.id,
            "position": self.position,
            "code": code,
            "text": localize_digits(text, self.env.lang),
        }

    def _row_problem(self, code, model_name, record_id, field=None):
        """Return the problem of a row that belongs to a sealed record, in words."""
        known = self.env[model_name]._fields.get(field)
        return self._problem(
            code,
            model=self.env["ir.model"].sudo()._get(model_name).name or model_name,
            id=record_id,
            field=known and known.get_description(self.env, ["string"])["string"],
        )
