import json

from odoo import api, models

from ..tools import hidden
from ..tools.canonical import canonical
from ..tools.context import without_defaults


class AgencySealDocument(models.Model):
    """What a sealed record says, put together again for whoever may read it."""

    _inherit = "agency.seal"

    @api.model
    def _keep_personal(self, seals, salts):
        """Keep the personal values of new seals where redaction can remove them."""
        # sudo: nobody has a right on personal values
        without_defaults(self.env["agency.seal.personal"].sudo()).create(
            [
                {"seal_id": seal.id, "path": path, "salt": salt, "value": value}
                for seal, own in zip(seals, salts, strict=True)
                for path, (salt, value) in own.items()
            ]
        )

    def _personal(self):
        """Return ``{path: value}`` of the personal data that are still kept."""
        self.ensure_one()
        # sudo: templates show what was sealed, to whoever may see the seal
        personal_sudo = self.sudo().env["agency.seal.personal"]
        kept = personal_sudo.search([("seal_id", "=", self.id)])
        return {personal.path: personal.value for personal in kept}

    def _document(self):
        """Return the snapshot of a sealed record with the personal data still kept.

        This, and nothing else, is what the official PDF shows. In place of what was
        redacted stands the mark that the redaction left.
        """
        self.ensure_one()
        payload = json.loads(self.snapshot)
        kept, marks = self._personal(), {}
        for redaction in self.sudo()._redactions():
            marks |= redaction._redacted_marks()
        fill_node(payload["record"], kept, marks)
        for file in payload["files"]:
            path = f"ir.attachment:{file['attachment']}:name"
            file["name"] = hidden.show(
                file["name"], lambda *_, path=path: kept.get(path, marks.get(path))
            )
        return payload


def fill_node(node, kept, marks):
    """Put personal values back into a node of a snapshot, and into those below it."""
    own = f"{node['model']}:{node['id']}:"

    def value(place):
        return kept.get(own + place, marks.get(own + place))

    node["personal"] = {name: value(name) for name in node["personal"]}
    for name, tree in node.pop("parts", {}).items():
        shown = hidden.show(tree, lambda path, _, name=name: value(f"{name}/{path}"))
        node["fields"][name] = canonical(shown)
    for name, names in node["display"].items():
        shown = hidden.show(names, lambda *_, name=name: value(f"{name}/display"))
        node["display"][name] = [shown] if isinstance(shown, str) else shown
    for children in node["children"].values():
        for child in children:
            fill_node(child, kept, marks)
