"""A pointer to one record of one object, or of one among several objects."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import operators, setting
from aperto.kernel.fields.base import Field, Part, Ref, same
from aperto.kernel.query.engines.json_path import Cast
from aperto.kernel.viewer import Viewer


def key_of(value: Any) -> UUID:
    """A record's key from what an API caller or a form sends."""
    if isinstance(value, UUID):
        return value
    try:
        return UUID(str(value))
    except ValueError:
        raise FieldError(_("This is not the key of a record.")) from None


def ref_of(value: Any, to: Sequence[str]) -> Ref:
    """From a Ref, a key, "object:key" or {"object": …, "id": …}."""
    role = ""
    if isinstance(value, Ref):
        object_key, key, role = value.object, value.id, value.role
    elif isinstance(value, dict):
        object_key, key = str(value.get("object") or to[0]), key_of(value.get("id"))
        role = str(value.get("role") or "")
    elif isinstance(value, str) and ":" in value:
        object_key, _colon, text = value.partition(":")
        key = key_of(text)
    else:
        object_key, key = to[0], key_of(value)
    if object_key not in to:
        raise FieldError(_("A record of this kind does not fit here."))
    return Ref(object_key, key, role=role)


def avatar(ref: Ref, shape: str) -> str:
    letters, hue = escape("".join(word[0] for word in ref.title.split()[:2]).upper()), escape(ref.hue)
    return f'<span class="avatar{shape}" data-hue="{hue}" aria-hidden="true">{letters}</span>'


def chip(ref: Ref) -> str:
    """A reference in a cell: a link where the viewer may see the record, else a word."""
    if not ref.title:
        return f'<span class="chip faint">{escape(_("Not visible to you"))}</span>'
    face = avatar(ref, " square")
    return f'<a class="chip" href="/{escape(ref.object)}/{ref.id}">{face}{escape(ref.title)}</a>'


def picker(to: Sequence[str], refs: Sequence[Ref], name: str, attributes: str, extra: str = "") -> SafeString:
    """A native select with what is chosen, which the page turns into a search box."""
    chosen = "".join(
        f'<option selected value="{held(ref, to)}" data-hue="{escape(ref.hue)}">'
        f"{escape(ref.title or _('Not visible to you'))}</option>"
        for ref in refs
    )
    blank = "" if "multiple" in attributes else '<option value=""></option>'
    objects = " ".join(to)
    return mark_safe(  # noqa: S308 - every value is escaped above
        f'<record-picker data-objects="{escape(objects)}" data-url="/pick/{escape("+".join(to))}"{extra}>'
        f'<select name="{escape(name)}" {attributes}>{blank}{chosen}</select></record-picker>'
    )


def held(ref: Ref, to: Sequence[str]) -> str:
    return str(ref.id) if len(to) == 1 else f"{escape(ref.object)}:{ref.id}"


class Reference(Field):
    """`to` names the object; with several, the value is a Ref and the object is a part of its own."""

    kind = "reference"
    label_of_kind = gettext_lazy("Reference")
    explained = gettext_lazy("A link to one record.")
    icon = "link"
    settings: ClassVar[tuple[setting.Setting, ...]] = (setting.TO, setting.PANEL, setting.PANELS)
    parts: tuple[Part, ...] = (
        Part(
            "", lambda field: models.UUIDField(null=True, db_index=True), Cast.TEXT, lambda key: key.hex, UUID
        ),
        Part("_object", lambda field: models.CharField(max_length=63, null=True)),
    )
    operators = operators.EQUALITY
    sort_suffix = None

    def __init__(
        self,
        *arguments: Any,
        to: str | Sequence[str],
        panel: Message = "",
        panels: str = "",
        **options: Any,
    ) -> None:
        """`panel` is what the records that point there are called on the page of the other side."""
        super().__init__(*arguments, **options)
        self.panel = setting.spoken(panel, setting.by_language(panels))
        self.to = (to,) if isinstance(to, str) else tuple(to)
        if len(self.to) == 1:
            self.parts = self.parts[:1]

    def split(self, value: Any) -> tuple[Any, ...]:
        pieces = (None, None) if value is None else (value.id, value.object)
        return pieces[: len(self.parts)]

    def join(self, parts: Sequence[Any]) -> Any:
        object_key = parts[1] if len(parts) > 1 else self.to[0]
        return None if parts[0] is None else Ref(object_key, parts[0])

    def clean(self, value: Any) -> Ref | None:
        """Whether the record exists is checked by the write."""
        return None if value is None or value == "" else ref_of(value, self.to)

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else value.title or str(value.id)

    def export(self, value: Any) -> str:
        """The title, which an import looks up again; the key where there is no title."""
        return "" if value is None else value.title or held(value, self.to)

    def to_json(self, value: Any) -> Any:
        if value is None:
            return None
        return str(value.id) if len(self.to) == 1 else {"object": value.object, "id": str(value.id)}

    def json_of_first_part(self) -> Callable[[Any], Any] | None:
        """A key, which orjson writes just so."""
        return same if len(self.to) == 1 else None

    def cell(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else chip(value)

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        return picker(self.to, [] if value is None else [value], name, self.attributes(attributes))

    def references(self, value: Any) -> Iterable[tuple[str, UUID]]:
        return () if value is None else ((value.object, value.id),)

    def resolve(self, value: Any, found: dict[UUID, Ref]) -> Any:
        return None if value is None else found.get(value.id, value)

    def schema(self) -> dict[str, Any]:
        key = {"type": "string", "format": "uuid"}
        if len(self.to) == 1:
            return key
        return {
            "type": "object",
            "required": ["object", "id"],
            "properties": {"object": {"type": "string", "enum": list(self.to)}, "id": key},
        }

    def sample(self, n: int) -> Ref:
        """Of a record that does not exist: tests and the demonstration make their own."""
        return Ref(self.to[n % len(self.to)], UUID(int=n + 1))

    def search_text(self, value: Any) -> str:
        return ""

    def match_keys(self, value: Any) -> tuple[str, ...]:
        return () if value is None else (f"{value.object}:{value.id.hex}",)
