from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.jalali_calendar.tools import localize


class ReformTermMixin(models.AbstractModel):
    """An office held by decree from one day to another, both days included."""

    _name = "reform.term.mixin"
    _description = "Office Held by Decree"
    _inherit = ["agency.derived.mixin"]

    # What tells whose office it was; fixed as soon as a meeting refers to it.
    _identity = frozenset()

    begins_on = fields.Date(
        "From",
        required=True,
        index=True,
        default=lambda self: self._today(),
        help="The first day in office.",
    )
    ends_on = fields.Date(
        "Until", help="The last day in office; empty while no end is set."
    )
    decree_no = fields.Char("Decree Number")
    decree_on = fields.Date("Decree Date")
    is_current = fields.Boolean(
        "In Office", compute="_compute_is_current", search="_search_is_current"
    )

    @api.depends("begins_on", "ends_on")
    def _compute_is_current(self):
        today = self._today()
        for term in self:
            term.is_current = (
                bool(term.begins_on)
                and term.begins_on <= today
                and (not term.ends_on or term.ends_on >= today)
            )

    def _search_is_current(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        return self._in_office(self._today())

    @api.model
    def _in_office(self, day):
        """Return the domain of the terms that hold on ``day``."""
        return Domain("begins_on", "<=", day) & (
            Domain("ends_on", "=", False) | Domain("ends_on", ">=", day)
        )

    def write(self, vals):
        changed = self._identity & set(vals)
        if changed and (used := self._used()):
            raise UserError(used._used_message())
        return super().write(vals)

    # pylint: disable=no-raise-unlink
    def unlink(self):
        # In `unlink` itself: a context sent by RPC skips `@api.ondelete`.
        if used := self._used():
            raise UserError(used._used_message())
        return super().unlink()

    def _used(self):
        """Return the first of these terms that a convened meeting refers to, if any."""
        # sudo: meetings count also where the user may not see them
        meetings_sudo = self.env["reform.meeting"].sudo()
        return next(
            (
                term
                for term in self
                if meetings_sudo.search_count(
                    Domain("state", "!=", "draft") & term._used_by(), limit=1
                )
            ),
            self.browse(),
        )

    def _used_message(self):
        return self.env._(
            "Meetings refer to %(term)s: it stays as it was. Set its last day, and let "
            "a new term begin on the next one.",
            term=self.display_name,
        )

    def _exclude_now(self):
        """Let PostgreSQL check the deferred exclusion constraints of this model.

        They are deferred so that one save can end a term and begin the next one in any
        order, and so that `@api.constrains` speaks first: it knows names. The last
        word is PostgreSQL's: it also sees what another transaction is doing.
        """
        self.flush_model()
        names = SQL(", ").join(
            SQL.identifier(name)
            for name, constraint in self._table_objects.items()
            if "EXCLUDE" in constraint.get_definition(self.pool)
        )
        self.env.cr.execute(SQL("SET CONSTRAINTS %s IMMEDIATE", names))
        self.env.cr.execute(SQL("SET CONSTRAINTS %s DEFERRED", names))

    @api.model
    def _today(self):
        """Return today's date by the official clock of the company."""
        return localize(fields.Datetime.now(), self.env.company.agency_tz).date()
