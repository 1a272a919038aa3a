"""Puts what was typed back into the controls of an editor, as it was typed.

A value that its field refused has no typed form that an editor could show, so the text goes into the HTML
that the field wrote: into every control whose name was sent.
"""

from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser

from django.http import QueryDict

KEPT = frozenset({"hidden", "file", "password", "submit", "button"})
VOID = frozenset({"input", "br", "img", "hr", "wbr", "col"})

type Attributes = Iterable[tuple[str, str | None]]


def refill(html: str, post: QueryDict) -> str:
    """The same HTML with the values that were sent."""
    writer = _Writer(post)
    writer.feed(html)
    writer.close()
    return "".join(writer.pieces)


class _Writer(HTMLParser):
    def __init__(self, post: QueryDict) -> None:
        super().__init__(convert_charrefs=False)
        self.post = post
        self.pieces: list[str] = []
        self.select: list[str] | None = None
        self.in_textarea = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name in self.post:
            attrs = self._input(given, name)
        elif tag == "select":
            self.select = self.post.getlist(name) if name in self.post else None
        elif tag == "option" and self.select is not None:
            attrs = _marked(given, "selected", given.get("value") in self.select)
        self.pieces.append(_tag(tag, attrs))
        if tag == "textarea" and name in self.post:
            self.in_textarea = True
            self.pieces.append("\n" + escape(self.post.get(name) or ""))

    def _input(self, given: dict[str, str | None], name: str) -> list[tuple[str, str | None]]:
        kind = given.get("type") or "text"
        if kind in {"checkbox", "radio"}:
            return _marked(given, "checked", given.get("value", "on") in self.post.getlist(name))
        if kind in KEPT:
            return list(given.items())
        return list({**given, "value": self.post.get(name)}.items())

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.in_textarea = False
        elif tag == "select":
            self.select = None
        if tag not in VOID:
            self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._text(data)

    def handle_entityref(self, name: str) -> None:
        self._text(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._text(f"&#{name};")

    def _text(self, text: str) -> None:
        if not self.in_textarea:
            self.pieces.append(text)


def _marked(given: dict[str, str | None], mark: str, on: bool) -> list[tuple[str, str | None]]:
    kept = [(key, value) for key, value in given.items() if key != mark]
    return [*kept, (mark, None)] if on else kept


def _tag(tag: str, attrs: Attributes) -> str:
    written = "".join(f" {key}" if value is None else f' {key}="{escape(value)}"' for key, value in attrs)
    return f"<{tag}{written}>"
