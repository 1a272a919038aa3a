"""What a record is linked with by a relation that has columns of its own: read from the links, never written.

It makes a column, a filter and a value of the API of what the panel shows: `adviser = Visser`,
`adviser.city = Delft`, and of what the link itself says, `adviser.share > 20`.
"""

from typing import TYPE_CHECKING, Any

from aperto.kernel.fields.base import Field
from aperto.kernel.fields.computed import ComputedText, Nothing
from aperto.kernel.fields.multi_reference import MultiReference

if TYPE_CHECKING:
    from aperto.kernel.access.actor import Actor
    from aperto.kernel.objects.declaration import ObjectType


class Linked(MultiReference):
    """`link` is the object of the links; `end` its field that names this record, `other` the one that names
    what is shown."""

    derived = True
    addable = False

    def __init__(self, *arguments: Any, link: str, end: str, other: str, **options: Any) -> None:
        super().__init__(*arguments, readonly=True, **options)
        self.link, self.end, self.other = link, end, other

    def seen_by(self, actor: "Actor", declaration: "ObjectType") -> Field:
        """Nothing for whoever may not read the links, or one of the fields that name their ends."""
        from aperto.kernel.access.field_rights import limits_of  # noqa: PLC0415 - it types fields
        from aperto.kernel.access.scopes import HIDDEN, Verb  # noqa: PLC0415 - as above
        from aperto.kernel.objects.registry import registry  # noqa: PLC0415 - as above

        limits = limits_of(actor, self.link)
        open_ = HIDDEN not in (limits.get(self.end), limits.get(self.other))
        if open_ and self.link in registry and actor.may(registry.get(self.link), Verb.READ):
            return self
        hidden = ComputedText(self.label)
        hidden.key, hidden.owner, hidden.source, hidden.readonly = self.key, self.owner, Nothing(), True
        return hidden
