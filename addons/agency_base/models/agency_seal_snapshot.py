import secrets

from odoo import models

from ..tools.canonical import canonical, sha256
from .agency_seal_rows import read_child_ids, read_rows


class AgencySealSnapshot(models.AbstractModel):
    """How a row is written into a snapshot, with all that belongs to it."""

    _inherit = "agency.seal.part"

    def _seal_nodes(self, lang):
        """Return ``{id: node}`` and ``{id: {path: (salt, value)}}`` of the records."""
        names = (*self._seal_fields, *self._seal_personal_fields)
        rows = read_rows(self.env, self._name, self.ids, names, lang)
        nodes, personal = {}, {}
        for record in self:
            row = rows[record.id]
            hidden, salts = {}, {}
            for name in self._seal_personal_fields:
                salt, value = secrets.token_hex(16), row.pop(name, None)
                hidden[name] = sha256(salt + canonical(value))
                salts[f"{self._name}:{record.id}:{name}"] = (salt, value)
            nodes[record.id] = {
                "model": self._name,
                "id": record.id,
                "fields": row,
                "display": {
                    name: record._seal_display(name)
                    for name in self._seal_fields
                    if self._fields[name].type in ("many2one", "many2many", "selection")
                },
                "personal": hidden,
                "children": {},
            }
            personal[record.id] = salts
        for name in self._seal_children:
            self._seal_add_children(name, lang, nodes, personal)
        return nodes, personal

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
