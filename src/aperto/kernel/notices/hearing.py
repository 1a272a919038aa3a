"""What of the history becomes a notice: a new owner, and changes of records that somebody follows.

Called at least once for each change; the notices are keyed by it, so nobody hears of one twice. What many
records underwent at once (an import, a bulk edit, its undoing) is told in one sentence.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID, uuid5

from aperto.kernel.changes import outbox
from aperto.kernel.changes.history import SILENT
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Ref
from aperto.kernel.notices import following
from aperto.kernel.notices.following import ALL, IMPORTANT
from aperto.kernel.notices.sorts import ASSIGNED, CHANGE, STAGE, Sort
from aperto.kernel.notices.tell import Telling, tell
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry

MANY = 10  # as many changes of one act are told one by one
UNTOLD = frozenset({"demo"})  # doors whose work is no news
TOLD = frozenset({"created", "changed"})


@outbox.subscribe("notices")
def hear(events: Sequence[Change]) -> None:
    """Owners and followers are told of what others did to their records."""
    news = [event for event in events if _is_news(event)]
    if not news:
        return
    acts = acts_of(news)
    followed = following.followers([Ref(each.object, each.record) for each in news])
    tell([told for each in news for told in _tellings(each, followed.get(each.record, {}), acts)])


def _is_news(event: Change) -> bool:
    """Configuration is not followed, and what is said about a record is told by those who know what it is."""
    if event.verb not in TOLD or event.via in UNTOLD or event.object not in registry:
        return False
    declaration = registry.get(event.object)
    return not declaration.administered and not declaration.subject


def acts_of(events: Sequence[Change]) -> dict[UUID, UUID]:
    """By change: the act of many changes that it belongs to. Undoing counts as the act that is undone."""
    undone = [event.undo_of for event in events if event.undo_of]
    of_undone = dict(Change.objects.filter(pk__in=undone).values_list("pk", "batch")) if undone else {}
    found: dict[UUID, UUID] = {}
    for event in events:
        batch = event.batch or (of_undone.get(event.undo_of) if event.undo_of else None)
        if batch:
            found[event.pk] = uuid5(batch, "undone") if event.undo_of else batch
    many = {batch for batch in {each.batch for each in events} | set(of_undone.values()) if _is_many(batch)}
    marked = many | {uuid5(batch, "undone") for batch in many if batch}
    return {event: act for event, act in found.items() if act in marked}


def _is_many(batch: UUID | None) -> bool:
    return batch is not None and Change.objects.filter(batch=batch)[: MANY + 1].count() > MANY


def _tellings(event: Change, levels: Mapping[UUID, str], acts: Mapping[UUID, UUID]) -> Iterable[Telling]:
    declaration = registry.get(event.object)
    fields = tuple(key for key in event.diff if key not in SILENT and key in declaration.fields)
    heir = _heir(event, declaration)
    if heir is not None:
        yield _telling(event, ASSIGNED, {heir}, ("owner",), acts)
    if event.verb == "created":
        return
    grave = tuple(key for key in fields if key in {"owner", declaration.path})
    everything = {user for user, level in levels.items() if level == ALL and user != heir}
    important = {user for user, level in levels.items() if level == IMPORTANT and user != heir}
    if fields:
        yield _telling(event, STAGE if grave else CHANGE, everything, fields, acts)
    if grave:
        yield _telling(event, STAGE, important, grave, acts)


def _heir(event: Change, declaration: ObjectType) -> UUID | None:
    """Whose the record has become by this change."""
    owner = event.diff.get("owner", [None, None])[1]
    try:
        ref = declaration.fields["owner"].clean(owner) if owner else None
    except FieldError:
        return None
    return ref.id if ref else None


def _telling(
    event: Change, sort: Sort, to: set[UUID], fields: tuple[str, ...], acts: Mapping[UUID, UUID]
) -> Telling:
    return Telling(
        sort.key,
        event.pk,
        frozenset(to),
        Ref(event.object, event.record),
        by=event.actor,
        by_name=event.actor_name,
        fields=fields,
        at=event.at,
        act=acts.get(event.pk),
        position=event.position or 0,
    )
