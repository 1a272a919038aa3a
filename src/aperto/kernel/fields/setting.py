"""What an administrator may set of a field beyond its name: each kind lists its settings.

A setting reads what a page or an API caller gives, into what the constructor of the kind expects.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import FieldError, Message

MOST_OPTIONS = 500
LONGEST_LABEL = 120
LONGEST_CONDITION = 1_000


@dataclass(frozen=True)
class Setting:
    """`name` is the argument of the constructor; `read` raises FieldError; `control` names how it is asked:
    "whole", "number", "flag", "text", "options", "objects" or "choice" (of `choices`)."""

    name: str
    label: Message
    control: str
    read: Callable[[Any], Any]
    help: Message = ""
    required: bool = False
    choices: tuple[tuple[str, Message], ...] = ()


def whole(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise FieldError(_("A whole number is expected here."))
    try:
        return int(raw)
    except ValueError:
        raise FieldError(_("A whole number is expected here.")) from None


def number(raw: Any) -> Decimal:
    try:
        read = Decimal(str(raw))
    except InvalidOperation:
        read = Decimal("NaN")
    if isinstance(raw, bool) or not read.is_finite():
        raise FieldError(_("A number is expected here."))
    return read


def flag(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise FieldError(_("Yes or no is expected here."))
    return raw


def text(raw: Any) -> str:
    if not isinstance(raw, str) or len(raw) > LONGEST_LABEL or "\0" in raw:
        raise FieldError(_("A short text is expected here."))
    return raw


def objects(raw: Any) -> tuple[str, ...]:
    """Keys of objects; whether they exist is asked when the field is used, for they may come and go."""
    keys = [raw] if isinstance(raw, str) else raw
    if not isinstance(keys, list | tuple) or not keys or not all(isinstance(key, str) for key in keys):
        raise FieldError(_("The objects that the field points at are expected here."))
    return tuple(dict.fromkeys(keys))


def options(raw: Any) -> tuple[Any, ...]:
    """From a list of {"key", "label", "labels", "hue", "when"}; their order is that of the list."""
    from aperto.kernel.fields.select import KEY, Option  # noqa: PLC0415 - that kind lists its settings

    if not isinstance(raw, list) or len(raw) > MOST_OPTIONS:
        raise FieldError(_("A list of options is expected here."))
    made: dict[str, Any] = {}
    for each in raw:
        if not isinstance(each, dict) or not KEY.fullmatch(str(each.get("key"))):
            raise FieldError(_("An option needs a key of small letters, figures, “-” and “_”."))
        key = str(each["key"])
        if key in made:
            raise FieldError(_("Two options have the key “%(key)s”.") % {"key": key})
        label = spoken(text(each.get("label") or key), labels(each.get("labels")))
        when = each.get("when") or ""
        if not isinstance(when, str) or len(when) > LONGEST_CONDITION:
            raise FieldError(_("A filter is expected here."))
        made[key] = Option(key, label, str(each.get("hue") or "slate"), when=when)
    return tuple(made.values())


def labels(raw: Any) -> dict[str, str]:
    """Words by language."""
    if raw in (None, "", {}):
        return {}
    if not isinstance(raw, Mapping) or not all(isinstance(key, str) for key in raw):
        raise FieldError(_("Words by language are expected here."))
    return {language: text(word) for language, word in raw.items() if word}


def words(raw: Any) -> str:
    """ "nl: Adviseurs; fr: Conseillers", which one line of text can hold; see `by_language`."""
    if not isinstance(raw, str) or len(raw) > LONGEST_CONDITION or "\0" in raw:
        raise FieldError(_("Words by language are expected here."))
    if raw.strip() and len(by_language(raw)) != len([each for each in raw.split(";") if each.strip()]):
        raise FieldError(_("Words by language are expected here."))
    return raw


def by_language(raw: str) -> dict[str, str]:
    pairs = (each.partition(":") for each in raw.split(";"))
    return {code.strip(): word.strip() for code, _colon, word in pairs if code.strip() and word.strip()}


def spoken(plain: Message, by_language: Mapping[str, str]) -> Message:
    """The words in the language of whoever reads them; `plain` where theirs is not known."""
    return _say(plain, tuple(sorted(by_language.items()))) if by_language else plain


def _choose(plain: Message, by_language: Sequence[tuple[str, str]]) -> str:
    return str(dict(by_language).get((get_language() or "").split("-")[0], plain))


_say = lazy(_choose, str)

MINIMUM = Setting("minimum", _("Smallest"), "number", number)
MAXIMUM = Setting("maximum", _("Largest"), "number", number)
SMALLEST = Setting("minimum", _("Smallest"), "whole", whole)
LARGEST = Setting("maximum", _("Largest"), "whole", whole)
DIGITS = Setting("digits", _("Figures after the decimal mark"), "whole", whole)
LENGTH = Setting("longest", _("Longest"), "whole", whole, help=_("In characters."))
OPTIONS = Setting("options", _("Options"), "options", options, required=True)
ROLES = Setting("roles", _("Roles"), "options", options, help=_("What a record can be in this link."))
PANEL = Setting("panel", _("Name of the panel over there"), "text", text, help=_("Empty: the plural."))
PANELS = Setting("panels", _("The same in other languages"), "text", words, help="nl: …; pt: …; fr: …")
TO = Setting("to", _("Points at"), "objects", objects, required=True)
