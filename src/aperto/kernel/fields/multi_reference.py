"""Pointers to any number of records, each with a role where the field has roles.

The values are links in the Relation table, written and read by the pipeline of changes; the row holds
nothing of them.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import controls, operators, setting
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.fields.reference import chip, held, picker, ref_of
from aperto.kernel.fields.select import Choices, Option
from aperto.kernel.viewer import Viewer

MOST = 500


class MultiReference(Field):
    """Records of the object or objects `to`; `roles` are what a record can be in the link."""

    kind = "multi_reference"
    label_of_kind = gettext_lazy("Several references")
    explained = gettext_lazy("Links to several records, each in a role.")
    icon = "link"
    settings: ClassVar[tuple[setting.Setting, ...]] = (setting.TO, setting.ROLES)
    operators = operators.EQUALITY
    aggregates = ()
    sort_suffix = None
    stored_elsewhere = True

    def __init__(
        self,
        *arguments: Any,
        to: str | Sequence[str],
        roles: Sequence[Option] = (),
        subjects: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.to = (to,) if isinstance(to, str) else tuple(to)
        self.roles = Choices(roles)
        self.subjects = subjects  # administrators' own objects join those that it points at

    def split(self, value: Any) -> tuple[Any, ...]:
        return ()

    def join(self, parts: Sequence[Any]) -> Any:
        return None

    def condition(self, operator: str, arguments: Sequence[Any]) -> Q:
        raise FieldError(_("Links are compared by the query language, which knows the record's object."))

    def argument(self, value: Any) -> Any:
        return value

    def clean(self, value: Any) -> list[Ref] | None:
        if value is None or value == "":
            return None
        if not isinstance(value, list | tuple):
            value = [value]
        refs = [ref_of(each, self.to) for each in value]
        if len(refs) > MOST:
            raise FieldError(_("At most %(most)s records can be linked here.") % {"most": MOST})
        for ref in refs:
            if ref.role:
                self.roles.check(ref.role)
        return list({ref.id: ref for ref in refs}.values()) or None

    def parse(self, raw: Any, viewer: Viewer) -> list[Ref] | None:
        """Keys between semicolons, each with its role in parentheses; or a list from the editor."""
        if isinstance(raw, str):
            return self.clean([self.pointed(word, viewer) for word in raw.split(";") if word.strip()])
        return self.clean(
            [self.pointed(each, viewer) for each in raw if each] if isinstance(raw, list) else raw
        )

    def pointed(self, word: Any, viewer: Viewer) -> Ref:
        if not isinstance(word, str):
            return ref_of(word, self.to)
        key, _open, role = word.strip().partition(" (")
        ref = ref_of(key.strip(), self.to)
        role = role.removesuffix(")").strip()
        return Ref(ref.object, ref.id, role=self.roles.find(role, viewer.language)) if role else ref

    def read_form(self, post: QueryDict, name: str) -> Any:
        """The chosen keys; a role stands in a control of its own, named by the key."""
        roles = {key: post.get(f"{name}.role.{key}", "") for key in post.getlist(name) if key}
        return [f"{key} ({role})" if role else key for key, role in roles.items()]

    def text(self, value: Any, viewer: Viewer) -> str:
        return ", ".join(ref.title or str(ref.id) for ref in value or ())

    def export(self, value: Any) -> str:
        return "; ".join(
            (ref.title or held(ref, self.to)) + (f" ({ref.role})" if ref.role else "") for ref in value or ()
        )

    def to_json(self, value: Any) -> list[dict[str, str]]:
        return [
            {"object": ref.object, "id": str(ref.id)} | ({"role": ref.role} if ref.role else {})
            for ref in value or ()
        ]

    def cell(self, value: Any, viewer: Viewer) -> str:
        return "".join(self.linked(ref) for ref in value or ())

    def linked(self, ref: Ref) -> str:
        role = f' <span class="faint">{escape(self.roles.label(ref.role))}</span>' if ref.role else ""
        return chip(ref) + role

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        choice = picker(self.to, value or (), name, f"multiple {self.attributes(attributes)}")
        roles = [self.role_box(ref, name) for ref in value or () if self.roles.options]
        return SafeString(controls.hidden(name, "") + choice + "".join(roles))

    def role_box(self, ref: Ref, name: str) -> SafeString:
        listed = [("", "–"), *((option.key, option.label) for option in self.roles.options)]
        label = controls.label_of(_("Role of %(title)s") % {"title": ref.title or ref.id})
        return controls.select_box(f"{name}.role.{held(ref, self.to)}", listed, [ref.role], label)

    def references(self, value: Any) -> Iterable[tuple[str, UUID]]:
        return [(ref.object, ref.id) for ref in value or ()]

    def resolve(self, value: Any, found: dict[UUID, Ref]) -> Any:
        """The found ones, with the roles of these links."""
        shown = [(found.get(ref.id, ref), ref.role) for ref in value or ()]
        return [Ref(ref.object, ref.id, ref.title, ref.hue, role) for ref, role in shown] or None

    def schema(self) -> dict[str, Any]:
        properties: dict[str, Any] = {
            "object": {"type": "string", "enum": list(self.to)},
            "id": {"type": "string", "format": "uuid"},
        }
        if self.roles.options:
            properties["role"] = {"type": "string", "enum": [option.key for option in self.roles.options]}
        item = {"type": "object", "required": ["id"], "properties": properties}
        return {"type": "array", "items": item}

    def sample(self, n: int) -> list[Ref]:
        """Of records that do not exist, as in Reference."""
        return [Ref(self.to[n % len(self.to)], UUID(int=n + 1))]

    def search_text(self, value: Any) -> str:
        return ""
