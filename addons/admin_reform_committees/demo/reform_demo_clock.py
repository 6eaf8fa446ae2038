"""Walks the demo story through the real workflow at the moments it happened."""

from contextlib import contextmanager
from contextvars import ContextVar

from odoo import fields

_moment = ContextVar("reform_demo_moment", default=None)


@contextmanager
def story_clock():
    """Let `fields.Datetime.now` of this thread follow what the yielded function sets.

    Only while demo data is loaded; other threads keep the true time.
    """
    true_now = fields.Datetime.now

    def now(*args):
        return _moment.get() or true_now()

    token = _moment.set(None)
    fields.Datetime.now = staticmethod(now)
    try:
        yield _moment.set
    finally:
        fields.Datetime.now = staticmethod(true_now)
        _moment.reset(token)
