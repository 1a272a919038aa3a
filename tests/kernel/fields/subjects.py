"""What a value compares by, said once more and independently of how it is stored."""

from collections.abc import Callable
from typing import Any

from aperto.kernel.fields import Field
from aperto.kernel.folding import fold

SUBJECTS: dict[str, Callable[[Any], Any]] = {
    "text": fold,
    "long_text": fold,
    "automatic_number": fold,
    "rich_text": lambda value: fold(
        value.replace("<p>", "").replace("</p>", "").replace("<b>", "").replace("</b>", "")
    ),
    "url": lambda value: value.removeprefix("https://www."),
    "money": lambda value: value.base,
    "reference": lambda value: value.id,
    "stage": lambda value: value.id,
    "user": lambda value: value.id,
    "file": lambda value: value.title,
    "image": lambda value: value.title,
    "address": lambda value: fold(value["city"]),
}


def subject(field: Field, value: Any) -> Any:
    return SUBJECTS.get(field.kind, lambda value: value)(value)
