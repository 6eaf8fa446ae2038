from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL

from .. import texts


class ServiceDeskAtOnceMixin(models.AbstractModel):
    """Two people, or one person twice, who press at the same moment.

    Odoo runs transactions as REPEATABLE READ: whoever changes a row that was changed
    meanwhile starts over, reads what the first one did and is told so. What that does
    not cover is said here: records that are made twice, and decisions that read rows
    which somebody else is changing.
    """

    _name = "service.desk.at.once.mixin"
    _description = "Done at the Same Moment"

    def _press(self, state):
        """Write ``state``; tell who comes too late that it is done, and by whom."""
        late = self.filtered(lambda record: record.state == state)
        if self and late == self:
            raise UserError(late[0]._pressed_before(state))
        self.write({"state": state})

    def _pressed_before(self, state):
        """Return the sentence for who comes too late."""
        user, moment = self._who_was_last()
        if not moment:
            return self.env._(
                "%(record)s is “%(state)s” already.",
                record=self.display_name,
                state=self._state_label(state),
            )
        return self.env._(
            "%(record)s is “%(state)s” already: %(person)s, %(moment)s.",
            record=self.display_name,
            state=self._state_label(state),
            # sudo: the name of a colleague
            person=user.sudo().name or "",
            moment=texts.moment_text(self.env, moment, self.company_id),
        )

    def _who_was_last(self):
        """Return who brought the record where it is, and when, as far as is known."""
        return self.env["res.users"], None

    def _hold(self):
        """Let one transaction at a time decide about these records.

        Whoever began before another one that holds them was finished starts over. A
        lock alone would let him wait and then decide by what he had read before.
        """
        if self.ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET write_date = write_date WHERE id IN %s",
                    SQL.identifier(self._table),
                    tuple(sorted(self.ids)),
                )
            )

    @api.model
    def _create_once(self, vals_list):
        """Create records; start over where somebody made one at the same moment."""
        try:
            with self.env.cr.savepoint():
                records = self.create(vals_list)
                records.flush_recordset()
        except UniqueViolation as error:
            raise ConcurrencyError(self.env._("Please press again.")) from error
        return records
