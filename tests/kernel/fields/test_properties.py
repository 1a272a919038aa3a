"""Whatever comes in, a kind either makes a value that survives all its forms or raises FieldError."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import Field
from aperto.kernel.viewer import NEUTRAL, Viewer
from tests.fakes.models import Gadget
from tests.kernel.fields.browser import Form
from tests.kernel.fields.rows import ALL, keep

VIEWERS = [
    NEUTRAL,
    Viewer(language="nl", country="NL"),
    Viewer(language="en", country="US", zone_name="America/New_York"),
    Viewer(language="fr", country="FR", decimal=",", date_order="DMY"),
]
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.text(max_size=40),
    st.binary(max_size=5), st.dates(), st.datetimes(), st.times(), st.uuids(),
)  # fmt: skip
NAMED = "amount currency address number type id object lat lon street country role"
NAMES = st.sampled_from(NAMED.split())
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
SIGNS = (
    "0 1 9 12 31 99 2025 1.234 , . - + : / ( ) % € $ EUR @ x.nl example.com http https:// jan déc dec am pm"
    " h uur min s N E ° ' \" ja no red +31 010 ext < > & | ; {"
)
PIECES = st.sampled_from(SIGNS.split())
TYPED = (
    st.text(max_size=30)
    | st.lists(PIECES, max_size=8).map("".join)
    | st.lists(PIECES, max_size=8).map(" ".join)
)
FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAUGHTY = [
    "\0", "\ud800", "\u202etxt.exe", "﷽" * 80, "Z̷̤̎a̷̗͊l̸͖̚g̵̠̊o̶", "👩‍👩‍👧‍👦", "\u200b", "\ufeff",
    "' OR 1=1 --", "{{ 7*7 }}", "%s%n", "../../etc/passwd", "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>", "1e309", "NaN", "Infinity", "0x10", "１２３", "½", "²", "\r\n\t",
    "null", "undefined", "=cmd|' /C calc'!A0", "9" * 400,
]  # fmt: skip
LONG = [
    "a" * 1_000_000, "1" * 1_000_000, "-" * 100_000, "()" * 50_000, "[" * 100_000, "1 " * 50_000,
    "a@" * 50_000, "0," * 50_000, "N1" * 50_000, " " * 200_000 + "x", "1:" * 50_000, "° ' \"" * 20_000,
    "1h" * 50_000, "<b>" * 50_000, "a." * 50_000 + "@", "{" * 100_000, "a;" * 50_000, "( " * 50_000,
]  # fmt: skip


def sound(field: Field, value: Any) -> None:
    """The value is its own cleaned form, in every form it takes."""
    assert field.clean(value) == value
    assert field.clean(field.to_json(value)) == value
    if field.export(value):
        assert field.parse(field.export(value), NEUTRAL) == value
    if not field.stored_elsewhere:
        assert field.join(field.split(value)) == value
    for viewer in VIEWERS:
        Form(field.cell(value, viewer) + field.display(value, viewer) + field.editor(value, viewer, "x"))
        field.text(value, viewer)
    field.search_text(value)
    assert all(isinstance(form, str) for form in field.match_keys(value))


@pytest.mark.parametrize("key", ALL)
@FEW
@given(raw=ANYTHING)
def test_clean_takes_anything(key: str, raw: Any) -> None:
    field = Gadget.own_fields[key]
    try:
        value = field.clean(raw)
    except FieldError as error:
        assert str(error.message)
        return
    sound(field, value)


@pytest.mark.parametrize("key", ALL)
@FEW
@given(raw=TYPED, viewer=st.sampled_from(VIEWERS))
def test_parse_takes_anything(key: str, raw: str, viewer: Viewer) -> None:
    field = Gadget.own_fields[key]
    try:
        value = field.parse(raw, viewer)
    except FieldError as error:
        assert str(error.message)
        return
    sound(field, value)


@pytest.mark.parametrize("key", ALL)
@FEW
@given(
    raw=ANYTHING | TYPED,
    viewer=st.sampled_from(VIEWERS),
    operator=st.sampled_from(["is", "contains", "starts_with"]),
)
def test_arguments_take_anything(key: str, raw: Any, viewer: Viewer, operator: str) -> None:
    field = Gadget.own_fields[key]
    try:
        field.parse_argument(operator, raw, viewer)
    except FieldError as error:
        assert str(error.message)


def test_naughty_text_is_kept_or_refused(field: Field, db: None) -> None:
    kept: list[Any] = []
    for text in NAUGHTY + LONG:
        for reader in (
            field.clean,
            lambda text: field.clean([text]),
            lambda text: field.parse(text, VIEWERS[1]),
        ):
            try:
                value = reader(text)
            except FieldError as error:
                assert len(str(error.message)) < 400
                continue
            kept.append(value)
            if text in NAUGHTY:
                sound(field, value)

    if not field.stored_elsewhere:
        keep(field, kept)
        rows = field.owner._default_manager.order_by("version")
        assert [field.get(row) for row in rows] == kept
