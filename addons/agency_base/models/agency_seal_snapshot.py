import json
import secrets

from odoo import models

from ..tools import hidden
from ..tools.canonical import canonical, sha256
from .agency_seal_rows import read_child_ids, read_rows

# The names of people are personal wherever a document shows them.
PEOPLE = ("res.partner", "res.users")


class AgencySealSnapshot(models.AbstractModel):
    """How a row is written into a snapshot, with all that belongs to it."""

    _inherit = "agency.seal.part"

    def _seal_nodes(self, lang):
        """Return ``{id: node}`` and ``{id: {path: (salt, value)}}`` of the records."""
        names = (
            *self._seal_fields,
            *self._seal_personal_fields,
            *self._seal_personal_parts,
        )
        rows = read_rows(self.env, self._name, self.ids, names, lang)
        nodes, personal = {}, {}
        for record in self:
            salts = personal[record.id] = {}
            nodes[record.id] = record._seal_node(rows[record.id], salts)
        for name in self._seal_children:
            self._seal_add_children(name, lang, nodes, personal)
        return nodes, personal

    def _seal_node(self, row, salts):
        """Return the node of one record; what is personal in it goes to ``salts``."""
        self.ensure_one()

        def digest(name, value):
            salt = secrets.token_hex(16)
            salts[f"{self._name}:{self.id}:{name}"] = (salt, value)
            return sha256(salt + canonical(value))

        node = {"model": self._name, "id": self.id, "personal": {}, "children": {}}
        for name in self._seal_personal_fields:
            # Nothing that is empty says anything of anybody.
            if row.get(name) not in (None, ""):
                node["personal"][name] = digest(name, row.pop(name))
        parts = {
            name: hidden.hide(
                self._seal_json(row.pop(name)),
                patterns,
                lambda path, text, name=name: digest(f"{name}/{path}", text),
            )
            for name, patterns in self._seal_personal_parts.items()
            if row.get(name) is not None
        }
        if parts:
            node["parts"] = parts
        return node | {"fields": row, "display": self._seal_displays(digest)}

    def _seal_json(self, text):
        """Return the JSON of a text field; another spelling of it would be no proof."""
        tree = json.loads(text)
        if canonical(tree) != text:
            raise ValueError(f"{self._name}: not canonical JSON")
        return tree

    def _seal_displays(self, digest):
        shown = {}
        for name in self._seal_fields:
            field = self._fields[name]
            if field.type not in ("many2one", "many2many", "selection"):
                continue
            shown[name] = self._seal_display(name)
            if shown[name] and field.comodel_name in PEOPLE:
                value = digest(f"{name}/display", shown[name])
                shown[name] = {hidden.HIDDEN: value}
        return shown

    def _seal_add_children(self, name, lang, nodes, personal):
        child_ids = read_child_ids(self.env, self._name, name, self.ids)
        all_ids = [child_id for ids in child_ids.values() for child_id in ids]
        children = self[name].browse(all_ids).sudo()
        child_nodes, child_salts = children._seal_nodes(lang)
        for record in self:
            own = child_ids[record.id]
            nodes[record.id]["children"][name] = [child_nodes[i] for i in own]
            for child_id in own:
                personal[record.id].update(child_salts[child_id])

    def _seal_display(self, name):
        """Return what a reader sees of ``name`` today, in the company's language."""
        field, value = self._fields[name], self[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value)
        # sudo: an approver may not see every record he refers to
        return [other.display_name for other in value.sudo()]
