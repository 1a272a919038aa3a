"""What others changed since yesterday, one line for each record."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString

from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.models import Change
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.registry import registry
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
    newest: dict[UUID, tuple[Change, Ref]] = {}
    for change, ref in latest(actor, midnight.astimezone(UTC), READ):
        if change.verb in {"created", "changed"} and len(newest) < SHOWN:
            newest.setdefault(change.record, (change, ref))
    return [_news(actor, change, ref.title) for change, ref in newest.values()]


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
