"""Two people at the same moment, on connections of their own: one result.

Both have begun before either of them is finished: each has read the world as it was.
"""

# Several connections, each with transactions of its own.
# pylint: disable=invalid-commit
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tools import mute_logger

from odoo.addons.agency_base.tests.common import PATIENCE, OwnDatabaseCase


class AtOnceCase(OwnDatabaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.registry.cursor() as cr:
            cls.env = cls._env(cls, cr)
            cls._populate()
            cr.commit()

    @classmethod
    def _populate(cls):
        """Make the world that both see; it is committed."""

    @contextmanager
    def _own(self, *records):
        """Yield ``records`` in a transaction of their own, committed at the end."""
        with self.registry.cursor() as cr:
            env = self._env(cr)
            yield [env[record._name].browse(record.ids) for record in records]
            env.flush_all()
            cr.commit()

    def _at_once(self, *acts):
        """Let each ``(user, records, act)`` begin before any is finished.

        Return what each of them came to: its value, or what the person is told.
        """
        barrier = threading.Barrier(len(acts))

        def run(user, records, act):
            with self.registry.cursor() as cr:
                env = self._env(cr, user.id, lang="en_US")
                begun = []

                def attempt():
                    # Under REPEATABLE READ the first query says what is seen.
                    cr.execute("SELECT 1 FROM res_users LIMIT 1")
                    if not begun:
                        begun.append(True)
                        barrier.wait(PATIENCE)
                    return act(env[records._name].browse(records.ids))

                try:
                    return retrying(attempt, env)
                except UserError as error:
                    cr.rollback()
                    return str(error)

        # Odoo's own retrying; only its pauses are shortened.
        with (
            mute_logger("odoo.sql_db"),
            patch("odoo.service.model.random.uniform", lambda low, high: high / 50),
            ThreadPoolExecutor(len(acts)) as pool,
        ):
            return list(pool.map(lambda one: run(*one), acts))

    def _said(self, results):
        """Return the one sentence that was told to who came second."""
        [sentence] = [text for text in results if isinstance(text, str)]
        return sentence
