"""One client, then eight: how long an answer takes, how many come in a second, and what they cost."""

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench import processes
from bench.client import Ask, Client

CLIENTS = 8
WARM = 4  # visits of each of the clients before anything counts


@dataclass
class Measured:
    """`cpu_ms` is of all web processes (and the database's, when it has some) for one visit."""

    median_ms: float = 0
    p95_ms: float = 0
    rate: float = 0
    cpu_ms: float = 0
    database_ms: float = 0
    kilobytes: float = 0
    visits: int = 0
    errors: list[str] = field(default_factory=list)


type Visit = Callable[[], list[Ask]]
type Open = Callable[[], Client]


def measure(
    visit: Visit, connect: Open, web: Sequence[int], database: Sequence[int], times: int, seconds: float
) -> Measured:
    found = Measured()
    warm(visit, connect)
    alone(found, visit, connect, times)
    before, held = processes.cpu(web), processes.cpu(database)
    together(found, visit, connect, seconds)
    if found.visits:
        found.cpu_ms = (processes.cpu(web) - before) * 1000 / found.visits
        found.database_ms = (processes.cpu(database) - held) * 1000 / found.visits
    return found


def warm(visit: Visit, connect: Open) -> None:
    """Every web process has answered before, as in an office that has been open for a while."""
    for client in [connect() for _each in range(CLIENTS)]:
        for _time in range(WARM):
            for ask in visit():
                client.ask(ask)
        client.close()


def alone(found: Measured, visit: Visit, connect: Open, times: int) -> None:
    client, took, size = connect(), [], 0
    for _time in range(times):
        answers = [client.ask(ask) for ask in visit()]
        took.append(sum(answer.seconds for answer in answers) * 1000)
        size += sum(answer.size for answer in answers)
    client.close()
    found.median_ms = statistics.median(took)
    found.p95_ms = sorted(took)[max(0, round(len(took) * 0.95) - 1)]
    found.kilobytes = size / times / 1024


def together(found: Measured, visit: Visit, connect: Open, seconds: float) -> None:
    lock = threading.Lock()
    began = time.monotonic()

    def ask_on() -> None:
        client, done = connect(), 0
        try:
            while time.monotonic() - began < seconds:
                with lock:
                    asks = visit()
                for ask in asks:
                    client.ask(ask)
                done += 1
        except Exception as error:
            with lock:
                found.errors.append(str(error)[:300])
        finally:
            with lock:
                found.visits += done
            client.close()

    threads = [threading.Thread(target=ask_on) for _each in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.rate = found.visits / (time.monotonic() - began)
