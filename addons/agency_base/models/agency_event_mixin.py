from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.context import without_defaults
from ..tools.sql import append_only_lifted, make_append_only

STAMPS = ("company_id", "user_id", "happened_at")


class AgencyEventMixin(models.AbstractModel):
    """History that is only ever added to: who did what, when.

    For models of their own (``_inherit = ["agency.event.mixin"]``), shown beside the
    chatter of the records they tell about. Code adds events with `_append`; nobody,
    the superuser included, changes or removes them, and PostgreSQL refuses it too.
    Links of an event model to others are ``ondelete="restrict"``, and it has neither
    translated nor stored computed fields: both would have to be rewritten later.
    """

    _name = "agency.event.mixin"
    _description = "Append-only History"
    _log_access = False
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        help="Who acted; nobody for what happened by itself.",
    )
    happened_at = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )

    def init(self):
        result = super().init()
        if not self._abstract:
            make_append_only(self.env.cr, self._table)
        return result

    def _auto_init(self):
        # A new column is filled with its default by an UPDATE.
        with append_only_lifted(self.env.cr, self._table):
            return super()._auto_init()

    @api.model
    def _append(self, vals_list):
        """Add events in as few INSERTs as possible, whatever the user's rights.

        The caller has checked that the act itself was allowed. Stamps may be given
        here: this method cannot be called by RPC.
        """
        # sudo: nobody has the right to create events by hand
        return self.sudo().create(vals_list)

    @api.model_create_multi
    def create(self, vals_list):
        importer = self.env.user.has_group("agency_base.group_importer")
        if not (self.env.su or importer):
            stamped = {field for vals in vals_list for field in vals if field in STAMPS}
            if stamped:
                raise AccessError(
                    self.env._("Who did something and when is recorded, not entered.")
                )
        # Nor may a default in the context add what the event does not say.
        events = super(AgencyEventMixin, without_defaults(self)).create(vals_list)
        return events.with_env(self.env)

    # pylint: disable=method-required-super,no-raise-unlink
    def write(self, vals):
        raise self._refusal()

    def unlink(self):
        raise self._refusal()

    def copy(self, default=None):
        raise self._refusal()

    def _refusal(self):
        return UserError(
            self.env._(
                "%(model)s is history: it can only be added to.",
                model=self.env["ir.model"]._get(self._name).name,
            )
        )
