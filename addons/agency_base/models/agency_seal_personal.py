import json

from odoo import fields, models

from ..tools import hidden
from ..tools.canonical import canonical, sha256


class AgencySealPersonal(models.Model):
    """Personal values of sealed records: all that redaction has to remove.

    The snapshot keeps a salted hash only. Without the salt nobody finds the value from
    the hash; with it, the value is proven to be the one that was sealed.
    """

    _name = "agency.seal.personal"
    _description = "Personal Data of a Seal"
    _log_access = False

    seal_id = fields.Many2one(
        "agency.seal", required=True, ondelete="restrict", index=True
    )
    path = fields.Char(required=True, help="As a.model:5:phone.")
    salt = fields.Char(required=True)
    value = fields.Json()

    _path_uniq = models.UniqueIndex("(seal_id, path)")


class PersonalCheck:
    """The personal data of one node of a snapshot, against rows and what is kept."""

    def __init__(self, seal_id, node, changes):
        """Take ``changes`` as `agency.seal._row_problems` collected them."""
        self.seal_id = seal_id
        self.node = node
        self.kept = changes["kept"]
        self.marks = changes["redacted"].get(seal_id, {}).get("marks", {})

    def _path(self, name):
        return f"{self.node['model']}:{self.node['id']}:{name}"

    def _is_sealed(self, name, value, digest):
        """Tell whether ``value`` was sealed under ``digest``, if that can be told."""
        kept = self.kept.get((self.seal_id, self._path(name)))
        return not kept or sha256(kept.salt + canonical(value)) == digest

    def changed(self, row):
        """Return the names of fields that are neither as sealed nor as redacted."""
        changed = []
        for name, digest in self.node["personal"].items():
            if name not in row:
                continue
            if self._path(name) in self.marks:
                if row[name] is not None:
                    changed.append(name)
            elif not self._is_sealed(name, row[name], digest):
                changed.append(name)
        return changed + [
            name
            for name, tree in self.node.get("parts", {}).items()
            if name in row and not self._is_part_sealed(name, tree, row[name])
        ]

    def _is_part_sealed(self, name, tree, text):
        try:
            live = json.loads(text or "")
        except ValueError:
            return False

        def expected(path, digest):
            place = f"{name}/{path}"
            if self._path(place) in self.marks:
                return self.marks[self._path(place)]
            value = hidden.at(live, path)
            # What is not as sealed is expected to be nothing that JSON can say.
            return value if self._is_sealed(place, value, digest) else Ellipsis

        shown = hidden.show(tree, expected)
        return shown == live and canonical(live) == text

    def unkept(self):
        """Return the names of fields whose kept values are gone or forged."""
        places = dict(self.node["personal"])
        for name, tree in self.node.get("parts", {}).items():
            hidden.show(
                tree,
                lambda path, digest, name=name: places.update(
                    {f"{name}/{path}": digest}
                ),
            )
        for name, shown in self.node["display"].items():
            hidden.show(
                shown,
                lambda _path, digest, name=name: places.update(
                    {f"{name}/display": digest}
                ),
            )
        return sorted(
            {
                name.split("/")[0]
                for name, digest in places.items()
                if self._path(name) not in self.marks
                and not self._is_kept(name, digest)
            }
        )

    def _is_kept(self, name, digest):
        kept = self.kept.get((self.seal_id, self._path(name)))
        return kept and sha256(kept.salt + canonical(kept.value)) == digest
