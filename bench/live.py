"""Two hundred open pages: what they cost the stream process, and how soon they hear of a change."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from statistics import median
from urllib.parse import quote

from django.conf import settings

from aperto.kernel import changes, records
from aperto.kernel.access import actors
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.live import tickets
from aperto.live.hub import MOST_OF_PERSON
from bench import processes
from bench.inside import ADMINISTRATOR, Told
from bench.office import free_port

STREAMS, IDLE, PATIENCE = 200, 20.0, 4.0
SERVE = "import django; django.setup(); from aperto.config.live import serve; serve('127.0.0.1', {})"


def measured() -> Iterator[Told]:
    port = free_port()
    server = subprocess.Popen([sys.executable, "-c", SERVE.format(port)])
    try:
        actor = actors.of_user(User.objects.get(email=ADMINISTRATOR))
        rows = records.visible(actor, "contact").page(limit=50).rows
        wish = {"object": "contact", "listing": True, "versions": {str(row.id): row.version for row in rows}}
        pages = Pages(port, wish, list(sold()))
        yield from asyncio.run(pages.measure(server.pid, actor))
    finally:
        server.terminate()
        server.wait()


def sold() -> Iterator[str]:
    """Tickets of people of the firm, each signed in as often as a person may listen."""
    people = User.objects.filter(is_active=True).order_by("pk")[:STREAMS]
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for turn in range(min(STREAMS, len(people) * MOST_OF_PERSON)):
        user, session = people[turn % len(people)], store()
        session.create()
        yield tickets.make(tickets.Ticket(user.pk, user.stamp, session.session_key))


class Pages:
    def __init__(self, port: int, wish: dict[str, object], bought: list[str]) -> None:
        self.port, self.wish, self.bought = port, wish, bought
        self.heard: list[float] = []
        self.open: list[asyncio.StreamWriter] = []  # one that nobody holds would be closed
        self.readers: set[asyncio.Task[None]] = set()

    async def measure(self, pid: int, actor: Actor) -> list[Told]:
        await self.until_ready()
        before = processes.memory([pid])
        for ticket in self.bought:
            await self.listen(ticket)
        await asyncio.sleep(1)
        after, spent = processes.memory([pid]), processes.cpu([pid])
        await asyncio.sleep(IDLE)
        idle = (processes.cpu([pid]) - spent) / IDLE * 100
        self.heard.clear()
        await asyncio.to_thread(touch, actor)
        written = time.monotonic()
        await asyncio.sleep(PATIENCE)
        late = [moment - written for moment in self.heard] or [float("nan")]
        costs = {"streams": len(self.bought), "mib_more": after - before, "mib": after, "percent_idle": idle}
        told = {"told": len(self.heard), "ms_median": median(late) * 1e3, "ms_most": max(late) * 1e3}
        return [("open streams", costs), ("from a change to its streams", told)]

    async def until_ready(self) -> None:
        for _attempt in range(200):
            try:
                await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                return

    async def listen(self, ticket: str) -> None:
        """Opens a stream and says what its page shows."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.open.append(writer)
        writer.write(f"GET /live/events?ticket={quote(ticket)} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
        line = ""
        while not line.startswith("data: "):
            line = (await reader.readline()).decode()
        body = json.dumps({**self.wish, **json.loads(line[6:])})
        head = f"POST /live/watch HTTP/1.1\r\nHost: bench\r\nConnection: close\r\nContent-Length: {len(body)}"
        answer, asking = await asyncio.open_connection("127.0.0.1", self.port)
        asking.write(f"{head}\r\n\r\n{body}".encode())
        await answer.read()
        asking.close()
        self.readers.add(asyncio.create_task(self.hear(reader)))

    async def hear(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b"event: changed"):
                self.heard.append(time.monotonic())


def touch(actor: Actor) -> None:
    """The first record that all of them show is changed."""
    row = records.visible(actor, "contact").page(limit=1).rows[0]
    record = records.visible(actor, "contact").get(row.id)
    changes.save(actor, record, {"job_title": f"Buyer {time.time()}"}, via="bench")
