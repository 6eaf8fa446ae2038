"""Many requests at once: for the tests of query plans and for the benchmark."""

from odoo.tools import SQL

# One request in fifty is open, as at a desk that has worked for some years.
OPEN_SHARE = 50
FRESH = {
    "id": "nextval('service_desk_request_id_seq')",
    "tracking_code": "lpad((3000000000 + n)::text, 10, '0')",
    "client_name": "'client ' || md5(n::text)",
    "search_key": "md5(n::text)",
    "identifier_digest": "md5('digest' || n::text)",
    "date_promised": "date_promised - (n / 300)::int",
    "date_registered": "date_registered - (n / 300) * interval '1 day'",
    "date_ready": "date_ready - (n / 300) * interval '1 day'",
    "state": f"CASE WHEN n %% {OPEN_SHARE} = 0 THEN 'registered' ELSE 'delivered' END",
    "date_closed": f"CASE WHEN n %% {OPEN_SHARE} = 0 THEN NULL "
    "ELSE date_closed - (n / 300) * interval '1 day' END",
}


def multiply(request, count, **sources):
    """Add ``count`` copies of a delivered ``request``, each with a code of its own.

    ``sources`` are SQL of columns that shall differ too, with ``n`` counting from 1.
    """
    fresh = FRESH | sources
    cr = request.env.cr
    request.env.flush_all()
    cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = %s AND table_schema = current_schema",
        (request._table,),
    )
    columns = [name for (name,) in cr.fetchall()]
    sources = [
        SQL(fresh[name]) if name in fresh else SQL.identifier(name) for name in columns
    ]
    cr.execute(
        SQL(
            "INSERT INTO service_desk_request (%s) SELECT %s "
            "FROM service_desk_request, generate_series(1, %s) AS n "
            "WHERE service_desk_request.id = %s",
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(sources),
            count,
            request.id,
        )
    )
    cr.execute("ANALYZE service_desk_request")
    request.env.invalidate_all()
