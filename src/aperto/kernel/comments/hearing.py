"""Who is told of a comment: those it mentions, those of its thread, and those who follow the record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from aperto.kernel.changes import outbox
from aperto.kernel.changes.models import Change
from aperto.kernel.comments.definition import Comment
from aperto.kernel.fields.base import Ref
from aperto.kernel.notices import following
from aperto.kernel.notices.following import ALL, IMPORTANT
from aperto.kernel.notices.hearing import TOLD, UNTOLD, acts_of
from aperto.kernel.notices.sorts import ANSWER, COMMENT, MENTION, Sort
from aperto.kernel.notices.tell import Telling, tell

KEY = "comment"
TABLE: Any = Comment.objects


@outbox.subscribe("comments")
def hear(events: Sequence[Change]) -> None:
    """At least once for each change; the notices are keyed by it, and who follows already goes on."""
    said = [each for each in events if each.object == KEY and each.verb in TOLD and each.via not in UNTOLD]
    rows = {row.pk: row for row in _rows([each.record for each in said])} if said else {}
    news = [each for each in said if each.record in rows]
    if not news:
        return
    abouts = {key: Ref(row.about_object, row.about) for key, row in rows.items()}
    followed = following.followers(list(abouts.values()))
    partners = _partners([row.answers for row in rows.values() if row.answers])
    acts = acts_of(news)
    tellings: list[Telling] = []
    for event in news:
        row, about = rows[event.record], abouts[event.record]
        mentioned = _mentioned(event)
        following.join(about, mentioned)
        levels = followed.get(about.id, {})
        in_thread = partners.get(row.answers, set()) if row.answers else set()
        tellings += _tellings(event, about, mentioned, in_thread, levels, acts.get(event.pk))
    tell(tellings)


def _rows(keys: Sequence[UUID]) -> Iterable[Any]:
    yield from TABLE.filter(pk__in=keys, deleted_at=None)


def _partners(threads: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """By thread: who has written in it."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    if threads:
        first = TABLE.filter(pk__in=threads, deleted_at=None, owner__isnull=False)
        for key, owner in first.values_list("pk", "owner"):
            found[key].add(owner)
        others = TABLE.filter(answers__in=threads, deleted_at=None, owner__isnull=False)
        for key, owner in others.values_list("answers", "owner").distinct():
            found[key].add(owner)
    return found


def _mentioned(event: Change) -> set[UUID]:
    """Whom this change mentions for the first time."""
    old, new = event.diff.get("mentioned") or [None, None]
    return {UUID(each["id"]) for each in new or []} - {UUID(each["id"]) for each in old or []}


def _tellings(
    event: Change,
    about: Ref,
    mentioned: set[UUID],
    in_thread: set[UUID],
    levels: Mapping[UUID, str],
    act: UUID | None,
) -> Iterable[Telling]:
    def telling(sort: Sort, to: set[UUID]) -> Telling:
        return Telling(
            sort.key,
            event.pk,
            frozenset(to),
            about,
            Ref(KEY, event.record),
            by=event.actor,
            by_name=event.actor_name,
            at=event.at,
            act=act,
            position=event.position or 0,
        )

    yield telling(MENTION, mentioned)
    if event.verb == "created":
        yield telling(ANSWER, in_thread - mentioned)
        listening = {user for user, level in levels.items() if level in (ALL, IMPORTANT)}
        yield telling(COMMENT, listening - mentioned - in_thread)
