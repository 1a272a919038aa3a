"""The values of many records at once, from one kind to another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import Field
from aperto.kernel.fields.base import Ref
from aperto.kernel.fields.money import MoneyValue
from aperto.kernel.folding import fold
from aperto.kernel.money.fill import completed
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.rows import found
from aperto.kernel.records import visible
from aperto.kernel.shape.change_kind.ways import POINTERS, WAYS

USER = "user"


@dataclass(frozen=True)
class Converted:
    """`why` says what refused the old value; it is blank where the value is the new one."""

    value: Any = None
    why: Message = ""


class Converter:
    """Reads in the locale of the actor, and points only at records that the actor sees."""

    def __init__(self, old: Field, new: Field, actor: Actor) -> None:
        self.old, self.new, self.actor = old, new, actor
        self.way = WAYS[old.kind, new.kind]

    def convert(self, values: Sequence[Any]) -> list[Converted]:
        if self.new.kind in POINTERS and self.old.kind == "text":
            return self._pointing(values)
        if self.old.kind in POINTERS and self.new.kind == "text":
            seen = found(self.actor, [(self.old, value) for value in values])
            values = [None if value is None else self.old.resolve(value, seen) for value in values]
        return [Converted() if value in (None, []) else self._one(value) for value in values]

    def _one(self, value: Any) -> Converted:
        try:
            self._check(value)
            made = self.way(value, self.old, self.new, self.actor.viewer)
            made = completed(made) if isinstance(made, MoneyValue) else made
        except FieldError as error:
            return Converted(why=error.message)
        return Converted(made) if made not in (None, []) else Converted(why=_("Nothing of it is left."))

    def _check(self, value: Any) -> None:
        if self.old.kind in POINTERS and self.new.kind == "text":
            refs = value if isinstance(value, list) else [value]
            if not all(ref.title for ref in refs):
                raise FieldError(_("It points at what you do not see."))

    # -- from titles ---------------------------------------------------------------------------------

    def _pointing(self, values: Sequence[Any]) -> list[Converted]:
        named = [self._names(value) for value in values]
        known = self._known({name for names in named for name in names})
        return [self._pointed(names, known) for names in named]

    def _names(self, value: str | None) -> list[str]:
        if not value:
            return []
        return [each.strip() for each in value.split(";") if each.strip()] if self._several else [value]

    @property
    def _several(self) -> bool:
        return self.new.kind == "multi_reference"

    def _pointed(self, names: list[str], known: dict[str, list[Ref]]) -> Converted:
        refs = []
        for name in names:
            called = known.get(fold(name), [])
            if len(called) != 1:
                words = _("Several are called “%(name)s”.") if called else _("Nothing is called “%(name)s”.")
                return Converted(why=words % {"name": name[:60]})
            refs.append(called[0])
        return Converted((refs if self._several else refs[0]) if refs else None)

    def _known(self, names: set[str]) -> dict[str, list[Ref]]:
        """What the actor sees under these titles."""
        held: dict[str, list[Ref]] = defaultdict(list)
        targets: Iterable[str] = getattr(self.new, "to", ())
        for target in targets if names else ():
            for name, ref in _users() if target == USER else self._titled(target, sorted(names)):
                held[fold(name)].append(ref)
        return held

    def _titled(self, target: str, names: list[str]) -> Iterable[tuple[str, Ref]]:
        if target not in registry:
            return
        title = registry.get(target).fields["title"]
        rows = visible(self.actor, target).where(title.where("any_of", names))
        for row in rows.iterate([]):
            yield row.title, Ref(target, row.id)


def _users() -> Iterable[tuple[str, Ref]]:
    for key, name, email in User.objects.order_by("pk").values_list("pk", "name", "email"):
        ref = Ref(USER, key)
        yield name, ref
        if fold(email) != fold(name):
            yield email, ref
