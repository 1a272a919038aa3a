"""Pieces of HTML that editors are made of. Every value is escaped here; `attributes` is safe markup."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from aperto.kernel.errors import Message


def text_input(type_: str, name: str, text: str, attributes: str = "") -> SafeString:
    return mark_safe(  # noqa: S308 - see above
        f'<input type="{type_}" name="{escape(name)}" value="{escape(text)}" {attributes}>'
    )


def hidden(name: str, text: str) -> SafeString:
    return mark_safe(f'<input type="hidden" name="{escape(name)}" value="{escape(text)}">')  # noqa: S308


def text_area(name: str, text: str, attributes: str = "") -> SafeString:
    """The line break after the tag is one that HTML drops; without it, a leading one of the text is lost."""
    return mark_safe(  # noqa: S308
        f'<textarea name="{escape(name)}" data-grow {attributes}>\n{escape(text)}</textarea>'
    )


def label_of(label: Message) -> str:
    """Attribute that names a control inside a composite editor."""
    return f'aria-label="{escape(str(label))}"'


def select_box(
    name: str, options: Iterable[tuple[str, Message]], chosen: Sequence[str], attributes: str = ""
) -> SafeString:
    items = "".join(
        f'<option value="{escape(value)}"{chosen_mark(value in chosen)}>{escape(str(label))}</option>'
        for value, label in options
    )
    return mark_safe(f'<select name="{escape(name)}" {attributes}>{items}</select>')  # noqa: S308


def chosen_mark(chosen: bool) -> str:
    return " selected" if chosen else ""


def check_box(name: str, checked: bool, attributes: str = "") -> SafeString:
    """With a hidden twin, so that an empty box is sent too."""
    ticked = " checked" if checked else ""
    return mark_safe(  # noqa: S308
        f'<input type="hidden" name="{escape(name)}" value="">'
        f'<input type="checkbox" name="{escape(name)}" value="1"{ticked} {attributes}>'
    )


def group(*controls: str, kind: str = "", look: str = "editor-box", attributes: str = "") -> SafeString:
    """Several controls that make one value; the usual look floats over a list cell."""
    return mark_safe(  # noqa: S308
        f'<div class="{look}" role="group" data-kind="{kind}" {attributes}>{"".join(controls)}</div>'
    )


@dataclass(frozen=True)
class Line:
    """One entry of several: its controls on one line, and what seldom matters below them."""

    controls: str
    below: str = ""

    def shown(self, number: str) -> str:
        remove = (
            '<button type="button" class="btn quiet icon-only" data-row-remove '
            f"{label_of(_('Remove'))}>×</button>"
        )
        below = f'<div class="cluster">{self.below}</div>' if self.below else ""
        return f'<div class="row-line" data-row="{number}">{self.controls}{remove}{below}</div>'


def rows(kind: str, name: str, lines: Sequence[Line], blank: Line, attributes: str = "") -> SafeString:
    """Repeatable entries; `blank` is the next one, with __n__ for its number."""
    numbered = [line.shown(str(number)) for number, line in enumerate(lines)]
    return mark_safe(  # noqa: S308
        f'<div class="editor-box" role="group" data-kind="{kind}" data-rows="{escape(name)}" {attributes}>'
        f"{''.join(numbered)}<template data-row-template>{blank.shown('__n__')}</template>"
        f'<button type="button" class="btn quiet" data-row-add>{escape(_("Add another"))}</button></div>'
    )


def primary_box(name: str, number: str, chosen: bool) -> str:
    """The one of several that counts first."""
    ticked = " checked" if chosen else ""
    return (
        f'<label><input type="radio" name="{escape(name)}.primary" value="{number}"{ticked}> '
        f"{escape(_('Primary'))}</label>"
    )
