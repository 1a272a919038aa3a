"""The stream process: one small server of our own beside the web workers, and where pages find it.

It holds open connections and reads; it writes nothing. Whatever happens to it, pages and writes go on.
"""

import argparse
import asyncio

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from aperto.config import machine
from aperto.config.console import Refusal, say
from aperto.config.options import LIVE, PROXY

CONNECTIONS = 4_096


def place(host: str, port: int) -> str:
    """What `up` tells its pages: the next port of this machine; nothing where that is taken, or where a proxy
    stands between, whose operator says what it maps."""
    told = LIVE.read()
    if told:
        return "" if told == "no" else told
    if PROXY.read():
        return ""
    try:
        machine.require_port(host, port + 1)
    except Refusal:
        return ""
    return f":{port + 1}"


def run(chosen: argparse.Namespace) -> None:
    """The stream process alone, for machines that share one database. One is enough for all of them."""
    machine.require_port(chosen.host, chosen.port)
    say(f"Streams under http://{chosen.host}:{chosen.port}/live/")
    serve(chosen.host, chosen.port)


def serve(host: str, port: int) -> None:
    """Until a signal ends the process: it has nothing to put away."""
    asyncio.run(_serve(host, port))


async def _serve(host: str, port: int) -> None:
    from aperto.live.application import Application  # noqa: PLC0415  (needs settings)
    from aperto.live.hub import Hub  # noqa: PLC0415

    hub = Hub()
    server = Server(
        Application(hub),
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        backlog=CONNECTIONS // 4,
        backpressure=CONNECTIONS,
        log_level=LogLevels.error,
        log_access=False,
    )
    beating = asyncio.ensure_future(hub.run())
    try:
        await server.serve()
    finally:
        beating.cancel()
