"""The head of a record's page: who it is, how to reach them, what can be done."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects import actions
from aperto.kernel.objects.registry import registry
from aperto.web.people import looks
from aperto.web.records.about import writable
from aperto.web.records.reading import Shown
from aperto.web.recurrence.asking import is_one_of_several

REACHED = re.compile(r'href="((?:tel|mailto):[^"]+)"')


@dataclass(frozen=True)
class Entry:
    """One entry of the menu: opened as a dialog, opened, or sent at once."""

    label: str
    icon: str
    url: str
    act: str = "open"  # "open", "dialog" or "post"
    danger: bool = False


@dataclass(frozen=True)
class Act:
    """An activity that is written about the record; the button opens its tab of the composer."""

    key: str
    label: str
    icon: str
    url: str


@dataclass(frozen=True)
class Head:
    """The context `head` of `records/parts/head.html`."""

    title: str
    label: str
    plural: str
    list_url: str
    initials: str
    hue: str
    square: bool
    chips: list[str] = field(default_factory=list)
    tel: str = ""
    mail: str = ""
    acts: list[Act] = field(default_factory=list)
    first: Act | None = None
    verbs: list[Entry] = field(default_factory=list)
    menu: list[Entry] = field(default_factory=list)


def head_of(shown: Shown) -> Head:
    declaration = shown.declaration
    links, acts = list(_links(shown)), list(_acts(shown))
    return Head(
        title=shown.title,
        label=text_of(declaration.label),
        plural=text_of(declaration.plural),
        list_url=f"/{declaration.key}",
        initials=looks.initials(shown.title),
        hue=looks.hue(shown.id),
        square=not any(each.personal for each in declaration.fields.values()),
        chips=[SafeString(html) for html in _chips(shown)],
        tel=next((link for link in links if link.startswith("tel:")), ""),
        mail=next((link for link in links if link.startswith("mailto:")), ""),
        acts=acts[1:],  # the first tab is open anyway; a telephone has a button for it within reach
        first=acts[0] if acts else None,
        verbs=list(_verbs(shown)),
        menu=list(_menu(shown)),
    )


def _chips(shown: Shown) -> Iterable[str]:
    viewer = shown.actor.viewer
    for key in shown.declaration.subtitle:
        value: Any = shown.values.get(key)
        if value not in (None, [], "") and key in shown.fields:
            yield shown.fields[key].cell(value, viewer)


def _links(shown: Shown) -> Iterable[str]:
    """Telephone and mail addresses, as the fields themselves write them."""
    for key, each in shown.fields.items():
        value = shown.values.get(key)
        if each.kind in {"phones", "emails"} and value:
            yield from REACHED.findall(each.cell(value, shown.actor.viewer))


def _acts(shown: Shown) -> Iterable[Act]:
    for each in writable(shown.actor, shown.declaration.key):
        yield Act(each.key, text_of(each.label), each.icon, f"{shown.url}?compose={each.key}")


def _verbs(shown: Shown) -> Iterable[Entry]:
    declared = actions.of_object(shown.declaration.key)
    if not declared or not shown.editable:
        return
    record = shown.record()
    for each in declared:
        needs = all(shown.actor.may(registry.get(object_key), verb) for object_key, verb in each.needs)
        if needs and each.fits(record):
            name = each.key.rpartition(".")[2]
            yield Entry(text_of(each.label), each.icon, f"{shown.url}/action/{name}", "dialog")


def _menu(shown: Shown) -> Iterable[Entry]:
    if shown.editable:
        yield Entry(_("Edit all fields"), "edit", f"{shown.url}/edit")
    yield Entry(_("History"), "history", f"{shown.url}/history")
    yield from _sharing(shown)
    if shown.may(Verb.DELETE):
        several = is_one_of_several(shown)
        url, act = ("occurrences/delete", "dialog") if several else ("delete", "post")
        yield Entry(_("Delete"), "trash", f"{shown.url}/{url}", act, danger=True)


def _sharing(shown: Shown) -> Iterable[Entry]:
    """What is set up belongs to nobody; everybody reads it, and nobody asks why."""
    if shown.declaration.administered:
        return
    if shown.may(Verb.SHARE):
        yield Entry(_("Share"), "user-plus", f"{shown.url}/share", "dialog")
        yield Entry(_("Who can see this?"), "eye", f"{shown.url}/access", "dialog")
    else:
        yield Entry(_("Why can I see this?"), "help", f"{shown.url}/access", "dialog")
