"""Of some fields one at least is needed, no matter which: every door asks for it in the same words."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.declaration import ObjectType


def is_missing(declaration: ObjectType, value: Callable[[str], Any]) -> bool:
    """Whether all of them are empty; `value` gives that of a field."""
    return bool(declaration.one_of) and all(value(key) in (None, "", []) for key in declaration.one_of)


def sentence(declaration: ObjectType) -> str:
    """What is asked for, as whoever is given this shape of the object may hear it."""
    fields = declaration.fields
    names = [text_of(fields[key].label) for key in declaration.one_of if key in fields]
    return _("Fill in one of these: %(fields)s.") % {"fields": ", ".join(names)}
