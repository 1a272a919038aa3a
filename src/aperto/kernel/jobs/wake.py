"""A worker in the same process looks at once when a job is enqueued; others poll."""

import threading

work_arrived = threading.Event()
