import logging

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..tools.context import without_defaults

_logger = logging.getLogger(__name__)


class AgencyStateMixin(models.AbstractModel):
    """One law for the states of a model, whichever way a change arrives.

    A model puts this mixin first in its ``_inherit``, defines the selection ``state``
    and says here what may become of what. Buttons write the state and nothing else;
    forms, imports and RPC meet the same guard, which no context switches off:

    * What the table does not allow is refused, then `_check_transition` says what an
      edge demands of the record or of the user; what the caller wrote along with the
      state is already there.
    * `_transition_stamp` returns who and when: it wins over what the caller sends, and
      a caller that sends one of ``_state_stamps`` is refused.
    * `_enter` moves with `_stamp_state`; a model writes its own for what follows.
    * `_set_stamps` writes past the guard; RPC cannot call it.

    Records begin in the first state of the table. Only importers bring
    in records that are further on, which is logged. Deleting is for the states in
    ``_state_deletable``.
    """

    _name = "agency.state.mixin"
    _inherit = ["agency.at.once.mixin"]
    _description = "Guarded States"

    # {state: the states it may become}; the first is where records begin.
    _state_transitions = {}
    # Fields that only transitions write.
    _state_stamps = frozenset()
    # States in which a record may be deleted: () for none; None stands for the first.
    _state_deletable = None

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_importing():
            stamped = zip(self._creation_stamps(vals_list), vals_list, strict=True)
            records = super().create([stamp | vals for stamp, vals in stamped])
            records._log_brought_in()
            return records
        first = self._first_state()
        for vals in vals_list:
            self._refuse_stamps(vals)
            if vals.get("state", first) != first:
                raise AccessError(
                    self.env._(
                        "%(model)s begins as “%(state)s”: only imports bring in "
                        "records that are further on.",
                        model=self.env["ir.model"]._get(self._name).name,
                        state=self._state_label(first),
                    )
                )
        # Defaults in the context would say what the values may not.
        guarded = without_defaults(self, {"state", *self._state_stamps})
        stamped = zip(vals_list, self._creation_stamps(vals_list), strict=True)
        records = super(AgencyStateMixin, guarded).create(
            [vals | stamp for vals, stamp in stamped]
        )
        return records.with_env(self.env)

    def write(self, vals):
        self._refuse_stamps(vals)
        if "state" not in vals:
            return super().write(vals)
        self.check_access("write")
        moving = self.filtered(lambda record: record.state != vals["state"])
        # What is written along with the state may be what the state demands.
        others = {name: value for name, value in vals.items() if name != "state"}
        if others:
            super().write(others)
        if moving:
            moving._check_table(vals["state"])
            moving._check_transition(vals["state"])
            moving._enter(vals["state"])
        return True

    def unlink(self):
        # Here and not in `@api.ondelete`: a context sent by RPC skips that.
        self._check_deletable()
        return super().unlink()

    # === What models extend ===

    def _check_transition(self, state):
        """Raise UserError where an edge of the table demands more."""

    def _enter(self, state):
        """Move records whose transition was checked, and do what follows."""
        self._stamp_state(state)

    def _transition_stamp(self, state):
        """Return the values that entering ``state`` brings with it, for one record."""
        return {}

    @api.model
    def _creation_stamps(self, vals_list):
        """Return the stamps that each new record begins with."""
        return [{} for _vals in vals_list]

    # === The guard ===

    def _check_table(self, state):
        """Raise UserError unless the table lets each record become ``state``."""
        for record in self:
            if state not in self._state_transitions[record.state]:
                raise UserError(
                    self.env._(
                        "%(record)s is “%(now)s” and cannot become “%(next)s”.",
                        record=record.display_name,
                        now=self._state_label(record.state),
                        next=self._state_label(state),
                    )
                )

    def _stamp_state(self, state):
        """Write ``state`` and its stamps on records whose transition was checked."""
        for record in self:
            record._set_stamps({"state": state} | record._transition_stamp(state))

    # pylint: disable=super-method-mismatch
    def _set_stamps(self, vals):
        """Write what only a transition writes."""
        return super().write(vals)

    def _check_deletable(self):
        deletable = self._state_deletable
        if deletable is None:
            deletable = (self._first_state(),)
        for record in self:
            if record.state not in deletable:
                raise UserError(
                    self.env._(
                        "%(record)s is “%(state)s” and stays on record.",
                        record=record.display_name,
                        state=self._state_label(record.state),
                    )
                )

    @api.model
    def _refuse_stamps(self, vals):
        if not self._state_stamps.isdisjoint(vals):
            raise AccessError(
                self.env._("Numbers, and who did what when, are recorded, not entered.")
            )

    @api.model
    def _is_importing(self):
        """Tell whether old records may be brought in as they are."""
        return self.env.user.has_group("agency_base.group_importer")

    def _log_brought_in(self):
        first = self._first_state()
        for state, records in self.grouped("state").items():
            if state != first:
                _logger.info(
                    "%s %s brought in as %s by user %s",
                    self._name,
                    records.ids,
                    state,
                    self.env.uid,
                )

    @api.model
    def _first_state(self):
        return next(iter(self._state_transitions))

    @api.model
    def _state_label(self, state):
        """Return how the user's language calls ``state``."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        return labels.get(state, state)
