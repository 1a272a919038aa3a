"""What a kind cannot hold is refused, with a message that says what is wrong."""

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from aperto.kernel import fields
from aperto.kernel.errors import FieldError
from aperto.kernel.fields import Field, Option
from aperto.kernel.viewer import Viewer
from tests.fakes.models import Gadget

NL = Viewer(language="nl", country="NL")
DEEP: list[Any] = []
for _level in range(30):
    DEEP = [DEEP]

CASES: list[tuple[str, Any, str]] = [
    ("text", 5, "Text is expected"),
    ("text", "a\0b", "NUL"),
    ("text", "\ud800", "broken character"),
    ("text", "x" * 501, "At most 500 characters"),
    ("long_text", "x" * 200_001, "At most 200000 characters"),
    ("rich_text", "<p>\0</p>", "NUL"),
    ("integer", 1.5, "whole number is expected"),
    ("integer", True, "whole number is expected"),
    ("integer", "5", "whole number is expected"),
    ("integer", 2**53, "At most 9007199254740991"),
    ("decimal", "1e5", "A number like 12.50"),
    ("decimal", "1.234", "At most 2 digits"),
    ("decimal", Decimal("NaN"), "A number is expected"),
    ("decimal", float("inf"), "A number is expected"),
    ("decimal", "1000000000000000", "too large"),
    ("decimal", "99999999999999.99", "At most 15 digits can be kept exactly"),
    ("decimal", True, "A number is expected"),
    ("percent", 101, "At most 100"),
    ("percent", -1, "At least 0"),
    ("money", {"amount": "1.00001"}, "At most 4 digits"),
    ("money", {"amount": "1", "currency": "XXZ"}, "not the code of a currency"),
    ("money", {"amount": "1", "currency": 5}, "code of three letters"),
    ("money", "twelve", "A number like 12.50"),
    ("date", "31/12/2025", "A date like 2026-11-24"),
    ("date", "0999-12-31", "between 1000 and 9999"),
    ("date", datetime(2025, 1, 1, tzinfo=UTC), "A date is expected"),
    ("datetime", "tomorrow", "A date and time like"),
    ("datetime", "9999-12-31T23:00:00Z", "between 1000 and 9999"),
    ("datetime", "0001-01-01T00:00:00+14:00", "between 1000 and 9999"),
    ("datetime", 5, "A date and time is expected"),
    ("time", "9h30", "A time like 09:30"),
    ("time", time(9, tzinfo=UTC), "without a zone"),
    ("duration", -1, "At least 0"),
    ("boolean", 1, "Yes or no"),
    ("select", "purple", "not one of the choices"),
    ("select", ["red"], "not one of the choices"),
    ("multi_select", {"a": 1}, "A list of choices"),
    ("multi_select", ["red", 5], "not one of the choices"),
    ("reference", "nonsense", "not the key of a record"),
    ("reference", "deal:00000000-0000-0000-0000-000000000001", "does not fit here"),
    ("multi_reference", [{"id": UUID(int=1), "role": "king"}], "not one of the choices"),
    ("multi_reference", [UUID(int=n) for n in range(501)], "At most 500 records"),
    ("user", {}, "not the key of a record"),
    ("emails", "x", "has no @"),
    ("emails", "a b@x.example", "before the @"),
    ("emails", "@x.example", "before the @"),
    ("emails", ".a@x.example", "before the @"),
    ("emails", "a@localhost", "is not a domain"),
    ("emails", "a@-x.example", "is not a domain"),
    ("emails", "a@x.1", "is not a domain"),
    ("emails", f"{'a' * 65}@x.example", "before the @"),
    ("emails", [{"address": "a@x.example", "type": "pigeon"}], "not a type of e-mail"),
    ("emails", [{"address": "a@x.example", "type": ["x"]}], "not a type of e-mail"),
    ("emails", [f"a{n}@x.example" for n in range(51)], "At most 50 entries"),
    ("emails", [5], "A list of texts or objects"),
    ("phones", "010 555 0142", "has no country code"),
    ("phones", "+31 1", "too short"),
    ("phones", "+31 10 555 0142 99 88 77", "too long"),
    ("phones", "+999 555 0142", "has no country code"),
    ("phones", "abc", "not a phone number|no country code"),
    ("url", "javascript:alert(1)", "Only addresses of web pages"),
    ("url", "JaVaScRiPt://x.example/%0aalert(1)", "Only addresses of web pages"),
    ("url", "java\nscript:alert(1)", "no special characters"),
    ("url", "data:text/html,x", "Only addresses of web pages"),
    ("url", "mailto:a@x.example", "Only addresses of web pages"),
    ("url", "https://bank.example@evil.example/", "user name before the host"),
    ("url", "https://evil.example\\@bank.example", "no special characters"),
    ("url", "https://x.example/\u202egpj", "no special characters"),
    ("url", "https://[::1", "not the address of a web page"),
    ("url", "https://x.example:99999/", "not the address of a web page"),
    ("url", "https:///path", "not the address of a web page"),
    ("url", "https:evil.example", "not the address of a web page"),
    ("url", "nonsense", "not the address of a web page"),
    ("url", "1.2.3", "not the address of a web page"),
    ("address", "Main St", "An address with street"),
    ("address", {"planet": "Mars"}, "has no “planet”"),
    ("address", {"country": "Atlantis"}, "no country that we know"),
    ("address", {"city": "x" * 151}, "At most 150 characters"),
    ("rating", 6, "At most 5"),
    ("colour", "reddish", "is not a colour"),
    ("colour", "#12345", "is not a colour"),
    ("file", "nonsense", "not the key of a record"),
    ("file", {"id": str(UUID(int=1)), "name": "x" * 256}, "At most 255 characters"),
    ("geo_point", "52, 4", "latitude and a longitude"),
    ("geo_point", [91, 0], "At most 90"),
    ("geo_point", {"lat": 0, "lon": -181}, "At least -180"),
    ("geo_point", {"lat": float("nan"), "lon": 0}, "A number is expected"),
    ("json", "{}", "A JSON object or list"),
    ("json", DEEP, "nested more than 20"),
    ("json", {"a": "x" * 70_000}, "At most 64 kB"),
    ("json", {"a": "\0"}, "NUL"),
    ("json", {"a": float("nan")}, "cannot be written as JSON"),
    ("json", {"a": 2**70}, "cannot be written as JSON"),
    ("json", {5: 1}, "cannot be written as JSON"),
    ("json", {"a": "\ud800"}, "cannot be written as JSON"),
]


@pytest.mark.parametrize(("kind", "value", "message"), CASES, ids=lambda case: str(case)[:30])
def test_refusals_say_why(kind: str, value: Any, message: str) -> None:
    with pytest.raises(FieldError, match=message):
        Gadget.own_fields[kind].clean(value)


TYPED: list[tuple[str, str, str]] = [
    ("phones", "055", "too short"),
    ("phones", "+31 10 abc", "too short|not a phone number"),
    ("emails", "Jo <jo@x.example> (pigeon)", "not an e-mail address"),
    ("money", "5 XQZ", "not the code of a currency"),
    ("money", "€ 5 kr", "not an amount of money"),
    ("json", '{"a": }', "line 1, column"),
    ("geo_point", "somewhere", "is no place"),
    ("boolean", "maybe", "neither yes nor no"),
    ("address", "{nonsense", "not an address"),
]


@pytest.mark.parametrize(("kind", "text", "message"), TYPED, ids=lambda case: str(case)[:30])
def test_refusals_of_typed_text_say_why(kind: str, text: str, message: str) -> None:
    with pytest.raises(FieldError, match=message):
        Gadget.own_fields[kind].parse(text, NL)


def test_bounds_are_kept() -> None:
    integer = fields.Integer("n", minimum=1, maximum=3)
    decimal = fields.Decimal("n", digits=0, minimum="0.5", maximum=10)
    money = fields.Money("n", minimum=0)

    for field, value in (
        (integer, 0),
        (integer, 4),
        (decimal, "0"),
        (decimal, 11),
        (decimal, "1.5"),
        (money, -1),
    ):
        with pytest.raises(FieldError):
            field.clean(value)


def test_bounds_do_not_hinder_comparisons() -> None:
    field = fields.Integer("n", minimum=1, maximum=3)

    assert field.parse_argument("lt", "100", NL) == 100


def test_unusable_arguments_are_refused(field: Field) -> None:
    if field.kind in ("datetime", "date", "time", "reference", "user", "stage", "boolean", "colour"):
        return
    for raw in ("", None):
        with pytest.raises(FieldError):
            assert field.parse_argument("is", raw, NL) is None
            raise FieldError("nothing is no argument")


def test_bad_keys_are_refused() -> None:
    for key in ("Key", "1st", "a-b", "a" * 56, "a'b", 'a"b'):
        with pytest.raises(ValueError, match="not a field key"):
            fields.Text("x").attach(Gadget, key)


def test_bad_option_keys_are_refused() -> None:
    for key in ("", "A", "a|b", "a b", "%"):
        with pytest.raises(ValueError, match="not an option key"):
            fields.Select("x", options=[Option(key, "x")])
