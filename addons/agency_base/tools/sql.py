"""What the ORM cannot promise by itself: tables that only grow."""

from contextlib import contextmanager

from odoo.tools import SQL, make_identifier

# Whoever can set this parameter can also drop the trigger: it is out of reach of RPC
# and serves migrations and the lawful deletion of personal data.
_LIFTED = "agency_base.lifted"

_FUNCTION = SQL(
    """
    CREATE OR REPLACE FUNCTION agency_refuse_change() RETURNS trigger AS $$
    BEGIN
        IF current_setting('agency_base.lifted', true) = TG_TABLE_NAME THEN
            RETURN COALESCE(NEW, OLD);
        END IF;
        RAISE restrict_violation USING
            MESSAGE = TG_TABLE_NAME || ' is append-only: ' || TG_OP || ' refused',
            TABLE = TG_TABLE_NAME;
    END
    $$ LANGUAGE plpgsql
    """
)


def make_append_only(cr, table):
    """Let PostgreSQL refuse UPDATE, DELETE and TRUNCATE on ``table``."""
    cr.execute(_FUNCTION)
    for suffix, events, level in (
        ("append_only", SQL("UPDATE OR DELETE"), SQL("ROW")),
        ("no_truncate", SQL("TRUNCATE"), SQL("STATEMENT")),
    ):
        cr.execute(
            SQL(
                "CREATE OR REPLACE TRIGGER %s BEFORE %s ON %s "
                "FOR EACH %s EXECUTE FUNCTION agency_refuse_change()",
                SQL.identifier(make_identifier(f"{table}_{suffix}")),
                events,
                SQL.identifier(table),
                level,
            )
        )


@contextmanager
def append_only_lifted(cr, table):
    """Allow changes of ``table`` in this block, for this transaction only."""
    cr.execute(SQL("SELECT set_config(%s, %s, true)", _LIFTED, table))
    try:
        yield
    except Exception:
        # The transaction is lost, and the setting with it.
        raise
    else:
        cr.execute(SQL("SELECT set_config(%s, '', true)", _LIFTED))
