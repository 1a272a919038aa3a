"""Icons from the one sprite, for templates (`{% icon "users" %}`) and for cells that Python writes."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
SPRITE = Path(__file__).resolve().parent.parent / "static/icons.svg"
UNKNOWN = "circle"


@cache
def known() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))


@cache
def drawing(name: str, size: str) -> SafeString:
    shape = name if name in known() else UNKNOWN
    kind = f"icon {size}" if size else "icon"
    return mark_safe(  # noqa: S308 — made of a known name, our own address and an escaped size
        f'<svg class="{escape(kind)}" aria-hidden="true"><use href="{static("icons.svg")}#{shape}"/></svg>'
    )


@register.simple_tag
def icon(name: str | None, size: str = "") -> SafeString:
    """An icon that only decorates: the text beside it, or the control's `aria-label`, carries the meaning.

    `size` is "", "sm" (16 px), "xs" (14 px) or "lg" (40 px). A name outside the sprite draws a plain circle.
    """
    return drawing(str(name or UNKNOWN), size)
