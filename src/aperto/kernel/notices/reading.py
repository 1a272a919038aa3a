"""A person's own notices: how many are unread, page by page, and marking them as read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import router
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.reach import told_by_subject
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Message, Refused
from aperto.kernel.fields.base import Ref, text_of
from aperto.kernel.notices.models import Notice
from aperto.kernel.notices.sorts import SORTS
from aperto.kernel.objects.record import ALIVE
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import rows
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.readable import readable
from aperto.kernel.query.statements import fetch, number

MOST_COUNTED = 100
FEW = 4  # as many fields are named


@dataclass(frozen=True)
class Told:
    """A notice as it may be shown now: `record` has its title of today; None where it is about none."""

    notice: Notice
    record: Ref | None
    excerpt: str = ""  # of what was said
    fields: tuple[Message, ...] = ()  # their labels, of those that are seen

    @property
    def sentence(self) -> str:
        """In the language of the moment."""
        sort = SORTS.get(self.notice.sort)
        words = {"who": self.notice.by_name or _("Somebody"), "count": self.notice.count}
        if sort is None or not sort.said:
            return self.notice.text
        shown = [text_of(each) for each in self.fields]
        more = len(shown) - FEW
        words["fields"] = ", ".join(shown[:FEW]) + (f" +{more}" if more > 0 else "")
        return str(sort.said) % words

    @property
    def url(self) -> str:
        """Where it leads: to the record, at what was said."""
        if self.record is None:
            return self.notice.url
        anchor = f"#{self.notice.detail_object}-{self.notice.detail}" if self.notice.detail else ""
        return f"/{self.record.object}/{self.record.id}{anchor}"


@dataclass(frozen=True)
class Page:
    told: list[Told]
    next: UUID | None


def unread(actor: Actor) -> int:
    """One range of an index, counted no further than a badge shows."""
    conditions = [Q(user=actor.user_id), Q(shown=True, read_at__isnull=True)]

    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        return Notice.objects.filter(*given).order_by().values_list("pk")[:MOST_COUNTED]

    return number(Notice, ("unread",), conditions, build)


def page(actor: Actor, before: UUID | None = None, limit: int = 30, *, only_unread: bool = False) -> Page:
    """The newest first. What the actor sees no more is left out without a trace."""
    conditions = [Q(user=actor.user_id), Q(shown=True)]
    conditions += [Q(pk__lt=before)] if before else []
    conditions += [Q(read_at__isnull=True)] if only_unread else []
    columns = [field.attname for field in Notice._meta.concrete_fields]

    def build(given: Sequence[Q]) -> "QuerySet[Any, Any]":
        return Notice.objects.filter(*given).order_by("-pk").values_list(*columns)[: limit + 1]

    alias = router.db_for_read(Notice)
    found = [Notice.from_db(alias, columns, raw) for raw in fetch(Notice, ("page", limit), conditions, build)]
    following = found[limit - 1].pk if len(found) > limit else None
    return Page(now_visible(actor, found[:limit]), following)


def now_visible(actor: Actor, notices: Sequence[Notice]) -> list[Told]:
    """With the titles of today; a notice of what the actor may not see any more is not there."""
    refs = [Ref(each.object, each.record) for each in notices if each.record]
    refs += [Ref(each.detail_object, each.detail) for each in notices if each.detail]
    titles: dict[UUID, Ref] = {}
    for object_key in {ref.object for ref in refs}:
        if object_key in registry and actor.may(registry.get(object_key), Verb.READ):
            titles |= _titles(actor, object_key, {ref.id for ref in refs if ref.object == object_key})
    return [told for each in notices if (told := _told(actor, each, titles)) is not None]


def _titles(actor: Actor, object_key: str, ids: set[UUID]) -> dict[UUID, Ref]:
    """What is said of a record is about the record of its notice, which is asked for anyway."""
    declaration = registry.get(object_key)
    if told_by_subject(actor, declaration):
        return rows.refs(declaration, [ALIVE, among_keys("pk", ids)])
    return rows.titles(actor, object_key, ids)


def _told(actor: Actor, notice: Notice, titles: Mapping[UUID, Ref]) -> Told | None:
    record = titles.get(notice.record) if notice.record else None
    detail = titles.get(notice.detail) if notice.detail else None
    if (notice.record and record is None) or (notice.detail and detail is None):
        return None
    labels: tuple[Message, ...] = ()
    if notice.fields and record is not None:
        known = readable(actor, registry.get(record.object))
        labels = tuple(known[key].label for key in notice.fields if key in known)
        if not labels:
            return None
    return Told(notice, record, detail.title if detail else "", labels)


def mark_read(
    actor: Actor, *, ids: Sequence[UUID] = (), record: UUID | None = None, all: bool = False
) -> int:
    """These notices, those about one record, or all that the actor has."""
    if actor.user_id is None or actor.behind:
        raise Refused("read")
    mine = Notice.objects.filter(user=actor.user_id, shown=True, read_at=None)
    if not all:
        mine = mine.filter(record=record) if record else mine.filter(pk__in=list(ids))
    return mine.update(read_at=datetime.now(UTC))


def mark_unread(actor: Actor, ids: Sequence[UUID]) -> int:
    if actor.user_id is None or actor.behind:
        raise Refused("read")
    return Notice.objects.filter(user=actor.user_id, pk__in=list(ids)).update(read_at=None)
