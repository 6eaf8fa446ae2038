"""Work that stays although the request it belongs to is undone."""

from contextlib import contextmanager

from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from odoo.modules import module
from odoo.sql_db import Cursor


@contextmanager
def own_transaction(env):
    """Yield a cursor whose work is committed at once, whatever becomes of ``env``'s.

    It reads what others committed meanwhile: under Odoo's REPEATABLE READ the second
    of two attempts at the same moment would fail instead of being counted.
    """
    if env.cr is getattr(module.current_test, "cr", None):
        # A test has one transaction, of which no other may know.
        yield env.cr
        return
    with env.registry.cursor() as cr:
        if isinstance(cr, Cursor):
            cr.connection.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
        yield cr
