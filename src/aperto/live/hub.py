"""All open streams, and the beat that tells them what has happened.

A beat is one statement about all that was written, whoever watches, and then one for each person and object
that it concerns. It runs only while somebody listens. What goes wrong in it is logged and tried again: no
page and no write waits for it.
"""

import asyncio
import logging
import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.db import close_old_connections

from aperto.kernel.changes.touched import Touch
from aperto.live import asking, presence
from aperto.live.asking import Holder, Question
from aperto.live.streams import Stream, Wish
from aperto.live.tickets import Ticket

log = logging.getLogger(__name__)
EVERY = 0.7  # seconds
LOOK = 3  # beats between two looks at sessions and rights, and at lines whose transaction took long
RECENT, LATE = 2, 30  # seconds
LIFE = 600  # seconds; then the page asks for another, and is judged anew
MOST_STREAMS, MOST_OF_PERSON = 2_000, 12
MISSED = 5 * 60  # seconds: whoever was away longer opens the list anew


class Hub:
    def __init__(self) -> None:
        self.streams: dict[str, Stream] = {}
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self.known: OrderedDict[UUID, None] = OrderedDict()  # lines that were told
        self.newest = asking.mark()
        self.beats = 0
        self.used: dict[str, float] = {}

    # -- streams -------------------------------------------------------------------------------------

    def open(self, ticket: Ticket, text: str) -> Stream | None:
        """None when the ticket was used before, or there is no room. A person's oldest stream gives way."""
        moment = time.monotonic()
        self.used = {used: until for used, until in self.used.items() if until > moment}
        if text in self.used or len(self.streams) >= MOST_STREAMS:
            return None
        self.used[text] = moment + 120
        own = [each for each in self.streams.values() if each.person == ticket.person and not each.closed]
        for oldest in sorted(own, key=lambda each: each.born)[: max(0, len(own) - MOST_OF_PERSON + 1)]:
            oldest.end("full")
            self.close(oldest)
        if not self.streams:
            self.newest = asking.mark()
        stream = Stream(ticket.person, ticket.session, ticket.stamp)
        self.streams[stream.key] = stream
        return stream

    def close(self, stream: Stream) -> None:
        if self.streams.pop(stream.key, None):
            presence.tell(self.streams.values(), stream.wish.record)

    async def watch(self, stream: Stream, wish: Wish) -> None:
        """The page shows something else now. It is told at once what it has missed."""
        question = Question(stream.person, wish.object, frozenset(wish.versions))
        [seen] = (await self.ask(asking.seen, [question])).values()
        before, shown = stream.wish, {key: wish.versions[key] for key in seen}
        shows = wish.record in seen and await self.ask(asking.shows_presence)
        record = wish.record if shows else None
        stream.wish = Wish(wish.object, shown, wish.listing, record, wish.editing if record else "")
        for key, version in seen.items():
            if version != shown[key]:
                stream.changed(key, version)
        if wish.listing and wish.since is not None:
            await self._missed(stream, wish.since)
        if (before.record, before.editing) != (record, stream.wish.editing):
            for each in (before.record, record):
                presence.tell(self.streams.values(), each)

    async def _missed(self, stream: Stream, since: UUID) -> None:
        lines = await self.ask(asking.lines, max(since, asking.mark(MISSED)))
        await self._tell([stream], lines)

    async def ask[**P, T](self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        def asked() -> T:
            close_old_connections()
            return question(*args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self.thread, asked)

    # -- the beat ------------------------------------------------------------------------------------

    async def run(self) -> None:
        """For ever."""
        trouble = EVERY
        while True:
            await asyncio.sleep(trouble)
            try:
                if self.streams:
                    await self.beat()
                trouble = EVERY
            except Exception:
                log.exception("a beat of the streams failed")
                trouble = min(trouble * 2, 30.0)

    async def beat(self) -> None:
        self.beats += 1
        looks = self.beats % LOOK == 0
        if looks:
            await self.look()
        lines = await self.ask(asking.lines, self._floor(LATE if looks else RECENT))
        if len(lines) == asking.MOST_LINES:
            self.newest = asking.mark()
            for each in self.streams.values():
                each.much()
            return
        fresh = [line for line in lines if line.line not in self.known]
        if fresh:
            self._remember(fresh)
            await self._tell(list(self.streams.values()), fresh)

    def _floor(self, seconds: float) -> UUID:
        """So far back, and never behind the moment when somebody began to listen."""
        return UUID(int=max(0, self.newest.int - (int(seconds * 1_000) << 80)))

    def _remember(self, lines: Sequence[Touch]) -> None:
        self.known.update(dict.fromkeys(line.line for line in lines))
        while len(self.known) > 4 * asking.MOST_LINES:
            self.known.popitem(last=False)
        self.newest = max(self.newest, lines[-1].line)

    async def look(self) -> None:
        """Ends the streams of those who left, were shut out, or may do something else than before."""
        holders = {each: Holder(each.person, each.session, each.stamp) for each in self.streams.values()}
        endings = await self.ask(asking.endings, holders.values())
        for stream, holder in holders.items():
            old = time.monotonic() - stream.born > LIFE
            if word := endings.get(holder, "again" if old else ""):
                stream.end(word)
                self.close(stream)
        if not await self.ask(asking.shows_presence):
            presence.end(self.streams.values())

    async def _tell(self, streams: Sequence[Stream], lines: Sequence[Touch]) -> None:
        """What each of these streams may know of these lines."""
        wanted = {stream: _wanted(stream.wish, lines) for stream in streams}
        ids: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
        for stream, keys in wanted.items():
            ids[stream.person, stream.wish.object] |= keys
        questions = {at: Question(*at, frozenset(keys)) for at, keys in ids.items() if keys}
        concerned = [stream for stream, keys in wanted.items() if keys]
        if concerned:
            await self._judge(concerned)
            answers = await self.ask(asking.seen, questions.values())
            for stream in concerned:
                if stream.ended:
                    continue
                stream.last = str(lines[-1].line)
                answer = answers.get(questions[stream.person, stream.wish.object], {})
                if not _told(stream, wanted[stream], answer):
                    presence.leave(self.streams.values(), stream)

    async def _judge(self, streams: Iterable[Stream]) -> None:
        """Whoever was shut out since the last look is told nothing."""
        holders = {each: Holder(each.person, each.session, each.stamp) for each in streams}
        endings = await self.ask(asking.endings, holders.values())
        for stream, holder in holders.items():
            if word := endings.get(holder):
                stream.end(word)
                self.close(stream)

    def counts(self) -> dict[str, int]:
        of_people = Counter(each.person for each in self.streams.values())
        return {"streams": len(self.streams), "people": len(of_people)}


def _wanted(wish: Wish, lines: Sequence[Touch]) -> set[UUID]:
    """The records of these lines that the page shows, or that may belong into its list."""
    return {
        line.record
        for line in lines
        if line.record in wish.versions or (wish.listing and line.created and line.object == wish.object)
    }


def _told(stream: Stream, wanted: set[UUID], seen: dict[UUID, int]) -> bool:
    """False when the person does not see the record of their page any more."""
    shown = stream.wish.versions
    for key in wanted:
        if key in shown and key in seen:
            shown[key] = seen[key]
            stream.changed(key, seen[key])
        elif key in shown:
            del shown[key]
            stream.gone(key)
        elif key in seen:
            stream.fresh(key)
    return stream.wish.record is None or stream.wish.record in shown
