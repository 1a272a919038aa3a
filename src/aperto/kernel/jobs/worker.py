"""The loop that does jobs. Any number of workers, on any number of machines, share one queue."""

import logging
import os
import socket
import threading
import time
from collections.abc import Sequence

from django.db import Error, close_old_connections, connections

from aperto.kernel.jobs import outcome
from aperto.kernel.jobs.claim import claim
from aperto.kernel.jobs.execute import execute
from aperto.kernel.jobs.lease import Lease
from aperto.kernel.jobs.policy import Policy, policy
from aperto.kernel.jobs.wake import work_arrived

logger = logging.getLogger(__name__)


class Lane:
    """One thread of a worker: one job at a time."""

    def __init__(self, name: str, rules: Policy, queues: Sequence[str]) -> None:
        self.name = name
        self.rules = rules
        self.queues = queues
        self.lease: Lease | None = None
        self.ended = threading.Event()

    def start(self, stop: threading.Event) -> None:
        threading.Thread(target=self.loop, args=(stop,), name=f"job-{self.name}", daemon=True).start()

    def loop(self, stop: threading.Event) -> None:
        pause, trouble = self.rules.busy_poll, 0.5
        try:
            while not stop.is_set():
                close_old_connections()
                work_arrived.clear()
                try:
                    worked = self.work(stop)
                except Exception:  # a lane that died of one job would leave all others waiting
                    logger.exception("Trouble with the queue; again in %.1f s.", trouble)
                    stop.wait(trouble)
                    trouble = min(trouble * 2, 30.0)
                    continue
                trouble = 0.5
                pause = self.rules.busy_poll if worked else min(pause * 1.5, self.rules.idle_poll)
                if not worked:
                    work_arrived.wait(pause)
        finally:
            connections.close_all()
            self.ended.set()

    def work(self, stop: threading.Event) -> bool:
        """Do one job, if there is one."""
        job = claim(self.name, self.rules.lease, self.queues)
        if job is None:
            return False
        self.lease = lease = Lease(job, self.rules)
        lease.stopping = stop.is_set()
        try:
            execute(lease)
        finally:
            self.lease = None
        return True

    def interrupt(self) -> None:
        lease = self.lease
        if lease:
            lease.stopping = True

    def abandon(self) -> None:
        """Hand back a job that did not stop in time; the fence keeps its thread from writing any more."""
        lease = self.lease
        if lease and not self.ended.is_set() and outcome.hand_back(lease):
            lease.lost = True
            logger.warning("Job %s did not stop in time; another worker will do it.", lease.job.pk)


def run(stop: threading.Event, concurrency: int = 1, queues: Sequence[str] = ()) -> None:
    """Do jobs until `stop` is set, and be gone two seconds after. No `queues` means all of them."""
    rules = policy()
    name = f"{socket.gethostname()}:{os.getpid()}"
    lanes = [Lane(f"{name}:{number}", rules, queues) for number in range(concurrency)]
    logger.info("Worker %s starts with %d lanes.", name, concurrency)
    for lane in lanes:
        lane.start(stop)
    try:
        while not stop.is_set():
            recover(rules)
            stop.wait(min(rules.lease / 4, 5.0))
    finally:
        end(lanes, rules)
        connections.close_all()
    logger.info("Worker %s stopped.", name)


def recover(rules: Policy) -> None:
    close_old_connections()
    try:
        outcome.recover(rules)
    except Error:
        logger.warning("Looking for lost jobs failed; again soon.", exc_info=True)


def end(lanes: Sequence[Lane], rules: Policy) -> None:
    deadline = time.monotonic() + rules.patience
    for lane in lanes:
        lane.interrupt()
    work_arrived.set()
    for lane in lanes:
        if lane.ended.wait(max(0.0, deadline - time.monotonic())):
            continue
        try:
            lane.abandon()
        except Error:
            logger.warning("A job could not be handed back; its lease will run out.", exc_info=True)


def run_pending(queues: Sequence[str] = (), heartbeat: bool = False) -> int:
    """Do what is due now, in this thread, and return how many jobs that were: for tests and commands."""
    rules = policy()
    done = 0
    while (job := claim(f"{socket.gethostname()}:{os.getpid()}", rules.lease, queues)) is not None:
        execute(Lease(job, rules), heartbeat=heartbeat)
        done += 1
    return done
