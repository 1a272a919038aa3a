"""Why a running job is told to stop.

These are no `Exception`s: a job that reads a thousand rows and survives the bad ones with
`except Exception` must not survive being cancelled.
"""


class Interrupted(BaseException):
    """The job has to stop now; what its finished steps did stays."""


class Cancelled(Interrupted):
    """Somebody asked for it."""


class LeaseLost(Interrupted):
    """The job belongs to another worker by now, or to nobody."""


class Stopping(Interrupted):
    """The worker shuts down; the job goes back to the queue without losing an attempt."""
