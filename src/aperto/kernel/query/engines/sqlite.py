"""SQLite, which keeps no statistics of its own accord."""

import random

from django.db import connections

from aperto.kernel.query.engines.engine import Engine, Rows

SAMPLE = 4_000


class SQLite(Engine):
    vendor = "sqlite"

    def estimate(self, rows: Rows, floor: int) -> int:
        """The share among rows picked at random: the same each time, so that the number does not flicker."""
        table = rows.model._meta.db_table
        with connections[rows.db].cursor() as cursor:
            cursor.execute(f'SELECT MAX(rowid) FROM "{table}"')  # noqa: S608 - the table of a model
            highest = cursor.fetchone()[0] or 0
        picked = random.Random(highest // 1_000).sample(range(1, highest + 1), min(SAMPLE, highest))  # noqa: S311
        listed = ",".join(map(str, picked))
        hits = rows.extra(where=[f'"{table}".rowid IN ({listed})']).count()  # noqa: S610 - whole numbers of ours
        return max(floor + 1, round(highest * hits / max(len(picked), 1)))
