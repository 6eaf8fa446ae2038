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

    @api.model
    def _create(self, data_list):
        # In the INSERT already: an UPDATE of every new record would follow otherwise.
        key = self._fields["search_key"]
        computed = any(self._fields[name].compute for name in self._search_key_fields)
        for data in data_list:
            # What has an inverse may still change the names.
            if not computed and not data["inversed"]:
                data["stored"]["search_key"] = self._search_key_of(data["stored"].get)
                data["protected"].add(key)
        return super()._create(data_list)

    @api.depends(lambda self: self._search_key_fields)
    def _compute_search_key(self):
        for record in self:
            record.search_key = self._search_key_of(record.__getitem__)

    @api.model
    def _search_key_of(self, get):
        # The bar keeps the end of one field from joining the start of the next.
        return "|".join(search_key(get(field)) for field in self._search_key_fields)

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
