"""Operations of ours timed beside the same on plain models with the same columns."""

import os
import statistics
import time
from pathlib import Path

from odoo import fields, models

ROUNDS = 15
PLAIN = {
    "char": fields.Char,
    "text": fields.Text,
    "selection": fields.Char,
    "integer": fields.Integer,
    "float": fields.Float,
    "boolean": fields.Boolean,
    "date": fields.Date,
    "datetime": fields.Datetime,
    "json": fields.Json,
}


def bare_model(registry, source, name, owners=None, **more):
    """Return a plain model with the columns of ``source``, and nothing else of it.

    ``owners`` names the bare models that stand for those its columns point to; ``more``
    are attributes and fields beside or instead of the columns.
    """
    columns = {}
    for key, field in registry[source]._fields.items():
        if not field.store or not field.column_type or key in models.MAGIC_COLUMNS:
            continue
        if field.type == "many2one":
            columns[key] = fields.Many2one((owners or {}).get(key, field.comodel_name))
        elif field.type in PLAIN:
            columns[key] = PLAIN[field.type]()
    about = {
        "_name": name,
        "_description": f"Bare {source}",
        "_module": registry[source]._original_module,
    }
    return type(name.title().replace(".", ""), (models.Model,), about | columns | more)


class Bench:
    """Runs the same operation on both models in turns and prints a row of ratios.

    CPU is that of Python and of PostgreSQL together, workers of parallel queries
    included: a list that makes the database work for a second has not been cheap.
    """

    def __init__(self, env):
        self.env = env
        env.cr.execute("SELECT pg_backend_pid()")
        self._backend = Path(f"/proc/{env.cr.fetchone()[0]}")
        parent = (self._backend / "stat").read_text().rpartition(")")[2].split()[1]
        self._postmaster = Path(f"/proc/{parent}/stat")
        print(
            f"{'':<34}{'ours ms':>9}{'bare ms':>9}{'wall x':>8}{'cpu x':>7}"
            f"{'ours q':>8}{'bare q':>8}"
        )

    def _busy(self):
        """Return the CPU seconds used so far."""
        backend = int((self._backend / "schedstat").read_text().split()[0]) / 1e9
        # cutime and cstime: of the workers that have ended, and nobody else's here.
        ended = self._postmaster.read_text().rpartition(")")[2].split()[13:15]
        workers = sum(map(int, ended)) / os.sysconf("SC_CLK_TCK")
        return time.process_time() + backend + workers

    def _once(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        queries = self.env.cr.sql_log_count
        clock, busy = time.perf_counter(), self._busy()
        work()
        self.env.flush_all()
        return (
            (time.perf_counter() - clock) * 1000,
            (self._busy() - busy) * 1000,
            self.env.cr.sql_log_count - queries,
        )

    def row(self, label, ours, bare, rounds=ROUNDS):
        """Compare ``ours(i)`` with ``bare(i)``, both run ``rounds`` times in turns."""
        results = [
            (self._once(lambda i=i: ours(i)), self._once(lambda i=i: bare(i)))
            for i in range(rounds + 1)
        ][1:]
        desk, plain = (
            [statistics.median(column) for column in zip(*side, strict=True)]
            for side in zip(*results, strict=True)
        )
        print(
            f"{label:<34}{desk[0]:>9.2f}{plain[0]:>9.2f}"
            f"{desk[0] / plain[0]:>8.2f}{desk[1] / max(plain[1], 0.01):>7.2f}"
            f"{desk[2]:>8.0f}{plain[2]:>8.0f}"
        )
