"""Fields as labelled controls, and what was typed into them read back. Nothing typed is ever lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.objects.registry import registry
from aperto.kernel.viewer import Viewer
from aperto.web.forms.refill import refill
from aperto.web.forms.steps import step_box

WIDE = frozenset(
    {"long_text", "rich_text", "address", "emails", "phones", "multi_reference", "json", "file", "image"}
)


@dataclass(frozen=True)
class Control:
    """The context of `web/parts/field.html`."""

    key: str
    id: str
    label: str
    html: str
    errors: Sequence[Message] = ()
    help: str = ""
    required: bool = False
    wide: bool = False
    group: bool = False
    unasked: bool = False  # not shown in the present state of the record
    required_now: bool = False


@dataclass
class Typed:
    """What a person sent: values that their fields took, messages about the others, and all of it raw."""

    post: QueryDict
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[Message]] = field(default_factory=dict)

    def add(self, errors: Mapping[str, Sequence[Message]]) -> None:
        for key, messages in errors.items():
            self.errors.setdefault(key, []).extend(messages)


def read(fields: Iterable[Field], post: QueryDict, viewer: Viewer, prefix: str = "") -> Typed:
    typed = Typed(post)
    for each in fields:
        try:
            typed.values[each.key] = each.parse(each.read_form(post, prefix + each.key), viewer)
        except FieldError as error:
            typed.errors[each.key] = [error.message]
    return typed


def sent(fields: Iterable[Field], post: QueryDict) -> list[Field]:
    """The fields of which a control was in the form: what was not asked is not answered."""
    heads = {name.partition(".")[0] for name in post}
    return [each for each in fields if each.key in heads]


def controls(
    fields: Iterable[Field],
    values: Mapping[str, Any],
    actor: Actor,
    typed: Typed | None = None,
    prefix: str = "",
    autofocus: bool = False,
) -> list[Control]:
    """The controls of these fields; what was typed stands in those that were refused."""
    return [
        control(each, values.get(each.key), actor, typed, prefix, autofocus=autofocus and place == 0)
        for place, each in enumerate(fields)
    ]


def control(
    each: Field,
    value: Any,
    actor: Actor,
    typed: Typed | None = None,
    prefix: str = "",
    autofocus: bool = False,
) -> Control:
    name = prefix + each.key
    id_ = f"f-{name}".replace(".", "-")
    errors = typed.errors.get(each.key, []) if typed else []
    attributes = _attributes(each, id_, bool(errors), autofocus)
    html = typed_editor(each, value, actor, name, attributes, typed)
    return Control(
        key=each.key,
        id=id_,
        label=text_of(each.label),
        html=SafeString(html),
        errors=errors,
        help=text_of(each.help),
        required=each.required,
        wide=each.kind in WIDE,
        group='role="group"' in html,
    )


def editor(each: Field, value: Any, actor: Actor, name: str, attributes: str = "") -> str:
    """The field's own editor; a picker learns where a record that does not exist yet is made."""
    targets: Sequence[str] = getattr(each, "to", ())
    if each.kind == "stage":
        return step_box(each, value, actor, name, attributes)
    html = each.editor(value, actor.viewer, name, attributes)
    if len(targets) == 1 and targets[0] in registry:
        target = registry.get(targets[0])
        if target.quick and not target.administered and actor.may(target, Verb.CREATE):
            return html.replace("<record-picker ", f'<record-picker data-create-url="/{target.key}/new" ', 1)
    return html


def typed_editor(
    each: Field, value: Any, actor: Actor, name: str, attributes: str, typed: Typed | None
) -> str:
    """Where the typed text was refused no value exists: its raw form is tried, then put into the controls."""
    if typed is None:
        return editor(each, value, actor, name, attributes)
    if each.key in typed.errors and each.key not in typed.values:
        raw = each.read_form(typed.post, name)
        try:
            return refill(editor(each, raw, actor, name, attributes), typed.post)
        except (TypeError, KeyError, ValueError, AttributeError, ArithmeticError):
            value = None
    return refill(editor(each, value, actor, name, attributes), typed.post)


def _attributes(each: Field, id_: str, refused: bool, autofocus: bool) -> str:
    described = [f"help-{id_}"] if each.help else []
    described += [f"err-{id_}"] if refused else []
    written = f'id="{escape(id_)}"'
    if described:
        written += f' aria-describedby="{" ".join(described)}"'
    return written + (' aria-invalid="true"' if refused else "") + (" autofocus" if autofocus else "")
