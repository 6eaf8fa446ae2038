from odoo import api, models
from odoo.exceptions import UserError

from .agency_seal import is_sealing

# What goes on living on a sealed record: it is not part of the document.
OPEN_FIELDS = {
    "access_token",
    "activity_ids",
    "message_follower_ids",
    "message_ids",
    "message_main_attachment_id",
    "website_message_ids",
    "write_date",
    "write_uid",
}


class AgencySealPart(models.AbstractModel):
    """A row of a document that is sealed with its parent, as a line of minutes.

    Name the link to the parent in ``_seal_parent`` and what is sealed as in
    `agency.seal.mixin`. The parent may itself be a part.
    """

    _name = "agency.seal.part"
    _description = "Part of a Sealed Record"

    _seal_parent = None
    _seal_fields = ()
    _seal_children = ()
    _seal_personal_fields = ()
    _seal_personal_parts = {}
    _seal_open_fields = ()

    def _sealed(self):
        """Return those of the records that are under a seal."""
        # sudo: a seal binds whether or not the user sees the parent
        parents = self.sudo()[self._seal_parent]._sealed()
        if not parents:
            return self.browse()
        return self.filtered(lambda part: part.sudo()[self._seal_parent] in parents)

    def _refuse_if_sealed(self, names=None):
        """Raise UserError if a record is sealed and any of ``names`` is part of it."""
        if names is not None:
            names = set(names) - OPEN_FIELDS - set(self._seal_open_fields)
            names = {name for name in names if name in self._fields}
        if names == set() or is_sealing(self.env):
            return
        if sealed := self._sealed()[:1]:
            raise UserError(
                self.env._(
                    "%(record)s is sealed and cannot be changed. Amend it by a new "
                    "version.",
                    record=sealed.display_name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self._seal_parent:
            # After creating: defaults and computes may have chosen the parent.
            records._refuse_if_sealed()
        return records

    def write(self, vals):
        self._refuse_if_sealed(vals)
        result = super().write(vals)
        if self._seal_parent in vals:
            # Nothing is moved under a seal either.
            self._refuse_if_sealed(vals)
        return result

    def _write_multi(self, vals_list):
        """Guard what reaches the table without `write`: recomputed columns.

        They stay as they were sealed, silently: nobody asked for the change.
        """
        if is_sealing(self.env):
            return super()._write_multi(vals_list)
        written = set().union(*vals_list) - OPEN_FIELDS - set(self._seal_open_fields)
        frozen = {name for name in written if self._fields[name].compute}
        sealed = set(self._sealed()._ids) if written else set()
        if sealed & set(self._ids) and written - frozen:
            self.filtered(lambda record: record.id in sealed)._refuse_if_sealed(
                written - frozen
            )
        kept = [
            (record_id, {k: v for k, v in vals.items() if k not in frozen})
            if record_id in sealed
            else (record_id, vals)
            for record_id, vals in zip(self._ids, vals_list, strict=True)
        ]
        kept = [(record_id, vals) for record_id, vals in kept if vals]
        records = self.browse([record_id for record_id, _vals in kept])
        return super(AgencySealPart, records)._write_multi([vals for _, vals in kept])

    def _compute_field_value(self, field):
        if not field.store or is_sealing(self.env) or not any(self._ids):
            return super()._compute_field_value(field)
        sealed = self.filtered(lambda record: record._origin)._sealed()
        if sealed:
            # Read again from the table: the value that was sealed.
            sealed.invalidate_recordset([field.name], flush=False)
        rest = self - sealed
        if not rest:
            return None
        return super(AgencySealPart, rest)._compute_field_value(field)

    def unlink(self):
        self._refuse_if_sealed()
        return super().unlink()

    def _seal_redacted(self, places):
        """Follow the redaction of a record at ``places``: fields, ``field/part``.

        Models remove here what they keep of the same values beside the sealed columns.
        """
