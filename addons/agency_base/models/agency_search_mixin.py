from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, escape_psql

from ..tools.text import search_key


class AgencySearchMixin(models.AbstractModel):
    """Find records however the keyboard of the searcher spells their names.

    Name the fields in ``_search_key_fields``, and put ``search_key`` into
    ``_rec_names_search`` and the search view.
    """

    _name = "agency.search.mixin"
    _description = "Search in Any Spelling"

    _search_key_fields = ("name",)

    search_key = fields.Char(
        "Any Spelling",
        compute="_compute_search_key",
        store=True,
        index="trigram",
        search="_search_search_key",
        help="The name as it is compared: one spelling, no spaces. Not for reading.",
    )

    @api.depends(lambda self: self._search_key_fields)
    def _compute_search_key(self):
        for record in self:
            # The bar keeps the end of one field from joining the start of the next.
            record.search_key = "|".join(
                search_key(record[field]) for field in self._search_key_fields
            )

    def _search_search_key(self, operator, value):
        if operator in ("ilike", "like"):
            # One pattern only: without spaces, words need not be told apart.
            patterns = [f"%{escape_psql(search_key(value))}%"]
        elif operator == "in":
            patterns = [escape_psql(search_key(text)) for text in value if text]
        else:
            return NotImplemented
        unaccent = self.env.registry.unaccent

        def to_sql(model, alias, query):
            # as Odoo builds the trigram index
            column = unaccent(model._field_to_sql(alias, "search_key", query))
            return SQL(
                "(%s)",
                SQL(" OR ").join(
                    SQL("%s LIKE %s", column, unaccent(SQL("%s", pattern)))
                    for pattern in patterns
                )
                or SQL("FALSE"),
            )

        return Domain.custom(to_sql=to_sql)
