"""Pieces of HTML that editors are made of. Every value is escaped here; `attributes` is safe markup."""

from collections.abc import Iterable, Sequence
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


def group(*controls: str, kind: str = "", attributes: str = "") -> SafeString:
    """Several controls that make one value; the cell's editor floats."""
    return mark_safe(  # noqa: S308
        f'<div class="editor-box" role="group" data-kind="{kind}" {attributes}>{"".join(controls)}</div>'
    )


def rows(kind: str, name: str, lines: Sequence[str], blank: str, attributes: str = "") -> SafeString:
    """Repeatable rows; `blank` is a row with __n__ in its names, and one stands ready without scripts."""
    remove = (
        '<button type="button" class="btn quiet icon-only" data-row-remove '
        f"{label_of(_('Remove'))}>×</button>"
    )
    ready = [*lines, blank.replace("__n__", str(len(lines)))]
    shown = "".join(f'<div class="row" data-row>{line}{remove}</div>' for line in ready)
    return mark_safe(  # noqa: S308
        f'<div class="editor-box" role="group" data-kind="{kind}" data-rows="{escape(name)}" {attributes}>'
        f'{shown}<template data-row-template><div class="row" data-row>{blank}{remove}</div></template>'
        f'<button type="button" class="btn quiet" data-row-add>{escape(_("Add another"))}</button></div>'
    )
