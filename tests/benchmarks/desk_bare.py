"""What bench_desk.py measures with: the rows, a copy of a database."""

from contextlib import closing, contextmanager

import psycopg2
from bare import bare_model

from odoo import fields, sql_db

REQUESTS_PER_CLIENT = 5


def bare_request(registry):
    """Return the bare model of a request."""
    return bare_model(
        registry,
        "service.desk.request",
        "service.desk.bare",
        _order="id desc",
        tracking_code=fields.Char(required=True, index=True),
        state=fields.Char(default="draft", index=True),
    )


def fill(env, request, bare, rows):
    """Give both tables ``rows`` rows of many clients, by SQL."""
    from odoo.addons.service_desk.tests.rows import FRESH, multiply

    cr = env.cr
    env.flush_all()
    # The codes drawn so far leave the range that the rows are given.
    cr.execute(
        "UPDATE service_desk_request SET tracking_code = 'x' || id "
        "WHERE tracking_code LIKE '300%'"
    )
    env.invalidate_all()
    cr.commit()
    clients = max(rows // REQUESTS_PER_CLIENT, 1)
    cr.execute(
        "INSERT INTO res_partner (name, active, company_id) "
        "SELECT 'client', true, NULL FROM generate_series(1, %s) RETURNING id",
        (clients,),
    )
    first = cr.fetchone()[0]
    client = f"{first} + n %% {clients}"
    columns = [
        name
        for name, field in bare._fields.items()
        if field.store and field.column_type and name != "id"
    ]
    sources = [(FRESH | {"partner_id": client}).get(name, name) for name in columns]
    with unindexed(cr, "service_desk_request"):
        multiply(request, rows, partner_id=client)
    with unindexed(cr, "service_desk_bare"):
        cr.execute(
            f"INSERT INTO service_desk_bare (id, {', '.join(columns)}) "
            f"SELECT nextval('service_desk_bare_id_seq'), {', '.join(sources)} "
            "FROM service_desk_request, generate_series(1, %s) AS n "
            "WHERE service_desk_request.id = %s",
            (rows, request.id),
        )
    cr.commit()
    vacuum(cr.dbname)
    env["service.desk.summary"]._count(env.company)


def vacuum(dbname):
    """Do for both tables what autovacuum does in the hours after."""
    with closing(psycopg2.connect(dbname=dbname)) as connection:
        connection.autocommit = True
        with connection.cursor() as cr:
            for table in ("request", "bare"):
                cr.execute(f"VACUUM ANALYZE service_desk_{table}")


@contextmanager
def unindexed(cr, table):
    """Fill ``table`` without its indexes and foreign keys; index it afterwards."""
    cr.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = %s::regclass AND NOT indisprimary",
        (table,),
    )
    indexes = cr.fetchall()
    for name, _definition in indexes:
        cr.execute(f"DROP INDEX {name}")
    cr.execute("SET LOCAL session_replication_role = replica")
    yield
    cr.execute("SET LOCAL session_replication_role = origin")
    for _name, definition in indexes:
        cr.execute(definition)


@contextmanager
def scratch(dbname):
    """Yield the name of a copy of the database, dropped afterwards.

    What fills the tables is committed there: PostgreSQL does not use indexes for rows
    that the transaction which built them has written.
    """
    name = f"{dbname}_bench"
    with closing(psycopg2.connect(dbname="postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cr:
            cr.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cr.execute(f'CREATE DATABASE "{name}" TEMPLATE "{dbname}"')
            try:
                yield name
            finally:
                sql_db.close_db(name)
                cr.execute(f'DROP DATABASE "{name}"')
