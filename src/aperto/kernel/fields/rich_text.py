"""Text with headings, lists and links, kept as HTML that is sanitised on the way in and on the way out."""

import re
from html import escape, unescape
from typing import Any

import nh3
from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields import controls, operators
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.fields.long_text import LONGEST, shortened
from aperto.kernel.fields.text import needle, plain
from aperto.kernel.folding import fold
from aperto.kernel.viewer import Viewer

TAGS = {
    "p", "br", "div", "b", "strong", "i", "em", "u", "s", "del", "code", "pre", "blockquote", "hr",
    "ul", "ol", "li", "a", "h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
BEGINNING = 4_000  # of a long text, enough for a list
TAG = re.compile(r"</?[A-Za-z][^>]*>")
BREAKS = re.compile(r"<(?:br|/p|/div|/li|/h\d|/tr|/blockquote|/pre|hr)\b[^>]*>")


def sanitised(markup: str) -> str:
    """Without scripts, styles, images and handlers; links lead outside without telling from where."""
    return nh3.clean(
        markup,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


def lines_of(text: str) -> str:
    """Plain text, as doors give it that know no formatting: its lines stay lines."""
    return "<br>".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def words_of(markup: str) -> str:
    """The text without its marks."""
    return unescape(nh3.clean(BREAKS.sub("\n", markup), tags=set(), attributes={})).strip()


class RichText(Field):
    """Formatted text; the value is HTML."""

    kind = "rich_text"
    label_of_kind = _("Formatted text")
    explained = _("Several lines with headings, lists and links.")
    icon = "align-left"
    parts = (
        Part("", lambda field: models.TextField(null=True)),
        Part("_folded", lambda field: models.TextField(null=True)),
    )
    operators = ("contains", "not_contains", *operators.PRESENCE)
    filter_suffix = "_folded"
    sort_suffix = None

    def split(self, value: Any) -> tuple[Any, ...]:
        return (value, None if value is None else fold(words_of(value)))

    def clean(self, value: Any) -> str | None:
        text = plain(value, LONGEST)
        if text is None:
            return None
        markup = sanitised(text if TAG.search(text) else lines_of(text)).strip()
        markup = markup.replace(
            "&nbsp;", " "
        )  # editors write them between words, where search looks for blanks
        return markup if words_of(markup) else None

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> str:
        return needle(raw)

    def argument(self, value: Any) -> Any:
        return fold(value)

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else words_of(value)

    def export(self, value: Any) -> str:
        return value or ""

    def cell(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else escape(shortened(words_of(value[:BEGINNING])))

    def display(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else f'<div class="rich">{sanitised(value)}</div>'

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        markup = "" if value is None else sanitised(value)
        return controls.text_area(name, markup, f'rows="8" data-rich {self.attributes(attributes)}')

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "contentMediaType": "text/html", "maxLength": LONGEST}

    def sample(self, n: int) -> str:
        return f"<p>{escape(str(self.label or self.key))} <b>{n}</b></p>"
