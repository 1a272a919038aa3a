"""The question "only this one, this and later ones, or all?", beside a form about one of a series."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel import fields
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Message
from aperto.kernel.fields import Option
from aperto.kernel.recurrence import series
from aperto.kernel.recurrence.reach import WORDS, Reach
from aperto.web.forms.controls import Control, control
from aperto.web.records.reading import Shown
from aperto.web.request import Request

NAME = "reach"
RULES = gettext_lazy("Another repetition holds from this one on.")


def is_one_of_several(held: Shown) -> bool:
    field = series.field_of(held.declaration)
    value = held.values.get(field.key) if field else None
    return bool(value and value.series)


def question(
    held: Shown, proposed: Reach = Reach.ONE, but: tuple[Reach, ...] = (), more: Message = ""
) -> Control:
    options = [Option(reach.value, label) for reach, label in WORDS if reach not in but]
    asked = fields.Select(gettext_lazy("Applies to"), options=options, required=True)
    asked.help = f"{_('What is over is never changed.')} {more}".strip()
    asked.adopt(held.declaration.model, NAME)
    return control(asked, proposed.value, held.actor)


def beside_form(request: Request, held: Shown) -> list[Control]:
    """The question, as it was answered before, where the record is one of a series."""
    return [question(held, answer(request), more=RULES)] if is_one_of_several(held) else []


def answer(request: Request) -> Reach:
    """What was chosen; anything else is the least."""
    chosen = request.POST.get(NAME, "")
    return Reach(chosen) if chosen in {each.value for each in Reach} else Reach.ONE


def undo_of(change: Change | None) -> str:
    """The address that takes a change back; with all that the same act wrote."""
    if change is None:
        return ""
    return f"/undo/batch/{change.batch}" if change.batch else f"/undo/{change.id}"


def offer(held: Shown, key: str, change: Change | None) -> dict[str, Any]:
    """After one field was changed in place: that the others stay, and how they follow."""
    field = series.field_of(held.declaration)
    if change is None or field is None:
        return {}
    if key == field.key:
        toast = {"text": _("This and the later ones were changed."), "tone": "good", "undo": undo_of(change)}
        return {"toast": toast} if change.batch else {}
    if key == field.done or not is_one_of_several(held):
        return {}
    url = f"{held.url}/occurrences/carry/{change.id}"
    toast = {"text": _("Only this one was changed."), "tone": "good", "href": url, "label": _("Others too")}
    return {"toast": toast}
