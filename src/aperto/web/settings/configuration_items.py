"""A diff of configurations as a page shows it: by section, each entry with what it changes."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from aperto.kernel.configuration.compare import ADDED, CHANGED, KEPT, NOTHING, REMOVED, Diff, Item
from aperto.kernel.configuration.document import Problem
from aperto.kernel.configuration.section import Section
from aperto.kernel.configuration.sections import sections
from aperto.kernel.configuration.writing import dump
from aperto.kernel.fields.base import text_of

SAID = {
    ADDED: (_("New"), "green"),
    CHANGED: (_("Changed"), "amber"),
    REMOVED: (_("Goes"), "red"),
    KEPT: (_("Kept"), "slate"),
}


def context(diff: Diff, problems: Sequence[Problem] = ()) -> dict[str, Any]:
    due = [item for item in diff.items if item.verb != KEPT]
    return {
        "text": "",
        "remove": False,
        "source": "",
        "pack": "",
        "due": _grouped(due),
        "kept": _grouped([item for item in diff.items if item.verb == KEPT]),
        "problems": problems,
    }


def _grouped(items: Sequence[Item]) -> list[dict[str, Any]]:
    known = sections()
    ordered = sorted(items, key=lambda item: list(known).index(item.entry.section))
    return [
        {"label": text_of(known[key].label), "items": [_shown(item, known[key]) for item in found]}
        for key, found in groupby(ordered, key=lambda item: item.entry.section)
    ]


def _shown(item: Item, section: Section) -> dict[str, Any]:
    word, hue = SAID[item.verb]
    labels = section.fields()
    return {
        "id": item.id,
        "title": item.entry.values.get("name") or item.entry.address or text_of(section.label),
        "address": item.entry.address,
        "open": item.verb == CHANGED,
        "word": word,
        "hue": hue,
        "differences": [
            {"label": text_of(labels[each.field]), "old": written(each.old), "new": written(each.new)}
            for each in item.differences
            if item.verb in (ADDED, CHANGED)
        ],
    }


def written(value: Any) -> str:
    """A value for reading: plain where it is plain, else as the file would say it."""
    if value in NOTHING:
        return ""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    return dump(value).removesuffix("...\n").strip()
