"""A stored file: its key and the name it was given. What is inside is kept and guarded by `kernel.files`."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields import controls, operators
from aperto.kernel.fields.base import Field, Part, Ref
from aperto.kernel.fields.reference import key_of
from aperto.kernel.fields.text import plain
from aperto.kernel.query.engines.json_path import Cast
from aperto.kernel.viewer import Viewer

OBJECT = "stored_file"  # no object of the registry: a stored file has no rights of its own
SENT = ".sent"  # what follows the control's name in the control that takes a new file
LONGEST = 255


class File(Field):
    """The value is `Ref("stored_file", id, title=name)`."""

    kind = "file"
    label_of_kind = _("File")
    explained = _("A document that is kept with the record.")
    icon = "paperclip"
    parts = (
        Part(
            "", lambda field: models.UUIDField(null=True, db_index=True), Cast.TEXT, lambda key: key.hex, UUID
        ),
        Part("_name", lambda field: models.CharField(max_length=LONGEST, null=True)),
    )
    operators = operators.PRESENCE
    sort_suffix = "_name"
    accept: ClassVar[str] = ""  # what the file dialog offers

    def split(self, value: Any) -> tuple[Any, ...]:
        return (None, None) if value is None else (value.id, value.title or None)

    def join(self, parts: Sequence[Any]) -> Any:
        return None if parts[0] is None else Ref(OBJECT, parts[0], parts[1] or "")

    def clean(self, value: Any) -> Ref | None:
        """A Ref, a key, {"id": …, "name": …} or "key name"."""
        if value is None or value == "":
            return None
        if isinstance(value, Ref):
            key, name = value.id, str(value.title)
        elif isinstance(value, dict):
            key, name = key_of(value.get("id")), value.get("name") or ""
        else:
            text, _blank, name = str(value).strip().partition(" ")
            key = key_of(text)
        return Ref(OBJECT, key, plain(name, LONGEST) or "")

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else value.title or str(value.id)

    def export(self, value: Any) -> str:
        return "" if value is None else f"{value.id} {value.title}".strip()

    def to_json(self, value: Any) -> dict[str, str] | None:
        return None if value is None else {"id": str(value.id), "name": value.title}

    def cell(self, value: Any, viewer: Viewer) -> str:
        if value is None:
            return ""
        return f'<a class="file" href="/files/{value.id}">{escape(self.text(value, viewer))}</a>'

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        """The file held until another is sent; the door stores what came in `name.sent`."""
        accept = f' accept="{self.accept}"' if self.accept else ""
        needed = " required" if self.required and value is None else ""
        shown = f'<p class="held">{self.cell(value, viewer)}</p>' if value is not None else ""
        held = controls.hidden(name, "" if value is None else self.export(value))
        return mark_safe(  # noqa: S308 - the name is escaped, the rest is our own
            f'{shown}{held}<input type="file" name="{escape(name + SENT)}"{accept}{needed} {attributes}>'
        )

    def holding(self, key: UUID) -> Q:
        """The records whose field holds this file."""
        return self.condition("is", [self.argument(Ref(OBJECT, key))])

    def references(self, value: Any) -> Iterable[tuple[str, UUID]]:
        return () if value is None else ((OBJECT, value.id),)

    def schema(self) -> dict[str, Any]:
        key = {"type": "string", "format": "uuid"}
        return {
            "type": "object",
            "required": ["id"],
            "properties": {"id": key, "name": {"type": "string", "maxLength": LONGEST}},
        }

    def sample(self, n: int) -> Ref:
        """Of a file that does not exist: tests and the demonstration make their own."""
        return Ref(OBJECT, UUID(int=n + 1), f"Document {n:03}.pdf")
