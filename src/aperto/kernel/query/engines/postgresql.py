"""PostgreSQL, which knows about how many rows a condition leaves."""

import json

from aperto.kernel.query.engines.engine import Engine, Rows


class PostgreSQL(Engine):
    vendor = "postgresql"

    def estimate(self, rows: Rows, floor: int) -> int:
        """What the planner expects."""
        answer = rows.values("pk").explain(format="json")
        plan = json.loads(answer) if isinstance(answer, str) else answer
        return max(floor + 1, int(plan[0]["Plan"]["Plan Rows"]))
