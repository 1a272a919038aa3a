"""Telling: who of those named may see what it is about, and how each of them wants to hear of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import F

from aperto.kernel import records
from aperto.kernel.access import actors
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.access.models import User
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import Ref
from aperto.kernel.notices import choices
from aperto.kernel.notices.models import DIGEST, DUE, Notice
from aperto.kernel.notices.sorts import MANY, NOW, SORTS, Ways
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.readable import readable


@dataclass(frozen=True)
class Telling:
    """What happened, and who might want to hear of it. `fields` are what it speaks of: whoever sees none of
    them is not told, and nobody is told of one that they do not see. `detail` is what was said about this
    very record, such as a comment, which must be seen too."""

    sort: str
    event: UUID
    to: frozenset[UUID]
    about: Ref | None = None
    detail: Ref | None = None
    by: UUID | None = None
    by_name: str = ""
    fields: tuple[str, ...] = ()
    text: str = ""
    url: str = ""
    at: datetime | None = None
    act: UUID | None = None  # of many changes, which is told in one sentence
    count: int = 1
    position: int = 0


def tell(tellings: Sequence[Telling]) -> int:
    """Makes the notices and says how many are new. Telling the same event again tells nobody twice."""
    named = {user for each in tellings for user in each.to if user != each.by}
    people = [actor for actor in _actors(named) if actor is not ANONYMOUS]
    ways = choices.ways_of([actor.user_id for actor in people if actor.user_id]) if people else {}
    wanted: list[Notice] = []
    for actor in people:
        assert actor.user_id is not None
        theirs = [each for each in tellings if actor.user_id in each.to and actor.user_id != each.by]
        for each in _summed(_allowed(actor, theirs)):
            if notice := _notice(actor.user_id, each, ways[actor.user_id][each.sort]):
                wanted.append(notice)
    return _store(wanted)


def _actors(users: Iterable[UUID]) -> list[Actor]:
    found = User.objects.filter(pk__in=list(users), is_active=True).order_by("pk") if users else []
    return [actors.of_user(user) for user in found]


def _allowed(actor: Actor, tellings: Sequence[Telling]) -> Iterable[Telling]:
    """Those of which the actor sees now what they speak of, cut to the fields that they see."""
    seen = visible(actor, [ref for each in tellings for ref in (each.about, each.detail) if ref])
    for each in tellings:
        if all(ref is None or ref.id in seen for ref in (each.about, each.detail)):
            kept = _fields(actor, each)
            if kept or not each.fields:
                yield replace(each, fields=kept)


def _summed(tellings: Iterable[Telling]) -> Iterable[Telling]:
    """What belongs to one act of many changes as one telling, which counts them."""
    acts: dict[UUID, list[Telling]] = defaultdict(list)
    for each in tellings:
        if each.act is None:
            yield each
        else:
            acts[each.act].append(each)
    for act, several in acts.items():
        newest = max(several, key=lambda each: each.position)
        yield replace(newest, sort=MANY.key, event=act, about=None, fields=(), count=len(several))


def visible(actor: Actor, refs: Iterable[Ref]) -> set[UUID]:
    """The keys of those records that the actor sees: one statement for each object."""
    keys: dict[str, set[UUID]] = defaultdict(set)
    for ref in refs:
        keys[ref.object].add(ref.id)
    found: set[UUID] = set()
    for object_key, ids in keys.items():
        if object_key in registry and actor.may(registry.get(object_key), Verb.READ):
            found.update(records.visible(actor, object_key).only(ids).ids(len(ids)))
    return found


def _fields(actor: Actor, telling: Telling) -> tuple[str, ...]:
    if not telling.fields or telling.about is None:
        return ()
    known = readable(actor, registry.get(telling.about.object))
    return tuple(key for key in telling.fields if key in known)


def _notice(user: UUID, told: Telling, ways: Ways) -> Notice | None:
    """None for who wants to hear of it in no way."""
    if not (ways.page or ways.mail or ways.push):
        return None
    now = datetime.now(UTC)
    at_once = ways.mail == NOW or ways.push
    return Notice(
        user_id=user,
        event=told.event,
        sort=told.sort,
        at=told.at or now,
        object=told.about.object if told.about else "",
        record=told.about.id if told.about else None,
        detail_object=told.detail.object if told.detail else "",
        detail=told.detail.id if told.detail else None,
        by=told.by,
        by_name=told.by_name[:200],
        fields=list(told.fields),
        text=" ".join(told.text.split())[:500],
        url=told.url[:300] if told.url.startswith("/") else "",
        count=told.count,
        position=told.position,
        shown=ways.page,
        mail=DUE if ways.mail == NOW else DIGEST if ways.mail else "",
        push=DUE if ways.push else "",
        due_at=now if at_once else None,
    )


def _store(wanted: Sequence[Notice]) -> int:
    """Two tellers at once are held apart by the constraint; what is counted grows by newer changes only."""
    if not wanted:
        return 0
    events = {each.event for each in wanted}
    held = set(Notice.objects.filter(event__in=events).values_list("user_id", "event"))
    fresh = [each for each in wanted if (each.user_id, each.event) not in held]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    if any(each.due_at for each in fresh):
        _deliver_soon()
    for each in wanted:
        if each.position and (each.user_id, each.event) in held:
            older = Notice.objects.filter(user=each.user_id, event=each.event, position__lt=each.position)
            older.update(count=F("count") + each.count, position=each.position)
    return len(fresh)


def _deliver_soon() -> None:
    from aperto.kernel.notices.delivery import later  # noqa: PLC0415 - delivery reads what is told here

    later()


def known(sort: str) -> str:
    if sort not in SORTS:
        raise ValueError(f"there is no sort of notices called {sort!r}; see notices.sorts.add")
    return sort
