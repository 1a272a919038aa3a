"""How patient the queue is; the OPTIONS of the TASKS setting may change each number."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.tasks import default_task_backend

random = secrets.SystemRandom()


@dataclass(frozen=True)
class Policy:
    """Seconds, all of them.

    lease: how long a silent worker keeps its job; clocks of machines may differ by a fraction of it.
    pulse: how soon a running job hears of a cancellation, and its progress is seen.
    backoff, backoff_limit: wait after the first failure, doubled by each next one, and the longest wait.
    busy_poll, idle_poll: pause between two looks at the queue, right after work and after a quiet time.
    patience: how long a stopping worker waits for its jobs.
    """

    lease: float = 60.0
    pulse: float = 1.0
    backoff: float = 5.0
    backoff_limit: float = 3600.0
    busy_poll: float = 0.1
    idle_poll: float = 1.0
    patience: float = 1.2

    def wait_after(self, attempts: int) -> timedelta:
        """Exponential back-off; the jitter keeps jobs that failed together from returning together."""
        plain = min(self.backoff * 2 ** min(attempts - 1, 30), self.backoff_limit)
        return timedelta(seconds=plain * random.uniform(0.75, 1.25))


def policy() -> Policy:
    return Policy(**default_task_backend.options)
