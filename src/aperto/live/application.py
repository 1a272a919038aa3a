"""The ASGI side: opens streams, hears what their pages show, and says that it is well.

A ticket is all that it believes, so it answers pages of any origin and looks at no cookie.
"""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from aperto.live import tickets, wishes
from aperto.live.hub import Hub
from aperto.live.streams import Stream

HEARTBEAT = 10  # seconds
OPEN_TO_ALL = (b"access-control-allow-origin", b"*")
PLAIN = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"), OPEN_TO_ALL]
EVENTS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    OPEN_TO_ALL,
]

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Application:
    """`/live/events` (a stream), `/live/watch` (what its page shows), `/live/health`."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        asked = scope["method"], scope["path"].rstrip("/")
        if asked == ("GET", "/live/events"):
            await self.events(scope, receive, send)
        elif asked == ("POST", "/live/watch"):
            await self.watch(receive, send)
        elif asked == ("GET", "/live/health"):
            await answer(send, 200, json.dumps(self.hub.counts()))
        else:
            await answer(send, 404)

    async def events(self, scope: Scope, receive: Receive, send: Send) -> None:
        text = parse_qs(scope["query_string"].decode("latin-1")).get("ticket", [""])[0]
        ticket = tickets.read(text)
        stream = self.hub.open(ticket, text) if ticket else None
        if stream is None:
            await answer(send, 403 if ticket is None else 503)
            return
        leaving = asyncio.ensure_future(left(receive, stream))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": EVENTS})
            await tell(send, f"retry: {random.randint(3_000, 9_000)}\n\n{stream.hello()}")  # noqa: S311
            await follow(stream, send)
        finally:
            leaving.cancel()
            self.hub.close(stream)
        await tell(send, "", more=False)

    async def watch(self, receive: Receive, send: Send) -> None:
        try:
            key, wish = wishes.read(await body_of(receive))
        except ValueError:
            await answer(send, 400)
            return
        stream = self.hub.streams.get(key)
        if stream is not None:
            await self.hub.watch(stream, wish)
        await answer(send, 204 if stream else 410)


async def follow(stream: Stream, send: Send) -> None:
    """Until the page leaves or the stream ends."""
    while not stream.closed:
        try:
            await asyncio.wait_for(stream.awake.wait(), HEARTBEAT)
        except TimeoutError:
            await tell(send, ": still here\n\n")
            continue
        if text := stream.take():
            await tell(send, text)


async def left(receive: Receive, stream: Stream) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.closed = True
    stream.awake.set()


async def tell(send: Send, text: str, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": more})


async def answer(send: Send, status: int, text: str = "") -> None:
    await send({"type": "http.response.start", "status": status, "headers": PLAIN})
    await tell(send, text, more=False)


async def body_of(receive: Receive) -> bytes:
    """The body; ValueError for one that is too large."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > wishes.LARGEST:
            raise ValueError("too large")
        if not message.get("more_body"):
            return b"".join(parts)
