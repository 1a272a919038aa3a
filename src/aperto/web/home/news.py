"""What others changed since yesterday, one line for each record."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString

from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.models import Change
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import rows
from aperto.kernel.timeline import latest
from aperto.web.records.diffs import Teller
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
    newest: dict[UUID, Change] = {}
    for change in latest(actor, midnight.astimezone(UTC), READ):
        if change.verb in {"created", "changed"} and len(newest) < SHOWN:
            newest.setdefault(change.record, change)
    titles: dict[UUID, str] = {}
    for object_key in {change.object for change in newest.values()}:
        ids = [change.record for change in newest.values() if change.object == object_key]
        titles |= {key: ref.title for key, ref in rows.titles(actor, object_key, ids).items()}
    return [
        _news(actor, change, titles[change.record]) for change in newest.values() if change.record in titles
    ]


def _news(actor: Actor, change: Change, title: str) -> News:
    declaration = registry.get(change.object)
    _icon, phrase = VERBS.get(change.verb, VERBS["changed"])
    what = escape(str(phrase)) % {"who": who(change.actor_name)}
    if change.verb == "changed":
        labels = [escape(each.label) for each in Teller(actor, declaration, [change]).differences(change)]
        what = f"{who(change.actor_name)}: {', '.join(labels[:4])}" if labels else what
    return News(
        title=title,
        url=f"/{change.object}/{change.record}",
        icon=declaration.icon,
        what=SafeString(what),
        at=near_moment(change.at, actor.viewer),
    )
