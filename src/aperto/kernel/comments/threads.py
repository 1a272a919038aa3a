"""The comments of a record as its page reads them: threads, newest first, each with its last answers.

Three statements whatever their number: the threads of one page by key, their last answers, the names.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.reach import told_by_subject
from aperto.kernel.access.scopes import Verb
from aperto.kernel.comments.definition import Comment
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import ALIVE
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import rows
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.pointers import USER
from aperto.kernel.query.statements import fetch

KEY = "comment"
TABLE: Any = Comment.objects
COLUMNS = ("id", "version", "body", "owner", "created_at", "deleted_at", "mentioned", "answers")
SHOWN_ANSWERS = 3


@dataclass
class Said:
    """One comment; a deleted one whose answers remain has no words."""

    id: UUID
    version: int
    body: str
    author: Ref | None
    at: datetime
    deleted: bool
    mentioned: Sequence[dict[str, str]]
    thread: UUID | None
    answers: list["Said"] = field(default_factory=list)
    earlier: int = 0  # answers that are not shown


@dataclass
class Threads:
    said: list[Said]
    next: UUID | None


def declaration() -> ObjectType:
    return registry.get(KEY)


def may_write(actor: Actor) -> bool:
    return not actor.behind and actor.may(declaration(), Verb.CREATE)


def threads(actor: Actor, about: UUID, before: UUID | None = None, limit: int = 10) -> Threads:
    """The newest threads; the caller has shown that the actor may see the record."""
    if not actor.may(declaration(), Verb.READ):
        return Threads([], None)
    given = [Q(about=about, answers__isnull=True), *_cut(actor)]
    given += [Q(pk__lt=before)] if before else []
    found = _read(("threads", limit), given, limit + 1, _with_answers())
    following = found[limit - 1].id if len(found) > limit else None
    found = found[:limit]
    last = _last_answers(actor, [each.id for each in found])
    for each in found:
        each.answers, each.earlier = last.get(each.id, ([], 0))
    _name(actor, [*found, *(answer for each in found for answer in each.answers)])
    return Threads(found, following)


def answers(actor: Actor, thread: UUID, before: UUID | None, limit: int = 50) -> Threads:
    """Earlier answers of one thread, oldest first; `next` leads further back."""
    given = [Q(answers=thread), ALIVE, *_cut(actor)]
    given += [Q(pk__lt=before)] if before else []
    found = _read(("answers", limit), given, limit + 1, Q())
    following = found[limit - 1].id if len(found) > limit else None
    shown = found[:limit][::-1]
    _name(actor, shown)
    return Threads(shown, following)


def _cut(actor: Actor) -> list[Q]:
    """Nothing where a role says nothing but that comments are read: the record itself was asked already."""
    if told_by_subject(actor, declaration()):
        return []
    return [rules.condition(actor, declaration(), Verb.READ)]


def _with_answers() -> Q:
    """Comments that are there, and deleted ones of which an answer is."""
    return ALIVE | Q(Exists(TABLE.filter(ALIVE, answers=OuterRef("pk"))))


def _read(name: tuple[Any, ...], given: Sequence[Q], limit: int, also: Q) -> list[Said]:
    def build(conditions: Sequence[Q]) -> "QuerySet[Any, Any]":
        found: QuerySet[Any, Any] = TABLE.filter(*conditions).filter(also).order_by("-pk")
        return found.values_list(*COLUMNS)[:limit]

    return [_said(raw) for raw in fetch(Comment, ("comments", *name), given, build)]


def _said(raw: Sequence[Any]) -> Said:
    id_, version, body, owner, at, deleted_at, mentioned, thread = raw
    deleted = deleted_at is not None
    author = Ref(USER, owner) if owner and not deleted else None
    return Said(id_, version, "" if deleted else body, author, at, deleted, mentioned or [], thread)


def _last_answers(actor: Actor, roots: Sequence[UUID]) -> dict[UUID, tuple[list[Said], int]]:
    """The last answers of each thread, oldest first, and how many came before."""
    if not roots:
        return {}
    place = Window(RowNumber(), partition_by=F("answers"), order_by=F("id").desc())
    total = Window(Count("id"), partition_by=F("answers"))

    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        found = TABLE.filter(ALIVE, *given).annotate(place=place, total=total)
        shown: QuerySet[Any, Any] = found.filter(place__lte=SHOWN_ANSWERS).order_by("pk")
        return shown.values_list(*COLUMNS, "total")

    read = fetch(Comment, ("comments", "last answers"), [among_keys("answers", roots), *_cut(actor)], build)
    by_thread: dict[UUID, list[Said]] = defaultdict(list)
    totals: dict[UUID, int] = {}
    for *raw, count in read:
        said = _said(raw)
        assert said.thread is not None
        by_thread[said.thread].append(said)
        totals[said.thread] = count
    return {key: (several, totals[key] - len(several)) for key, several in by_thread.items()}


def _name(actor: Actor, several: Iterable[Said]) -> None:
    listed = list(several)
    wanted = {each.author.id for each in listed if each.author}
    names = rows.titles(actor, USER, wanted) if wanted else {}
    for each in listed:
        if each.author:
            each.author = names.get(each.author.id, each.author)
