"""What others changed since yesterday, one line for each record."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString

from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Ref, text_of
from aperto.kernel.news import Told, latest
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.readable import readable
from aperto.web.records.diffs import FOLLOWS
from aperto.web.records.entries import VERBS, who
from aperto.web.records.nearby import near_moment

SHOWN = 8
READ = 80  # changes that are looked at


@dataclass(frozen=True)
class News:
    title: str
    url: str
    icon: str
    what: str
    at: str


def news(actor: Actor) -> list[News]:
    midnight = datetime.combine(actor.viewer.now().date() - timedelta(days=1), time(), actor.viewer.zone)
    newest: dict[UUID, tuple[Told, Ref]] = {}
    for told, ref in latest(actor, midnight.astimezone(UTC), READ):
        if told.verb in {"created", "changed"} and len(newest) < SHOWN:
            newest.setdefault(told.record, (told, ref))
    return [_news(actor, told, ref.title) for told, ref in newest.values()]


def _news(actor: Actor, told: Told, title: str) -> News:
    declaration = registry.get(told.object)
    _icon, phrase = VERBS.get(told.verb, VERBS["changed"])
    what = escape(str(phrase)) % {"who": who(told.actor_name)}
    if told.verb == "changed" and (labels := _labels(actor, declaration, told.diff)):
        what = f"{who(told.actor_name)}: {', '.join(labels[:4])}"
    return News(
        title=title,
        url=f"/{told.object}/{told.record}",
        icon=declaration.icon,
        what=SafeString(what),
        at=near_moment(told.at, actor.viewer),
    )


def _labels(actor: Actor, declaration: ObjectType, diff: dict[str, Any]) -> list[str]:
    """The fields of a change that the actor may read, without what merely followed from the stage."""
    known = readable(actor, declaration)
    derived = FOLLOWS if declaration.path and declaration.path in diff else frozenset()
    keys = [key for key, pair in diff.items() if isinstance(pair, list) and len(pair) == 2]
    return [escape(text_of(known[key].label)) for key in keys if key in known and key not in derived]
