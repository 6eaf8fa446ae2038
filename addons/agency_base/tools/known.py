"""Reading for pages that thousands ask for at once.

What every page reads and hardly anybody changes is kept by the registry: see
`agency.known.mixin`, which ``keep`` and ``recall`` serve.

What belongs to the one who asks is read by ``read_where``.
"""

from functools import lru_cache

from odoo.tools import SQL


def keep(records, names):
    """Return ids and columns of ``records`` as ``recall`` takes them.

    ``names`` are stored fields. Translated ones are kept in the language of
    ``records``: the language belongs to the key of whoever keeps them.
    """
    records.fetch(names)
    columns = {}
    for name in names:
        cached = records._fields[name]._get_cache(records.env)
        columns[name] = tuple(cached[record_id] for record_id in records._ids)
    return records._ids, columns


def recall(model, kept):
    """Return the records ``keep`` was given, their columns known without a query.

    What the transaction itself has read or changed stays as it is.
    """
    ids, columns = kept
    records = model.browse(ids)
    for name, values in columns.items():
        records._fields[name]._insert_cache(records, values)
    return records


def read_where(model, names, where):
    """Return the records for which ``where`` holds, their columns ``names`` read.

    Most of a small ``search_fetch`` goes into domain, rules and order. Here are none:
    ``where`` is SQL and may end in ORDER BY and LIMIT, ``model`` is in ``sudo()``,
    ``names`` are stored and not translated. Archived records are found too.
    """
    model.flush_model()
    select = _select(model._table, tuple(names))
    rows = model.env.execute_query(SQL("%s WHERE %s", select, where))
    ids, *values = zip(*rows, strict=True) if rows else ((), *((),) * len(names))
    return recall(model, (ids, dict(zip(names, values, strict=True))))


@lru_cache
def _select(table, names):
    """Return the head of a query; made once, for it is a tenth of a small answer."""
    columns = SQL(", ").join(map(SQL.identifier, ("id", *names)))
    return SQL("SELECT %s FROM %s", columns, SQL.identifier(table))
