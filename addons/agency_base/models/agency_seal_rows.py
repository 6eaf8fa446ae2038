"""Sealed rows as the database holds them, for sealing and for checking alike."""

from collections import defaultdict

from odoo.tools import SQL

from ..tools.canonical import plain


def read_rows(env, model_name, ids, names, lang):
    """Return ``{id: {field: plain value}}`` straight from the tables.

    Not through the ORM: it would show what is cached, computed or allowed, and the
    reader's translation. Ids that are gone are missing; so are fields that are no
    longer stored.
    """
    model = env[model_name]
    fields = [model._fields[name] for name in names if name in model._fields]
    columns = [field for field in fields if field.store and field.column_type]
    rows = {}
    terms = [_column(field, lang) for field in columns]
    env.cr.execute(
        SQL(
            "SELECT id%s FROM %s WHERE id IN %s",
            SQL("").join(SQL(", %s", term) for term in terms),
            SQL.identifier(model._table),
            tuple(ids) or (0,),
        )
    )
    for record_id, *values in env.cr.fetchall():
        rows[record_id] = {
            field.name: plain(value)
            for field, value in zip(columns, values, strict=True)
        }
    for field in fields:
        if field.type == "many2many" and field.store:
            linked = _linked(env, field, ids)
            for record_id, row in rows.items():
                row[field.name] = sorted(linked[record_id])
    return rows


def _column(field, lang):
    column = SQL.identifier(field.name)
    if not field.translate:
        return column
    return SQL("COALESCE(%s->>%s, %s->>'en_US')", column, lang, column)


def _linked(env, field, ids):
    env.cr.execute(
        SQL(
            "SELECT %s, %s FROM %s WHERE %s IN %s",
            SQL.identifier(field.column1),
            SQL.identifier(field.column2),
            SQL.identifier(field.relation),
            SQL.identifier(field.column1),
            tuple(ids) or (0,),
        )
    )
    linked = defaultdict(list)
    for record_id, other_id in env.cr.fetchall():
        linked[record_id].append(other_id)
    return linked


def read_child_ids(env, model_name, name, ids):
    """Return ``{parent id: [child ids]}`` of a one2many, archived ones included."""
    field = env[model_name]._fields[name]
    child = env[field.comodel_name]
    inverse = SQL.identifier(field.inverse_name)
    env.cr.execute(
        SQL(
            "SELECT %s, id FROM %s WHERE %s IN %s ORDER BY id",
            inverse,
            SQL.identifier(child._table),
            inverse,
            tuple(ids) or (0,),
        )
    )
    children = defaultdict(list)
    for parent_id, child_id in env.cr.fetchall():
        children[parent_id].append(child_id)
    return children
