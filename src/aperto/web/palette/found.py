"""Hits, and what can be done with the first of them: write about it, call, mail, make what belongs to it."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.utils.translation import gettext as _

from aperto.kernel import records
from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import text_of
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.search import Hit
from aperto.web.palette.options import Option
from aperto.web.records.about import writable
from aperto.web.records.head import REACHED
from aperto.web.remembering import remembered

SHORTEST = 3  # letters of a verb that are enough: "cal marieke"


def verb_of(actor: Actor, text: str) -> tuple[ObjectType | None, str]:
    """An activity named by the first word, and the rest: "call marieke" is a call with Marieke."""
    word, _blank, rest = text.strip().partition(" ")
    if len(word) < SHORTEST or not rest.strip():
        return None, text
    for each in registry.activities():
        if fold(text_of(each.label)).startswith(fold(word)) and actor.may(each, Verb.CREATE):
            return each, rest.strip()
    return None, text


def hits(found: Sequence[Hit]) -> Iterable[Option]:
    for hit in found:
        declaration = registry.get(hit.object)
        label = text_of(declaration.label)
        aside = f"{label} · {hit.subtitle}" if hit.subtitle else label
        yield Option(hit.title, declaration.icon, f"/{hit.object}/{hit.id}", aside, spans=hit.matches)


def composed(actor: Actor, activity: ObjectType, found: Sequence[Hit]) -> Iterable[Option]:
    """The activity about each hit that it can be about."""
    for hit in found:
        if any(each.key == activity.key for each in writable(actor, hit.object)):
            yield _about(activity, hit)


def doings(actor: Actor, hit: Hit) -> Iterable[Option]:
    offered = remembered(actor, ("doings", hit.object), lambda: list(writable(actor, hit.object))[:4])
    for activity in offered:
        yield _about(activity, hit)
    yield from _reaching(actor, hit)
    yield from _making(actor, hit)
    if _shares(actor, hit):
        text = _("Share %(title)s") % {"title": hit.title}
        yield Option(text, "user-plus", f"/{hit.object}/{hit.id}/share", act="dialog")


def _shares(actor: Actor, hit: Hit) -> bool:
    """Whether the hit may be shared; asked of the row only where its rights may differ from the others'."""
    declaration = registry.get(hit.object)
    if declaration.administered or not actor.may(declaration, Verb.SHARE):
        return False
    even = rules.is_even(actor, declaration, Verb.SHARE)
    return even or bool(records.visible(actor, hit.object, Verb.SHARE).only([hit.id]).ids(1))


def _about(activity: ObjectType, hit: Hit) -> Option:
    before = f"{text_of(activity.label)}: "
    shifted = [(start + len(before), end + len(before)) for start, end in hit.matches]
    url = f"/{hit.object}/{hit.id}/compose/{activity.key}"
    return Option(before + hit.title, activity.icon, url, act="dialog", spans=shifted)


def _reaching(actor: Actor, hit: Hit) -> Iterable[Option]:
    """By telephone or mail: one query, for the first hit only."""
    declaration = for_actor(actor, registry.get(hit.object))
    keys = [key for key, each in declaration.fields.items() if each.kind in {"phones", "emails"}]
    if not keys:
        return
    for row in records.visible(actor, hit.object).only([hit.id]).page(columns=keys, limit=1).rows:
        for key in sorted(keys, reverse=True):
            value = row.values[key]
            links = REACHED.findall(declaration.fields[key].cell(value, actor.viewer)) if value else []
            for link in links[:1]:
                phone = link.startswith("tel:")
                text = _("Dial %(title)s") if phone else _("E-mail %(title)s")
                aside = link.partition(":")[2]
                yield Option(text % {"title": hit.title}, "phone-call" if phone else "mail", link, aside)


def _making(actor: Actor, hit: Hit) -> Iterable[Option]:
    """What points at records of this kind from its first panel on, such as a deal of a company."""
    for label, start in remembered(actor, ("making", hit.object), lambda: list(_pointing(actor, hit.object))):
        words = {"object": label, "title": hit.title}
        url = start + quote(f"{hit.object}:{hit.id}")
        yield Option(_("New %(object)s for %(title)s") % words, "plus", url, act="dialog")


def _pointing(actor: Actor, object_key: str) -> Iterable[tuple[str, str]]:
    """Label and beginning of the address of each object that is made from a record of this kind."""
    for each in registry:
        if each.activity or each.administered or not actor.may(each, Verb.CREATE) or each.key == object_key:
            continue
        keys = (key for key in each.quick if object_key in getattr(each.fields[key], "to", ()))
        if (key := next(keys, None)) is not None:
            yield text_of(each.label).lower(), f"/{each.key}/new?{key}="
