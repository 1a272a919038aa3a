"""The answers to the needs; what follows from them is applied as one configuration, and undone as one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from aperto.kernel.access import organisation, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.configuration.apply import apply as apply_diff
from aperto.kernel.configuration.compare import Diff, compare
from aperto.kernel.configuration.document import Document
from aperto.kernel.configuration.reading import Part
from aperto.kernel.configuration.understand import entries_of
from aperto.kernel.errors import Message
from aperto.kernel.fields.base import text_of
from aperto.kernel.layouts.arrangement import PAGE
from aperto.kernel.needs.catalogue import FIELD, MODULE, OBJECT, needs
from aperto.kernel.objects.registry import registry
from aperto.kernel.records import visible
from aperto.packs import packs, serving
from aperto.packs.serving import PANEL, Effect, Present

type Sections = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Answer:
    priority: str = ""
    remark: str = ""


type Answers = Mapping[str, Answer]  # by need


@dataclass(frozen=True)
class Plan:
    """What follows from the answers: `diff` is all that would be written."""

    effects: list[Effect]
    packs: list[packs.Pack]
    diff: Diff


def given(actor: Actor) -> dict[str, Answer]:
    rows = visible(actor, "need").iterate(["need", "priority", "remark"])
    return {
        row.values["need"]: Answer(row.values["priority"] or "", row.values["remark"] or "") for row in rows
    }


def plan(actor: Actor, answers: Answers, language: str) -> Plan:
    """`language` is the reader's; what a pack brings is called as the organisation speaks."""
    people.require_administrator(actor)
    priorities = {key: each.priority for key, each in answers.items()}
    found = serving.effects(actor, priorities)
    brought = [packs.get(key, organisation.current().language) for key in serving.brings(priorities)]
    sections: Sections = defaultdict(list)
    sections["need"] = _written(answers)
    for effect in found:
        WRITE.get(effect.kind, _nothing)(actor, effect, sections)
    _panels(actor, found, sections)
    document = _joined([_document(sections), *(each.document for each in brought)])
    diff = compare(actor, document)
    there = {entry.id for entry in document.entries} - {item.entry.id for item in diff.due}
    new = [each for each in brought if not {entry.id for entry in each.document.entries} <= there]
    return Plan(found, [packs.get(each.key, language) for each in new], diff)


def apply(actor: Actor, answers: Answers) -> UUID | None:
    """The batch that takes it all back; None when nothing differs."""
    found = plan(actor, answers, organisation.current().language)
    return apply_diff(actor, found.diff, None, _("Set-up by needs")) if found.diff else None


def _written(answers: Answers) -> list[dict[str, Any]]:
    return [
        {"need": key, "priority": answers[key].priority or None, "remark": answers[key].remark or None}
        for key in needs()
        if key in answers
    ]


def _document(sections: Mapping[str, list[dict[str, Any]]]) -> Document:
    return entries_of({key: [Part(0, values, {}) for values in found] for key, found in sections.items()})


def _joined(documents: Iterable[Document]) -> Document:
    """The first to speak of something counts, so that a pack does not undo what was answered."""
    entries = {entry.id: entry for each in reversed(list(documents)) for entry in each.entries}
    return Document(tuple(entries.values()))


# -- what each effect is in the file -----------------------------------------------------------------


def _nothing(actor: Actor, effect: Effect, sections: Sections) -> None:
    """Panels of one page are one layout, so they are written together."""


def _module(actor: Actor, effect: Effect, sections: Sections) -> None:
    sections["module_switch"].append({"module": effect.key, "off": effect.hide})


def _object(actor: Actor, effect: Effect, sections: Sections) -> None:
    """Where nothing was said of the object, it keeps the product's words."""
    words: dict[str, Any] = {}
    if effect.key not in Present(actor).said_of_objects:
        declared = registry.declared[effect.key]
        one, many = _spoken(declared.label), _spoken(declared.plural)
        words = {"name": text_of(declared.label), "plural": text_of(declared.plural)}
        words |= {"labels": one, "plurals": many}
    sections["custom_object"].append({"key": effect.key, "hidden": effect.hide} | words)


def _field(actor: Actor, effect: Effect, sections: Sections) -> None:
    declaration, field = serving.field_of(effect.key)
    words: dict[str, Any] = {}
    if effect.key not in Present(actor).said_of_fields:
        words = {"name": text_of(field.label), "labels": _spoken(field.label), "kind": type(field).kind}
    named = {"of_object": declaration.key, "key": field.key, "hidden": effect.hide}
    sections["custom_field"].append(named | words)


def _spoken(message: Message) -> dict[str, str]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = str(message)
    return found


WRITE = {MODULE: _module, OBJECT: _object, FIELD: _field}


def _panels(actor: Actor, found: Iterable[Effect], sections: Sections) -> None:
    """Into the layout that holds for everybody, which keeps what else it says."""
    hidden: dict[str, dict[str, bool]] = defaultdict(dict)
    for effect in found:
        if effect.kind == PANEL:
            object_key, _slash, key = effect.key.partition("/")
            hidden[object_key][key] = effect.hide
    held = _layouts(actor) if hidden else {}
    for object_key, panels in hidden.items():
        related = serving.beside(registry.get(object_key), panels)
        arrangement = held.get(object_key, {}) | {"related": related}
        sections["layout"].append({"of_object": object_key, "place": PAGE, "arrangement": arrangement})


def _layouts(actor: Actor) -> dict[str, dict[str, Any]]:
    columns = ["of_object", "place", "for_role", "for_team", "arrangement"]
    rows = visible(actor, "layout").iterate(columns)
    return {
        row.values["of_object"]: row.values["arrangement"]
        for row in rows
        if row.values["place"] == PAGE and not row.values["for_role"] and not row.values["for_team"]
    }
