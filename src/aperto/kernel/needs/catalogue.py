"""The needs that can be asked for. The business declares them; the kernel knows no word of them.

declare(NeedGroup("work", _("What we do"), (Need("files", _("We keep files"), objects=("file",)),)))
"""

from dataclasses import dataclass

from aperto.kernel.errors import Message

MODULE, OBJECT, FIELD = "module", "object", "field"


@dataclass(frozen=True)
class Need:
    """`modules`, `objects` and `fields` ("contact.birthday") serve this need, and are hidden where nobody has
    it; `pack` is brought where somebody has; `pages` of the settings answer it too (names of addresses)."""

    key: str
    label: Message
    modules: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    pack: str = ""
    pages: tuple[str, ...] = ()
    help: Message = ""

    def serving(self, kind: str) -> tuple[str, ...]:
        """The keys of what serves it, of one kind."""
        return {MODULE: self.modules, OBJECT: self.objects, FIELD: self.fields}[kind]


@dataclass(frozen=True)
class NeedGroup:
    key: str
    label: Message
    needs: tuple[Need, ...]


_groups: dict[str, NeedGroup] = {}


def declare(*groups: NeedGroup) -> None:
    for each in groups:
        _groups[each.key] = each


def groups() -> list[NeedGroup]:
    return list(_groups.values())


def needs() -> dict[str, Need]:
    """All of them by key, in their order."""
    return {need.key: need for group in _groups.values() for need in group.needs}
