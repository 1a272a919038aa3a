"""One line of the palette as HTML. Every text is escaped; what matched is marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape

from aperto.web.templatetags.aperto_icons import icon


@dataclass(frozen=True)
class Option:
    """`act` is "open", "dialog" or "run"; `spans` are (start, end) in `text`, to be marked."""

    text: str
    icon: str
    url: str
    aside: str = ""
    act: str = "open"
    spans: Sequence[tuple[int, int]] = field(default_factory=tuple)


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text, escaped piece by piece, so that a mark can never stand inside an entity."""
    pieces, place = [], 0
    for start, end in sorted(spans):
        if start < place or end > len(text):
            continue
        pieces += [escape(text[place:start]), "<mark>", escape(text[start:end]), "</mark>"]
        place = end
    return "".join([*pieces, escape(text[place:])])


def drawn(option: Option) -> str:
    aside = f'<span class="faint">{escape(option.aside)}</span>' if option.aside else ""
    target = {
        "run": f'data-run="{escape(option.url)}"',
        "dialog": f'data-href="{escape(option.url)}" data-dialog',
    }
    where = target.get(option.act, f'data-href="{escape(option.url)}"')
    text = marked(option.text, option.spans)
    return f'<li role="option" {where}>{icon(option.icon)}<span>{text}</span>{aside}</li>'


def group(title: str, options: Iterable[Option]) -> str:
    lines = "".join(drawn(option) for option in options)
    return f'<div class="group" role="presentation">{escape(title)}</div>{lines}' if lines else ""
