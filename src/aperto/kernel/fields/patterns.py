"""What a text may have to be: forms to choose from. Nobody types a pattern, so nobody can type a slow one.

Each form reads the text into the way it is written, or says what is wrong with it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from stdnum import bic, ean, iban, isbn
from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from aperto.kernel.errors import FieldError, Message

type Reader = Callable[[str], str]


@dataclass(frozen=True)
class Pattern:
    """`read` gives the text as it is kept; FieldError for one that is not of this form."""

    label: Message
    read: Reader


def _whole(shape: str, wrong: Message, spelt: Reader = str) -> Reader:
    """Texts that the shape describes from end to end; `spelt` writes them first."""
    known = re.compile(shape)

    def read(text: str) -> str:
        written = spelt(text)
        if not known.fullmatch(written):
            raise FieldError(wrong)
        return written

    return read


def _numbered(module: Any, wrong: Message, written: Reader = str) -> Reader:
    """Numbers with check figures, as python-stdnum knows them."""

    def read(text: str) -> str:
        try:
            return written(str(module.validate(text)))
        except (ValidationError, ValueError):
            raise FieldError(wrong) from None

    return read


def _email(text: str) -> str:
    from aperto.kernel.fields.emails import address_of  # noqa: PLC0415 - that kind is made of texts

    return address_of(text)


def _url(text: str) -> str:
    from aperto.kernel.fields.url import address_of  # noqa: PLC0415 - as above

    return address_of(text)


def _phone(text: str) -> str:
    from aperto.kernel.access import organisation  # noqa: PLC0415 - it holds records, which have texts
    from aperto.kernel.fields.phones import e164, parsed  # noqa: PLC0415 - as above

    return e164(parsed(text, organisation.current().country))


def _all(accepts: Callable[[str], bool], wrong: Message) -> Reader:
    def read(text: str) -> str:
        if not all(accepts(letter) for letter in text):
            raise FieldError(wrong)
        return text

    return read


POSTCODES: dict[str, tuple[Message, str]] = {
    "at": (_("Postcode of Austria"), r"[1-9]\d{3}"),
    "be": (_("Postcode of Belgium"), r"[1-9]\d{3}"),
    "br": (_("Postcode of Brazil"), r"\d{5}-?\d{3}"),
    "ca": (_("Postcode of Canada"), r"[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d"),
    "ch": (_("Postcode of Switzerland"), r"[1-9]\d{3}"),
    "de": (_("Postcode of Germany"), r"\d{5}"),
    "dk": (_("Postcode of Denmark"), r"\d{4}"),
    "es": (_("Postcode of Spain"), r"(?:0[1-9]|[1-4]\d|5[0-2])\d{3}"),
    "fr": (_("Postcode of France"), r"\d{5}"),
    "gb": (_("Postcode of the United Kingdom"), r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"),
    "it": (_("Postcode of Italy"), r"\d{5}"),
    "lu": (_("Postcode of Luxembourg"), r"(?:L-)?\d{4}"),
    "nl": (_("Postcode of the Netherlands"), r"[1-9]\d{3} ?[A-Z]{2}"),
    "pl": (_("Postcode of Poland"), r"\d{2}-\d{3}"),
    "pt": (_("Postcode of Portugal"), r"[1-9]\d{3}-\d{3}"),
    "se": (_("Postcode of Sweden"), r"\d{3} ?\d{2}"),
    "us": (_("Postcode of the United States"), r"\d{5}(?:-\d{4})?"),
}
BETWEEN = " -'’"  # of letters in names
NO_POSTCODE = _("This is not a postcode of that country.")

PATTERNS: dict[str, Pattern] = {
    "email": Pattern(_("E-mail address"), _email),
    "url": Pattern(_("Web address"), _url),
    "phone": Pattern(_("Phone number"), _phone),
    "iban": Pattern(_("Bank account (IBAN)"), _numbered(iban, _("This is not an IBAN."), iban.format)),
    "bic": Pattern(_("Bank (BIC)"), _numbered(bic, _("This is not a BIC."))),
    "vat": Pattern(_("VAT number of the European Union"), _numbered(vat, _("This is not a VAT number."))),
    "ean": Pattern(_("Article number (EAN)"), _numbered(ean, _("This is not an EAN."))),
    "isbn": Pattern(_("Book number (ISBN)"), _numbered(isbn, _("This is not an ISBN."))),
    "digits": Pattern(_("Digits only"), _whole("[0-9]+", _("Only the digits 0 to 9 fit here."))),
    "letters": Pattern(
        _("Letters only"), _all(lambda one: one.isalpha() or one in BETWEEN, _("Only letters fit here."))
    ),
    "code": Pattern(
        _("Letters, digits, “-” and “_”"),
        _whole(r"[A-Za-z0-9_-]+", _("Only letters without accents, digits, “-” and “_” fit here.")),
    ),
    "upper": Pattern(_("Upper case"), str.upper),
    "lower": Pattern(_("Lower case"), str.lower),
    **{
        f"postcode_{country}": Pattern(label, _whole(shape, NO_POSTCODE, str.upper))
        for country, (label, shape) in POSTCODES.items()
    },
}


def pattern(raw: Any) -> str:
    if raw not in PATTERNS:
        raise FieldError(_("This is no form that a text can have."))
    return str(raw)
