"""Cells that name other records: by key, title, e-mail address or number; users and stages by what people
call them. All cells of a chunk are looked up together, so that a chunk costs a fixed number of queries.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from aperto.kernel import changes, records
from aperto.kernel.access import people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes.keys import holders
from aperto.kernel.changes.titles import LONGEST, keys_of
from aperto.kernel.errors import FieldError, Invalid
from aperto.kernel.fields.base import Field, Ref, text_of
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from aperto.transfer.targets import split_name, splits_names

KINDS = frozenset({"reference", "multi_reference", "user", "stage"})
ROLE = re.compile(r"^(?P<name>.*?)\s*\((?P<role>[^()]*)\)$")
type Found = dict[str, list[Ref]]


@dataclass(frozen=True)
class ToCreate:
    """A record that a cell names and that does not exist yet."""

    object: str
    title: str
    role: str = ""


def is_pointing(field: Field) -> bool:
    return field.kind in KINDS


def folded(text: str) -> str:
    """As the title of a record would be compared."""
    return fold(" ".join(text.split())[:LONGEST])


class Pointers:
    """Looks up what the cells of one import name. What it creates belongs to the import's batch."""

    def __init__(
        self, actor: Actor, declaration: ObjectType, create_missing: bool, batch: UUID | None = None
    ) -> None:
        self.actor, self.declaration = actor, declaration
        self.create_missing, self.batch = create_missing, batch

    # -- one cell ------------------------------------------------------------------------------------

    def names_in(self, field: Field, raw: Any) -> list[tuple[str, str]]:
        """(name, role) of each record that the cell names."""
        text = raw if isinstance(raw, str) else ""
        if field.kind != "multi_reference":
            return [(text.strip(), "")] if text.strip() else []
        return [self._with_role(field, part.strip()) for part in re.split(r"[;\n]", text) if part.strip()]

    def _with_role(self, field: Field, text: str) -> tuple[str, str]:
        found = ROLE.match(text)
        roles = getattr(field, "roles", None)
        if not found or roles is None or not roles.options:
            return text, ""
        try:
            return found["name"], roles.find(found["role"], self.actor.viewer.language)
        except FieldError:
            return text, ""

    def value(
        self, field: Field, names: Sequence[tuple[str, str]], found: Found, present: Any
    ) -> "list[Ref | ToCreate]":
        """What the names mean; FieldError for the first that means nothing or several things."""
        held = {folded(ref.title): ref for ref in _refs(present) if ref.title}
        by_key = {str(ref.id): ref for ref in _refs(present)}
        meant: list[Ref | ToCreate] = []
        for name, role in names:
            kept = held.get(folded(name)) or by_key.get(name.rpartition(":")[2])
            one = kept or self._one(field, name, found.get(name, []))
            if isinstance(one, ToCreate):
                meant.append(ToCreate(one.object, one.title, role))
            else:
                meant.append(Ref(one.object, one.id, one.title, one.hue, role))
        return meant

    def _one(self, field: Field, name: str, found: list[Ref]) -> Ref | ToCreate:
        if len(found) == 1:
            return found[0]
        words = {"field": text_of(field.label), "name": name[:80], "count": len(found)}
        if found:
            raise FieldError(
                _("%(field)s: %(count)s records are called “%(name)s”. Write the key of the right one.")
                % words
            )
        objects = self._creatable(field)
        if objects and not _key_in(name) and "@" not in name:
            return ToCreate(objects[0], name)
        raise FieldError(_("%(field)s: nothing is called “%(name)s”.") % words)

    # -- many cells ----------------------------------------------------------------------------------

    def look_up(self, field: Field, names: Iterable[str]) -> Found:
        """The records that each name may mean."""
        wanted = list(dict.fromkeys(names))
        found: Found = defaultdict(list)
        if not wanted:
            return found
        for object_key in getattr(field, "to", ()):
            for name, refs in self._in_object(field, object_key, wanted).items():
                found[name] += refs
        return found

    def _in_object(self, field: Field, object_key: str, names: Sequence[str]) -> Found:
        if object_key == "user":
            return {name: self._users.get(_key_in(name) or folded(name), []) for name in names}
        if field.kind == "stage":
            return {name: self._stages().get(_key_in(name) or folded(name), []) for name in names}
        if object_key not in registry or not self.actor.may(registry.get(object_key), Verb.READ):
            return {}
        return Names(self.actor, for_actor(self.actor, registry.get(object_key))).look_up(names)

    @cached_property
    def _users(self) -> dict[str, list[Ref]]:
        """Users by key, name, e-mail address and the part before its @; active ones go before former ones."""
        known: dict[str, dict[UUID, Ref]] = defaultdict(dict)
        for user in people.everybody():
            ref = Ref("user", user.pk, user.name or user.email)
            for word in {str(user.pk), fold(user.name), fold(user.email), fold(user.email.partition("@")[0])}:
                if word and (user.is_active or not known[word]):
                    known[word][user.pk] = ref
        return {word: list(refs.values()) for word, refs in known.items()}

    def _stages(self) -> dict[str, list[Ref]]:
        """Stages by key, by "Pipeline / Stage", by name (in the first pipeline that has it) and by kind."""
        known: dict[str, list[Ref]] = {}
        for step in stages.of_object(self.declaration.key):
            ref = [Ref("stage", step.id, step.name, step.hue)]
            words = (str(step.id), fold(f"{step.pipeline_name} / {step.name}"), fold(step.name))
            for word in words:
                known.setdefault(word, ref)
        for step in stages.of_object(self.declaration.key):
            known.setdefault(step.kind, [Ref("stage", step.id, step.name, step.hue)])
        return known

    def known_share(self, field: Field, cells: Sequence[str]) -> float:
        """How many of the cells name something that is there."""
        names = [name for cell in cells for name, _role in self.names_in(field, cell)]
        found = self.look_up(field, names)
        return sum(bool(found.get(name)) for name in names) / max(len(names), 1)

    # -- what is missing -----------------------------------------------------------------------------

    def can_create(self, field: Field) -> bool:
        return bool(self._creatable(field))

    def _creatable(self, field: Field) -> list[str]:
        if not self.create_missing or len(getattr(field, "to", ())) != 1:
            return []
        return [key for key in field.to if key in registry and made_by_title(self.actor, registry.get(key))]  # type: ignore[attr-defined]  # pointing kinds have it

    def create(self, missing: Iterable[ToCreate]) -> dict[tuple[str, str], Ref | FieldError]:
        """Makes each record once; by (object, folded title)."""
        titles: dict[str, dict[str, str]] = defaultdict(dict)
        for each in missing:
            titles[each.object].setdefault(folded(each.title), each.title)
        made: dict[tuple[str, str], Ref | FieldError] = {}
        for object_key, wanted in titles.items():
            made |= self._create_in(registry.get(object_key), wanted)
        return made

    def _create_in(
        self, declaration: ObjectType, wanted: Mapping[str, str]
    ) -> dict[tuple[str, str], Ref | FieldError]:
        drafts = [changes.Draft(_values(declaration, title)) for title in wanted.values()]
        outcomes = changes.save_many(self.actor, declaration.key, drafts, via="import", batch=self.batch)
        made: dict[tuple[str, str], Ref | FieldError] = {}
        for (word, title), outcome in zip(wanted.items(), outcomes, strict=True):
            if outcome.record is None:
                made[declaration.key, word] = _refusal(declaration, title, outcome.error)
            else:
                made[declaration.key, word] = Ref(declaration.key, outcome.record.pk, title, declaration.hue)
        return made


class Names:
    """The visible records of one object by what a cell may call them."""

    def __init__(self, actor: Actor, declaration: ObjectType) -> None:
        self.actor, self.declaration = actor, declaration

    def look_up(self, names: Sequence[str]) -> Found:
        found: Found = {}
        keyed = {name: UUID(key) for name in names if (key := _key_in(name))}
        if keyed:
            refs = records.visible(self.actor, self.declaration.key).titles(keyed.values())
            found |= {name: [refs[key]] for name, key in keyed.items() if key in refs}
        found |= self._by_title([name for name in names if name not in keyed])
        open_ = [name for name in names if name not in found]
        for field in self._numbered():
            if open_:
                found |= self._by_keys(field, open_)
                open_ = [name for name in open_ if name not in found]
        return found

    def _by_title(self, names: Sequence[str]) -> Found:
        if not names:
            return {}
        title = self.declaration.fields["title"]
        wanted: dict[str, list[str]] = defaultdict(list)
        for name in names:
            if word := folded(name):
                wanted[word].append(name)
        rows = records.visible(self.actor, self.declaration.key).where(title.where("any_of", list(wanted)))
        by_word: dict[str, list[Ref]] = defaultdict(list)
        for row in rows.iterate(("title",), chunk=5_000):
            ref = Ref(self.declaration.key, row.id, row.title, self.declaration.hue)
            by_word[folded(row.title)].append(ref)
        return {name: by_word[word] for word, spelt in wanted.items() if word in by_word for name in spelt}

    def _numbered(self) -> list[Field]:
        """Fields whose value tells one record from all others."""
        return [
            field
            for field in self.declaration.fields.values()
            if field.unique or (field.match and field.kind == "emails")
        ]

    def _by_keys(self, field: Field, names: Sequence[str]) -> Found:
        forms: dict[str, list[str]] = defaultdict(list)
        for name in names:
            if field.kind != "emails" or "@" in name:
                for form in _forms(field, name, self.actor):
                    forms[form].append(name)
        held = holders(self.declaration, field, list(forms)) if forms else {}
        if not held:
            return {}
        ids = {key for keys in held.values() for key in keys}
        refs = records.visible(self.actor, self.declaration.key).titles(ids)
        found: Found = defaultdict(list)
        for form, keys in held.items():
            for name in forms[form]:
                found[name] += [refs[key] for key in keys if key in refs]
        return {name: refs_ for name, refs_ in found.items() if refs_}


def _forms(field: Field, name: str, actor: Actor) -> tuple[str, ...]:
    try:
        return field.match_keys(field.parse(name, actor.viewer))
    except FieldError:
        return ()


def _refs(present: Any) -> list[Ref]:
    return [present] if isinstance(present, Ref) else list(present or ())


def _key_in(name: str) -> str:
    """The key in a cell that holds one, also behind its object ("company:0190…")."""
    try:
        return str(UUID(name.rpartition(":")[2].strip()))
    except ValueError:
        return ""


def made_by_title(actor: Actor, declaration: ObjectType) -> bool:
    """Whether the actor may make a record of which only the title is known."""
    if declaration.administered or not actor.may(declaration, Verb.CREATE):
        return False
    needed = {key for key, field in declaration.writable.items() if field.required and field.default is None}
    named = set(keys_of(declaration.title.partition("|")[0]))
    enough = not declaration.one_of or not named.isdisjoint(declaration.one_of)
    return needed <= named and enough and (splits_names(declaration) or len(named) == 1)


def _values(declaration: ObjectType, title: str) -> dict[str, Any]:
    if splits_names(declaration):
        return dict(split_name(title))
    return {keys_of(declaration.title.partition("|")[0])[0]: title}


def _refusal(declaration: ObjectType, title: str, error: Exception | None) -> FieldError:
    reason = error.text if isinstance(error, Invalid) else ""
    words = {"object": text_of(declaration.label), "title": title[:80], "reason": reason}
    return FieldError(_("%(object)s “%(title)s” cannot be created. %(reason)s") % words)
