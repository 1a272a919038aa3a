"""Who else has a record open, and which field they edit. It is known to this process alone, and only while
the page is open; a page shows the names under its reader's rights."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from aperto.live.streams import Stream


def tell(streams: Collection[Stream], record: UUID | None) -> None:
    """Says to everybody who has this record open who the others are."""
    if record is None:
        return
    there = [each for each in streams if each.wish.record == record and not each.closed]
    editing: dict[UUID, str] = {}
    for each in there:
        editing[each.person] = each.wish.editing or editing.get(each.person, "")
    for each in there:
        each.here([[str(who), field] for who, field in editing.items() if who != each.person])


def leave(streams: Collection[Stream], stream: Stream) -> None:
    """The page stays open, and its person is not there any more."""
    record = stream.wish.record
    stream.wish = replace(stream.wish, record=None, editing="")
    stream.here([])
    tell(streams, record)


def end(streams: Collection[Stream]) -> None:
    """The organisation has switched it off."""
    for each in streams:
        if each.wish.record is not None:
            each.wish = replace(each.wish, record=None, editing="")
            each.here([])
