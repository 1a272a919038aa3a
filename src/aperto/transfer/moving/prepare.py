"""What must be there before the first row: colleagues, pipelines, objects and fields, options."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import override

from aperto.kernel import changes, records
from aperto.kernel.access import people, roles
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError, Invalid
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from aperto.kernel.shape.check import key_from
from aperto.kernel.viewer import NEUTRAL
from aperto.transfer.moving.account import Account
from aperto.transfer.moving.books import Books, Came
from aperto.transfer.moving.mapping import OwnField, OwnObject, Pipeline, System, Take
from aperto.transfer.moving.statement import distinct
from aperto.transfer.moving.values import Reading
from aperto.transfer.sources.spool import Spool

VIA = "migrate"
NOBODY = "example.invalid"
HUES = ("slate", "blue", "violet", "amber", "teal", "pink")
MOST_OPTIONS = 400


class Preparing:
    """Everything is looked for first, so that a second run makes nothing twice."""

    def __init__(self, actor: Actor, spool: Spool, books: Books, reading: Reading, account: Account) -> None:
        self.actor, self.spool, self.books, self.reading = actor, spool, books, reading
        self.account, self.batch = account, books.migration.shape_batch

    # -- colleagues ----------------------------------------------------------------------------------

    def users(self, system: System) -> None:
        """Each as a user who cannot sign in until an administrator lets them; no password comes along."""
        role = [roles.ensure_ready_roles()["user"].pk]
        line = self.account.of(system.users_table)
        for key, email, name, _works, *why in self.spool.select(system.users):
            place = f"{system.users_table}:{key}"
            if why and why[0]:
                line.left[why[0]] += 1
                continue
            if self.books.find([place]):
                line.merged += 1
                continue
            address = (email or "").strip().lower() or f"{key}@{system.key}.{NOBODY}"
            user = people.by_email(address)
            if user is None:
                try:
                    person = {"email": address, "name": self.reading.text(name or address)[:120]}
                    user = people.create(self.actor, person, roles=role, via=VIA)
                except Invalid as error:
                    line.left[error.text] += 1
                    continue
                people.deactivate(self.actor, user, via=VIA)
                line.made += 1
                line.became["user"] += 1
            else:
                line.merged += 1
            self.books.keep([Came(place, "user", user.pk)])

    # -- pipelines -----------------------------------------------------------------------------------

    def pipeline(self, wanted: Pipeline) -> None:
        """The stages that rows stand in, as a pipeline of their own; by what rows call them."""
        found = [row for row in self.spool.select(wanted.stages) if row[0]]
        chosen: dict[str, str] = {}
        pipeline = self._pipeline(wanted) if found else None
        for position, (raw, name, probability, kind) in enumerate(found):
            place = f"#stage:{wanted.object}:{raw}"
            held = self.books.find([place]).get(place)
            if held is None and pipeline is not None:
                values = {
                    "name": self.reading.text(name or raw or "")[:100],
                    "pipeline": Ref("pipeline", pipeline),
                    "position": position,
                    "kind": kind or "open",
                    "probability": str(min(max(float(probability or 0), 0), 100)),
                    "hue": {"won": "green", "lost": "red"}.get(kind or "", HUES[position % len(HUES)]),
                }
                record = changes.create(self.actor, "stage", values, via=VIA, batch=self.batch)
                held = Came(place, "stage", record.pk)
                self.books.keep([held])
            if held is not None:
                chosen[self.reading.text(raw or "")] = str(held.record)
        stages.forget()
        self.reading.options[wanted.object, registry.get(wanted.object).path] = chosen

    def _pipeline(self, wanted: Pipeline) -> UUID:
        place = f"#pipeline:{wanted.object}"
        held = self.books.find([place]).get(place)
        if held is not None:
            return held.record
        values = {"name": wanted.name, "of_object": wanted.object, "position": 50}
        record = changes.create(self.actor, "pipeline", values, via=VIA, batch=self.batch)
        self.books.keep([Came(place, "pipeline", record.pk)])
        return record.pk

    # -- objects and fields --------------------------------------------------------------------------

    def object(self, wanted: OwnObject) -> None:
        if wanted.key not in registry:
            values = {"name": wanted.name, "plural": wanted.plural, "key": wanted.key, "icon": wanted.icon,
                      "hue": wanted.hue}  # fmt: skip
            self._define("custom_object", values, {"key": wanted.key})
        for position, (key, name, kind, *to) in enumerate(wanted.fields):
            if key not in registry.get(wanted.key).fields:
                chosen = {"to": to} if to else {"options": []} if kind == "select" else {}
                self._field(wanted.key, key, name, kind, chosen, position)

    def field(self, wanted: OwnField) -> bool:
        """False when the installation refuses it; the column is then left out."""
        if wanted.object not in registry:
            return False
        if wanted.key in registry.get(wanted.object).fields:
            return True
        chosen = dict(wanted.settings)
        if wanted.kind in ("select", "multi_select"):
            options = {option_key(raw): label for raw, label in wanted.options}
            chosen["options"] = [{"key": key, "label": label[:100]} for key, label in options.items()]
        try:
            self._field(wanted.object, wanted.key, wanted.name, wanted.kind, chosen, 500)
        except Invalid:
            return False
        return True

    def _field(
        self, object_key: str, key: str, name: str, kind: str, chosen: Mapping[str, Any], position: int
    ) -> None:
        values = {"name": name[:120], "of_object": object_key, "key": key, "kind": kind,
                  "settings": dict(chosen), "position": position}  # fmt: skip
        self._define("custom_field", values, {"of_object": object_key, "key": key})

    def _define(self, object_key: str, values: Mapping[str, Any], same: Mapping[str, str]) -> None:
        """A definition that lies in the bin, from a migration that was undone, comes back."""
        for row in records.deleted(self.actor, object_key).iterate(tuple(same)):
            if all(row.values[key] == value for key, value in same.items()):
                changes.restore(self.actor, object_key, row.id, via=VIA)
                return
        changes.create(self.actor, object_key, values, via=VIA, batch=self.batch)

    # -- options -------------------------------------------------------------------------------------

    def options(self, takes: Sequence[Take]) -> None:
        """For each list of choices: what each value there is called here; what has no word becomes one."""
        wanted: dict[tuple[str, str], dict[str, str]] = {}
        for take in takes:
            fields = registry.get(take.object).fields
            for key in take.fields:
                if fields[key].kind in ("select", "multi_select"):
                    found_ = distinct(self.spool, take, key)
                    if fields[key].kind == "multi_select":
                        found_ = [word for raw in found_ for word in json.loads(raw) if word]
                    raws = map(self.reading.text, found_)
                    known = take.words.get(key, {})
                    wanted.setdefault((take.object, key), {}).update(
                        {raw: known.get(raw, raw) for raw in raws}
                    )
        for (object_key, key), words in wanted.items():
            self._settle(object_key, key, words)

    def _settle(self, object_key: str, key: str, words: Mapping[str, str]) -> None:
        declared = registry.get(object_key).fields[key]
        chosen: dict[str, str] = {}
        missing: dict[str, str] = {}
        for raw, word in words.items():
            here = found(declared, word) if word else ""
            if here is None:
                here = option_key(word)
                if len(missing) >= MOST_OPTIONS:
                    continue
                missing[here] = word
            chosen[raw] = here
        if missing:
            self._add_options(object_key, declared, missing)
        self.reading.options[object_key, key] = chosen

    def _add_options(self, object_key: str, declared: Field, missing: Mapping[str, str]) -> None:
        made = [{"key": key, "label": label.replace("_", " ")[:100]} for key, label in missing.items()]
        for row in records.visible(self.actor, "custom_field").iterate(("of_object", "key", "settings")):
            if (row.values["of_object"], row.values["key"]) == (object_key, declared.key):
                held = dict(row.values["settings"] or {})
                held["options"] = [*held.get("options", ()), *made]
                record = records.visible(self.actor, "custom_field").get(row.id)
                changes.save(self.actor, record, {"settings": held}, via=VIA, batch=self.batch)
                return
        values = {
            "name": str(declared.label),
            "of_object": object_key,
            "key": declared.key,
            "kind": declared.kind,
            "settings": {"options": made},
            "labels": spoken(declared),
        }
        self._define("custom_field", values, {"of_object": object_key, "key": declared.key})


def found(field: Field, word: str) -> str | None:
    try:
        return str(field.parse(word, NEUTRAL))
    except FieldError:
        return None


def option_key(word: str) -> str:
    return key_from(word).strip("_") or "other"


def spoken(field: Field) -> dict[str, str]:
    """What the field is called in each language, which stays when options are added to it."""
    labels = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            labels[code] = str(field.label)
    return labels


def usable(fields: Iterable[OwnField], preparing: Preparing) -> list[OwnField]:
    return [each for each in fields if preparing.field(each)]
