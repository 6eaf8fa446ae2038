"""The one clock of the desk.

Every stamp of a request is taken from here, so that old records and the demo story can
be walked through the real workflow at the moments they happened.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from odoo import fields

_moment = ContextVar("service_desk_moment", default=None)


def now():
    """Return the present moment, naive and in UTC, as Odoo stores it."""
    return _moment.get() or fields.Datetime.now()


@contextmanager
def at(moment):
    """Let the clock stand at ``moment`` in this thread."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
