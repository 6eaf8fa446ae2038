from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL


class AgencyAtOnceMixin(models.AbstractModel):
    """Two people, or one person twice, who press at the same moment.

    Odoo runs transactions as REPEATABLE READ: whoever changes a row that was changed
    meanwhile starts over, reads what the first one did and is told so. What that does
    not cover is said here: records that are made twice, and decisions that read rows
    which somebody else is changing.
    """

    _name = "agency.at.once.mixin"
    _description = "Done at the Same Moment"

    def _hold(self):
        """Let one transaction at a time decide about these records.

        Whoever began before another one that holds them was finished starts over. A
        lock alone would let him wait and then decide by what he had read before; and
        `lock_for_update` does not wait, but tells him to come again.
        """
        if self.ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET id = id WHERE id IN %s",
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
