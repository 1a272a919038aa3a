"""A row of the file on its way into a record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from aperto.kernel.errors import Conflict, FieldError, Invalid, Message, Missing, Refused
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.declaration import ObjectType

WHOLE = ""  # the key under which a message is about the row


@dataclass
class Line:
    """`values` by field, ready to be written; `names` are cells that name records, not yet looked up;
    `blank` fields stand in the file but are empty in this row; `record` is the one that it is about: a new
    one (`is_new`), one that an earlier row makes (`follows`), else one that is there; `beside` are other
    records that the row describes as well, by the reference to them."""

    number: int
    cells: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    names: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    blank: set[str] = field(default_factory=set)
    errors: dict[str, list[Message]] = field(default_factory=dict)
    record: UUID | None = None
    is_new: bool = False
    follows: bool = False
    present: Mapping[str, Any] = field(default_factory=dict)
    beside: dict[str, "Line"] = field(default_factory=dict)

    def refuse(self, key: str, message: Message) -> None:
        self.errors.setdefault(key, []).append(message)

    def refuse_all(self, errors: Mapping[str, Iterable[Message]]) -> None:
        for key, messages in errors.items():
            for message in messages:
                self.refuse(key, message)

    def fail(self, declaration: ObjectType, error: Exception) -> None:
        """Takes over what a write says about the row."""
        match error:
            case Invalid():
                self.refuse_all(error.errors)
            case FieldError():
                self.refuse(WHOLE, error.message)
            case Refused():
                self.refuse(
                    WHOLE,
                    _("You may not write this record.") if self.record else _("You may not create records."),
                )
            case Missing():
                self.refuse(WHOLE, _("There is no such record, or you may not see it."))
            case Conflict():
                self.refuse(WHOLE, _("Somebody else changed this record at the same time."))
            case _:
                self.refuse(
                    WHOLE, _("The database refuses this row: %(error)s") % {"error": str(error)[:200]}
                )

    def reasons(self, declaration: ObjectType) -> list[str]:
        """Why the row was refused, each with the name of its field."""
        said = []
        for key, messages in self.errors.items():
            label = text_of(declaration.fields[key].label) if key in declaration.fields else ""
            for message in messages:
                text = str(message)
                said.append(text if not label or text.startswith(f"{label}:") else f"{label}: {text}")
        return list(dict.fromkeys(said))
