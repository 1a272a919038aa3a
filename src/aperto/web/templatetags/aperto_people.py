"""What the pages about people ask for: the navigation of the settings, initials, and forms' fields."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, Form
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from aperto.kernel.access import sign_ons
from aperto.kernel.access.sign_on_models import SignOn
from aperto.kernel.errors import Message
from aperto.kernel.fields.date import Date
from aperto.kernel.fields.datetime import DateTime
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.people import looks, settings_nav

register = template.Library()
BEGIN = {SignOn.OIDC: "openid_connect_login", SignOn.SAML: "saml_begin"}
DAY, MOMENT = Date(), DateTime()


@register.simple_tag(takes_context=True)
def settings_groups(context: dict[str, Any]) -> list[tuple[Message, list[settings_nav.Entry]]]:
    request = context["request"]
    return settings_nav.groups(request, request.actor)


@register.simple_tag
def way_back(declaration: ObjectType) -> list[tuple[str, Message]]:
    """Breadcrumbs of a record: its list, or the page of the settings that arranges such records."""
    return settings_nav.above(declaration.key) or [(f"/{declaration.key}", declaration.plural)]


@dataclass(frozen=True)
class Button:
    name: str
    address: str


@register.simple_tag
def sign_on_ways() -> dict[str, Any]:
    """What the sign-in page offers: providers, and whether passwords and the like work beside them."""
    rows = sign_ons.enabled()
    buttons = [Button(row.name, reverse(BEGIN[row.kind], args=[row.slug])) for row in rows]
    return {"providers": buttons, "own": sign_ons.own_ways()}


@register.filter
def initials(name: str) -> str:
    return looks.initials(name)


@register.filter
def hue(key: object) -> str:
    return looks.hue(key)


@register.simple_tag(takes_context=True)
def moment(context: dict[str, Any], value: datetime) -> SafeString:
    """When something was, as this reader says it; the exact moment on hover."""
    shown = MOMENT.cell(value, context["request"].actor.viewer)
    return mark_safe(shown)  # noqa: S308 - a cell is safe markup by contract


@register.simple_tag(takes_context=True)
def day(context: dict[str, Any], value: date) -> str:
    """A day, or the one of a moment, as this reader writes it."""
    viewer = context["request"].actor.viewer
    return DAY.text(value.astimezone(viewer.zone).date() if isinstance(value, datetime) else value, viewer)


@register.inclusion_tag("people/parts/field.html")
def field(bound: BoundField, label: Message = "", help: Message = "", wide: bool = False) -> dict[str, Any]:
    """One control with its label, help and messages. `label` and `help` replace those of the form, which
    may be a library's."""
    widget = bound.field.widget
    widget.attrs.pop("placeholder", None)  # a label beside it says the same, and stays
    if label or help:
        bound.help_text = str(help)
    return {
        "bound": bound,
        "label": label or bound.label,
        "wide": wide,
        "kind": bound.widget_type,
        "group": bound.widget_type in {"checkboxselectmultiple", "radioselect"},
    }


@register.inclusion_tag("people/parts/fields.html")
def fields(form: Form) -> dict[str, Any]:
    """All controls of a form, and what is wrong with it as a whole."""
    return {"form": form}
