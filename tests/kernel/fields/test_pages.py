"""Cells and editors: what they show is escaped, and what an editor shows comes back unchanged."""

from typing import Any

import pytest

from aperto.kernel.fields import Field, Option, Ref, Select
from aperto.kernel.viewer import Viewer
from tests.fakes.models import Gadget
from tests.kernel.fields.browser import Form, post_of
from tests.kernel.fields.rows import COUNT

VIEWERS = (
    Viewer(language="en", country="US", currency="USD", zone_name="America/New_York"),
    Viewer(language="nl"),
    Viewer(language="pt", country="BR", currency="BRL", zone_name="America/Sao_Paulo"),
    Viewer(language="fr", country="FR", zone_name="Pacific/Auckland"),
)
EVIL = "\"><script>alert('x')</script>&amp;<img src=x onerror=alert(1)>"


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.locale)
def test_editor_gives_back_what_it_shows(field: Field, viewer: Viewer) -> None:
    for number in range(COUNT):
        value = field.sample(number)

        post = post_of(field.editor(value, viewer, "x", 'id="x"'))

        assert field.parse(field.read_form(post, "x"), viewer) == value


def test_empty_editor_gives_back_nothing(field: Field) -> None:
    nothing = {"boolean": False}
    place = {"address": {"street": "", "postal_code": "", "city": "", "region": "", "country": "NL"}}

    post = post_of(field.editor(None, VIEWERS[1], "x", 'id="x"'))

    found = field.parse(field.read_form(post, "x"), VIEWERS[1])
    assert found == (nothing | place).get(field.kind)


def test_missing_controls_give_nothing(field: Field) -> None:
    assert field.parse(field.read_form(post_of(""), "x"), VIEWERS[0]) in (None, False)


def evil(field: Field) -> Any:
    """The worst value that could stand in the database."""
    ref = Ref(
        EVIL, field.sample(0).id if field.kind in ("reference", "user", "stage") else Gadget().pk, EVIL, EVIL
    )
    values: dict[str, Any] = {
        "emails": [{"address": EVIL, "type": EVIL, "primary": True, "opt_out": True, "invalid": False}],
        "phones": [{"number": EVIL, "type": EVIL, "primary": True, "extension": EVIL}],
        "address": dict.fromkeys(("street", "postal_code", "city", "region", "country"), EVIL),
        "multi_select": [EVIL],
        "multi_reference": [Ref(EVIL, Gadget().pk, EVIL, EVIL, EVIL)],
        "json": {EVIL: [EVIL]},
        "reference": ref, "parent": ref, "stage": ref, "user": ref, "file": ref, "image": ref,
    }  # fmt: skip
    texts = ("text", "long_text", "rich_text", "url", "select", "colour", "automatic_number")
    return values.get(field.kind, EVIL if field.kind in texts else field.sample(3))


def test_markup_in_values_is_harmless(field: Field) -> None:
    value = evil(field)
    for viewer in VIEWERS[:2]:
        for markup in (
            field.cell(value, viewer),
            field.display(value, viewer),
            field.editor(value, viewer, EVIL),
        ):
            page = Form(markup)

            assert "script" not in page.tags
            assert "img" not in page.tags


def test_samples_make_sound_markup(field: Field) -> None:
    for number in range(COUNT):
        value = field.sample(number)
        for markup in (field.cell(value, VIEWERS[1]), field.display(value, VIEWERS[1])):
            assert Form(markup).sent == []


def test_labels_of_options_are_escaped() -> None:
    field = Select("Evil", options=[Option("x", EVIL, EVIL)])

    assert Form(field.cell("x", VIEWERS[0]) + field.editor("x", VIEWERS[0], "x")).tags == {
        "span",
        "select",
        "option",
    }


def test_attributes_reach_the_control(field: Field) -> None:
    markup = field.editor(field.sample(1), VIEWERS[0], "x", 'id="the-id" aria-describedby="err"')

    assert markup.count('id="the-id" aria-describedby="err"') == 1


def test_rows_number_their_controls() -> None:
    field = Gadget.own_fields["emails"]

    markup = field.editor(field.sample(0), VIEWERS[0], "emails")

    names = [name for name in post_of(markup) if name.endswith(".address")]
    assert names == ["emails.0.address", "emails.1.address"]  # an empty one is added by the page
    assert 'name="emails.__n__.address"' in markup


def test_primary_row_comes_first() -> None:
    field = Gadget.own_fields["emails"]
    post = post_of("").copy()
    post.update(
        {"e.0.address": "a@x.example", "e.7.address": "b@x.example", "e.primary": "7", "e.x": "", "e.1": ""}
    )

    value = field.parse(field.read_form(post, "e"), VIEWERS[0])

    assert [(entry["address"], entry["primary"]) for entry in value] == [
        ("b@x.example", True),
        ("a@x.example", False),
    ]


def test_removed_option_stays_until_it_is_changed() -> None:
    field = Select("Choice", options=[Option("a", "A")], required=True)

    assert post_of(field.editor("gone", VIEWERS[0], "x"))["x"] == "gone"
    assert "gone" in field.cell("gone", VIEWERS[0])


def test_numbers_of_rows_do_not_reach_into_values() -> None:
    field = Gadget.own_fields["emails"]
    value = field.clean("a__n__@x.example")

    assert (
        field.parse(field.read_form(post_of(field.editor(value, VIEWERS[0], "e")), "e"), VIEWERS[0]) == value
    )
