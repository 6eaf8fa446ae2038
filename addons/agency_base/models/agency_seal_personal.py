import json

from odoo import fields, models

from .agency_seal import SEALING


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


class AgencySeal(models.Model):
    """What may lawfully happen to a sealed record: an entry of the chain tells it."""

    _inherit = "agency.seal"

    def _redact(self, reason):
        """Remove the personal data of sealed records for good; the chain stays whole.

        The salts, the values and the files that show them go; the hashes stay but no
        longer tell anything.
        """
        for seal in self.filtered(lambda seal: seal.kind == "record"):
            seal_sudo = seal.sudo().with_context(agency_sealing=SEALING)
            personal = seal_sudo.env["agency.seal.personal"].search(
                [("seal_id", "=", seal.id)]
            )
            for value in personal:
                model, record_id, name = value.path.split(":")
                record = seal_sudo.env[model].browse(int(record_id)).exists()
                record.write({name: False})
                record.flush_recordset()
            files = [
                json.loads(entry.snapshot)["file"]["attachment"]
                for entry in seal_sudo._files()
            ]
            seal_sudo.env["ir.attachment"].browse(files).exists().unlink()
            personal.unlink()
            entry = {
                "kind": "redaction",
                "title": reason,
                "parent_id": seal.id,
                "payload": {"of": seal_sudo.code, "reason": reason},
            }
            self._extend(seal_sudo.company_id, [entry])

    def _note_merge(self, partners, target):
        """Tell in the chains that sealed links to ``partners`` now mean ``target``."""
        if not self._links_sealed(partners):
            return
        entry = {
            "kind": "merge",
            "title": target.display_name,
            "payload": {
                "model": partners._name,
                "from": partners.ids,
                "into": target.id,
            },
        }
        # sudo: whoever merges contacts has nothing to do with seals
        for chain in self.env["agency.seal.chain"].sudo().search([("length", ">", 0)]):
            self._extend(chain.company_id, [entry])

    def _links_sealed(self, partners):
        """Tell whether a column that can be sealed refers to ``partners``."""
        for model in self.env.values():
            if model._abstract or not hasattr(model, "_seal_fields"):
                continue
            for name in model._seal_fields:
                field = model._fields[name]
                if field.comodel_name != partners._name or not field.store:
                    continue
                domain = [(name, "in", partners.ids)]
                found = model.sudo().with_context(active_test=False)
                if found.search_count(domain, limit=1):
                    return True
        return False
