"""Phone numbers of a person or company, the primary one first; kept as E.164, shown as people there dial."""

import re
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

import phonenumbers
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumbers import (
    NumberParseException,
    PhoneMetadata,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)

from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import controls
from aperto.kernel.fields.entries import BLANK, MOST, Entries, Entry
from aperto.kernel.fields.formats.words import FLAG, truth
from aperto.kernel.fields.text import needle, plain
from aperto.kernel.folding import fold
from aperto.kernel.viewer import Viewer

TYPES: dict[str, Message] = {
    "mobile": gettext_lazy("Mobile"),
    "work": gettext_lazy("Work"),
    "home": gettext_lazy("Private"),
    "fax": gettext_lazy("Fax"),
    "other": gettext_lazy("Other"),
}
MARKED = re.compile(r"^(?P<number>.*?)\s*\((?P<marks>[^()\d]*)\)$")
REMEMBERED = 20_000
LETTERS = re.compile(r"(?!ext\b)\b[^\W\d_]+")
EXTENSION = re.compile(
    r"(?<![^\W\d_])(?:extension|ext|x|tst|toestel|poste|ramal|int)\.?(?=[\s:]*\d)", re.IGNORECASE
)
PLAIN = re.compile(r"\+[1-9][0-9]{6,14}")
NO_FIGURE = re.compile(r"[^0-9]+")
DIALLING_LINK = re.compile(r"^(?:tel|callto):")
REGIONS = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
TOO_SHORT = (NumberParseException.TOO_SHORT_NSN, NumberParseException.TOO_SHORT_AFTER_IDD)
MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
FAULTS: dict[int, Message] = {
    ValidationResult.TOO_SHORT: gettext_lazy("“%(text)s” is too short for a phone number."),
    ValidationResult.TOO_LONG: gettext_lazy("“%(text)s” is too long for a phone number."),
    ValidationResult.INVALID_COUNTRY_CODE: gettext_lazy("“%(text)s” begins with no known country code."),
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: gettext_lazy("“%(text)s” lacks its area code."),
    ValidationResult.INVALID_LENGTH: gettext_lazy("“%(text)s” has a wrong count of figures."),
}


def parsed(text: str, country: str) -> phonenumbers.PhoneNumber:
    """The number as dialled in `country`; FieldError says what is wrong with it."""
    short = {"text": text.strip()[:60]}
    number = international(text) or dialled_in(country, text, short)
    result = phonenumbers.is_possible_number_with_reason(number)
    if result != ValidationResult.IS_POSSIBLE:
        raise FieldError(str(FAULTS[result]) % short)
    return number


def dialled_in(country: str, text: str, short: dict[str, str]) -> phonenumbers.PhoneNumber:
    """The number however it is written."""
    dialled = EXTENSION.sub(" ext ", text)
    if LETTERS.search(dialled):
        raise FieldError(_("“%(text)s” is not a phone number.") % short)
    try:
        return phonenumbers.parse(dialled, country or None)
    except NumberParseException as error:
        if error.error_type in TOO_SHORT:
            raise FieldError(_("“%(text)s” is too short for a phone number.") % short) from None
        if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            raise FieldError(
                _("“%(text)s” has no country code. Write it like +31 10 555 0142.") % short
            ) from None
        if error.error_type == NumberParseException.TOO_LONG:
            raise FieldError(_("“%(text)s” is too long for a phone number.") % short) from None
        raise FieldError(_("“%(text)s” is not a phone number.") % short) from None


def international(text: str) -> phonenumbers.PhoneNumber | None:
    """The number in its plain international form, as files and programs write it: a quarter of the work of
    reading any form. None for what may be meant in another way."""
    if not PLAIN.fullmatch(text):
        return None
    code = next((int(text[1:end]) for end in (2, 3, 4) if int(text[1:end]) in REGIONS), 0)
    figures_ = text[1 + len(str(code)) :]
    if not code or figures_.startswith("0"):
        return None
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, REGIONS[code][0])
    prefix = metadata and metadata.national_prefix_for_parsing
    if metadata is None or (prefix and re.match(prefix, figures_)):
        return None
    return phonenumbers.PhoneNumber(country_code=code, national_number=int(figures_))


def e164(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


@lru_cache(maxsize=20_000)
def local(number: str, country: str) -> str:
    """As written in `country`: national there, international elsewhere. Remembered, for lists."""
    try:
        known = phonenumbers.parse(number)
    except NumberParseException:
        return number
    home = phonenumbers.country_code_for_region(country) == known.country_code if country else False
    return str(
        phonenumbers.format_number(
            known, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
        )
    )


def figures(text: str) -> str:
    return NO_FIGURE.sub("", text)


_spelt: OrderedDict[str, tuple[str, str]] = OrderedDict()


def spellings(number: str) -> tuple[str, str]:
    """The figures of a kept number with its country code, and as dialled inside its country."""
    return _spelt.get(number) or remember(number, phonenumbers.parse(number))


def remember(number: str, parsed_: phonenumbers.PhoneNumber) -> tuple[str, str]:
    """Reading a number is the dearest part of writing a contact, so it is done once."""
    national = str(phonenumbers.format_number(parsed_, PhoneNumberFormat.NATIONAL))
    found = _spelt[number] = (figures(number), figures(national))
    if len(_spelt) > REMEMBERED:
        _spelt.popitem(last=False)
    return found


class Phones(Entries):
    """A list of {number, type, primary, extension}."""

    kind = "phones"
    label_of_kind = gettext_lazy("Phone numbers")
    explained = gettext_lazy("Phone numbers, each with a label.")
    icon = "phone"
    main = "number"

    def entry(self, raw: Entry, country: str = "") -> Entry:
        text = plain(raw.get("number"), 80)
        if text is None:
            raise FieldError(_("A phone number is expected here."))
        number = parsed(DIALLING_LINK.sub("", text), country)
        extension = figures(self.scalar(raw.get("extension"))) or number.extension or ""
        if len(extension) > 12:
            raise FieldError(_("An extension has at most 12 figures."))
        kept = e164(number)
        remember(kept, number)
        return {
            "number": kept,
            "type": self.type_of(raw.get("type"), number),
            "primary": truth(raw.get("primary")),
            "extension": extension,
        }

    def type_of(self, given: Any, number: phonenumbers.PhoneNumber) -> str:
        """What was said, else mobile where the number shows it."""
        if given in BLANK:
            return "mobile" if phonenumbers.number_type(number) in MOBILE else "work"
        if not isinstance(given, str) or given not in TYPES:
            raise FieldError(_("“%(type)s” is not a type of phone number.") % {"type": str(given)[:60]})
        return given

    def same(self, entry: Entry) -> Any:
        return (entry["number"], entry["extension"])

    def words(self, value: Sequence[Entry]) -> list[str]:
        """The figures with the country code and as dialled inside the country: either may be searched."""
        return [word for entry in value for word in spellings(entry["number"])]

    def parse(self, raw: Any, viewer: Viewer) -> list[Entry] | None:
        """ "010 555 0142; +33 6 55 55 01 09 (mobile)", or rows of the editor."""
        if isinstance(raw, str):
            raw = [self.read(piece) for piece in re.split(r"[;\n,]", self.bounded(raw)) if piece.strip()]
        if not isinstance(raw, list):
            return self.clean(raw)
        if len(raw) > MOST:
            return self.clean(raw)
        return self.ordered([self.entry(self.shaped(each), viewer.country) for each in raw if each]) or None

    def read(self, text: str) -> Entry:
        marked = MARKED.match(text.strip())
        if not marked:
            return {"number": text.strip()}
        marks = {fold(mark) for mark in marked["marks"].split(",")}
        if marks - set(TYPES):
            raise FieldError(_("“%(text)s” is not a phone number.") % {"text": text.strip()[:60]})
        return {"number": marked["number"], "type": min(marks)}

    def export(self, value: Any) -> str:
        return "; ".join(
            f"{entry['number']}{' ext ' + entry['extension'] if entry['extension'] else ''} ({entry['type']})"
            for entry in value or ()
        )

    def written(self, entry: Entry, country: str) -> str:
        extension = entry.get("extension")
        number = local(entry["number"], country)
        return (
            _("%(number)s ext. %(extension)s") % {"number": number, "extension": extension}
            if extension
            else number
        )

    def text(self, value: Any, viewer: Viewer) -> str:
        return ", ".join(self.written(entry, viewer.country) for entry in value or ())

    def cell(self, value: Any, viewer: Viewer) -> str:
        """The primary number, and how many more there are."""
        if not value:
            return ""
        more = f' <span class="faint">+{len(value) - 1}</span>' if len(value) > 1 else ""
        return self.linked(value[0], viewer) + more

    def linked(self, entry: Entry, viewer: Viewer) -> str:
        extension = entry.get("extension")
        target = entry["number"] + (f";ext={extension}" if extension else "")
        return f'<a href="tel:{escape(target)}">{escape(self.written(entry, viewer.country))}</a>'

    def display(self, value: Any, viewer: Viewer) -> str:
        return "<br>".join(
            f'{self.linked(entry, viewer)} <span class="faint">'
            f"{escape(str(TYPES.get(entry['type'], entry['type'])))}</span>"
            for entry in value or ()
        )

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        blank: Entry = {"number": "", "type": "", "primary": False, "extension": ""}
        lines = [self.row(entry, viewer, name, str(number)) for number, entry in enumerate(value or [blank])]
        return controls.rows(self.kind, name, lines, self.row(blank, viewer, name, "__n__"), attributes)

    def row(self, entry: Entry, viewer: Viewer, name: str, number: str) -> controls.Line:
        place, label = f"{name}.{number}", controls.label_of
        shown = local(entry["number"], viewer.country) if entry["number"] else ""
        phone = controls.text_input(
            "tel", f"{place}.number", shown, f'{label(_("Phone number"))} autocomplete="off"'
        )
        extension = controls.text_input(
            "text", f"{place}.extension", entry["extension"], 'inputmode="numeric" size="6" maxlength="12"'
        )
        types = [*TYPES.items()] if entry["type"] else [("", "–"), *TYPES.items()]
        kind = controls.select_box(f"{place}.type", types, [entry["type"]], label(_("Type")))
        below = f"<label>{escape(_('Extension'))} {extension}</label>"
        return controls.Line(phone + kind + controls.primary_box(name, number, entry["primary"]), below)

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> str:
        """Figures. A whole number is read as dialled in the viewer's country."""
        text = needle(raw)
        if operator in ("is", "is_not", "any_of", "none_of"):
            return figures(e164(parsed(text, viewer.country)))
        found = figures(text)
        if not found:
            raise FieldError(_("“%(text)s” holds no figures of a phone number.") % {"text": text[:60]})
        return found.removeprefix("00")

    def schema(self) -> dict[str, Any]:
        properties = {
            "number": {"type": "string", "pattern": r"^\+[1-9][0-9]{3,18}$"},
            "type": {"enum": [*TYPES, *BLANK]},
            "primary": FLAG,
            "extension": {"type": ["string", "integer", "null"], "maxLength": 12},
        }
        return {
            "type": "array",
            "maxItems": 50,
            "items": {"type": "object", "required": ["number"], "properties": properties},
        }

    def sample(self, n: int) -> list[Entry]:
        first = {"number": f"+3110{5550000 + n % 4_000_000}", "type": "work", "primary": True}
        second = {"number": f"+316{12000000 + n % 9_000_000}", "extension": ""}
        return self.clean([first, second] if n % 3 == 0 else [first]) or []

    def search_text(self, value: Any) -> str:
        return " ".join(self.words(value or ()))

    def match_keys(self, value: Any) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry["number"] for entry in value or ()))
