"""Forms that a text can have: what is of another form is refused, and what fits is written one way."""

import pytest

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.patterns import PATTERNS
from aperto.kernel.fields.text import Text

FITS = [
    ("email", "Olga@NORDWIJK.example", "Olga@nordwijk.example"),
    ("url", "nordwijk.example/x", "https://nordwijk.example/x"),
    ("iban", "nl91abna0417164300", "NL91 ABNA 0417 1643 00"),
    ("bic", "ABNANL2A", "ABNANL2A"),
    ("vat", "NL 4495445B01", "NL004495445B01"),
    ("ean", "4006381333931", "4006381333931"),
    ("isbn", "978-9024538270", "9789024538270"),
    ("digits", "0042", "0042"),
    ("letters", "Anne-Fleur d’Été", "Anne-Fleur d’Été"),
    ("code", "AB-12_x", "AB-12_x"),
    ("upper", "straße", "STRASSE"),
    ("lower", "ABC", "abc"),
    ("postcode_nl", "1012 ab", "1012 AB"),
    ("postcode_gb", "sw1a 1aa", "SW1A 1AA"),
    ("postcode_pt", "1000-205", "1000-205"),
]
DIFFERS = [
    ("email", "olga"), ("url", "javascript:alert(1)"), ("phone", "12"),
    ("iban", "NL92ABNA0417164300"),
    ("upper", "ß" * 400),
    ("bic", "ABNA"), ("vat", "NL123"), ("ean", "4006381333932"), ("isbn", "123"), ("digits", "٣٤"),
    ("digits", "1 2"), ("letters", "R2D2"), ("code", "é"),
    ("postcode_nl", "0123 AB"), ("postcode_us", "1234"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "typed", "kept"), FITS)
def test_text_of_the_form_is_written_one_way(pattern: str, typed: str, kept: str) -> None:
    field = Text(pattern=pattern)

    assert field.clean(typed) == kept
    assert field.clean(kept) == kept


@pytest.mark.parametrize(("pattern", "typed"), DIFFERS)
def test_text_of_another_form_is_refused(db: None, pattern: str, typed: str) -> None:
    with pytest.raises(FieldError) as refused:
        Text(pattern=pattern).clean(typed)

    assert str(refused.value.message)


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_nothing_is_empty_and_long_text_is_quick(db: None, pattern: str) -> None:
    field = Text(pattern=pattern)

    assert field.clean("  ") is None
    try:
        field.clean("a-1 " * 125)
    except FieldError as error:
        assert error.message
