"""Settings → Objects → Fields: what is typed becomes a field at once, and nothing typed is lost."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from aperto.kernel import changes, records
from aperto.kernel.fields import KINDS
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.registry import registry
from aperto.web.shape import kinds
from tests.company import Staff
from tests.snapshot import unchanged

DEAL = "/settings/objects/deal"
OPTIONS = {
    "s_options.0.label": "Gold", "s_options.0.hue": "amber", "s_options.0.label_nl": "Goud",
    "s_options.1.label": "Silver", "s_options.1.hue": "slate",
    "s_options.2.label": "", "s_options.2.hue": "blue",
}  # fmt: skip


def add(admin: Client, kind: str, name: str, **given: Any) -> Any:
    return admin.post(f"{DEAL}/new-field?kind={kind}", {"name": name} | given)


def field(key: str) -> Any:
    return registry.get("deal").fields[key]


def test_every_kind_is_offered_with_a_sentence(admin: Client) -> None:
    page = admin.get(f"{DEAL}/new-field").content.decode()

    assert [each for each in kinds.offered() if not each.explained] == []
    assert all(f'href="?kind={each.key}"' in page for each in kinds.offered())


@pytest.mark.parametrize("kind", sorted(each.key for each in kinds.offered()))
def test_form_of_each_kind_asks_for_its_settings(admin: Client, kind: str) -> None:
    page = admin.get(f"{DEAL}/new-field?kind={kind}").content.decode()

    assert all(f'name="s_{each.name}' in page for each in KINDS[kind].settings)


def test_number_with_limits_and_default(staff: Staff, admin: Client) -> None:
    answer = add(admin, "decimal", "Weight", s_minimum="0.5", s_digits="3", help="In kilos")
    admin.post(f"{DEAL}/fields/weight", {"name": "Weight", "s_minimum": "0.5", "default": "2"})

    made = changes.create(staff.owner, "deal", {"name": "A"}, via="test")
    assert answer.status_code == 302
    assert field("weight").get(records.visible(staff.owner, "deal").get(made.pk)) == Decimal(2)
    assert (field("weight").minimum, text_of(field("weight").help)) == (Decimal("0.5"), "")


def test_options_get_keys_colours_and_words(admin: Client) -> None:
    add(admin, "select", "Class", **OPTIONS)

    made = field("class").options
    assert [(each.key, each.hue) for each in made] == [("gold", "amber"), ("silver", "slate")]
    with override("nl"):
        assert text_of(made[0].label) == "Goud"
    page = admin.get(f"{DEAL}/fields/class").content.decode()
    assert 'value="gold"' in page and 'value="Goud"' in page


def test_options_are_put_in_order_and_keep_their_keys(admin: Client) -> None:
    add(admin, "select", "Class", **OPTIONS)
    turned = {
        "s_options.1.key": "silver", "s_options.1.label": "Silver", "s_options.7.label": "Gold",
        "s_options.0.key": "gold", "s_options.0.label": "Best",
    }  # fmt: skip

    admin.post(f"{DEAL}/fields/class", {"name": "Class"} | turned)

    made = [(each.key, text_of(each.label)) for each in field("class").options]
    assert made == [("silver", "Silver"), ("gold_2", "Gold"), ("gold", "Best")]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("decimal", {"s_minimum": "much"}),
        ("select", {"help": "Kept"}),
        ("text", {"name": ""}),
        ("text", {"key": "amount"}),
        ("text", {"key": "Größe"}),
        ("text", {"shown_when": "amount >"}),
        ("text", {"required_when": "nothing = 3"}),
        ("reference", {"s_to": ["spaceship"]}),
    ],
)
def test_refused_field_keeps_what_was_typed(admin: Client, kind: str, given: dict[str, Any]) -> None:
    with unchanged():
        answer = add(admin, kind, **{"name": "Odd", "help": "Typed words"} | given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "field-error" in page and (given.get("help") or "Typed words") in page
    assert given.get("s_minimum", "") in page


def test_condition_says_where_it_breaks_off(admin: Client) -> None:
    page = add(admin, "text", "Reason", shown_when="amount > and stage").content.decode()

    assert "▸" in page and "amount &gt; and stage" in page


def test_own_fields_are_put_in_order(admin: Client) -> None:
    for name in ("One", "Two", "Three"):
        add(admin, "text", name)

    answer = admin.post(f"{DEAL}/order", {"order": "three,one,two"})

    assert (answer.status_code, list(registry.get("deal").added)) == (204, ["three", "one", "two"])
    with unchanged():
        assert admin.post(f"{DEAL}/order", {"order": "amount"}).status_code == 400


def test_retired_field_comes_back_with_its_values(staff: Staff, admin: Client) -> None:
    add(admin, "text", "Reason")
    made = changes.create(staff.owner, "deal", {"name": "A", "reason": "Price"}, via="test")

    admin.post(f"{DEAL}/fields/reason/retire")
    assert "reason" not in registry.get("deal").fields
    assert "Reason" in admin.get(f"{DEAL}/fields").content.decode()
    admin.post(f"{DEAL}/fields/reason/restore")

    assert field("reason").get(records.visible(staff.owner, "deal").get(made.pk)) == "Price"


def test_standard_field_gets_other_words_and_is_reset(admin: Client) -> None:
    admin.post(f"{DEAL}/fields/close_date", {"name": "Expected on", "help": "When they sign"})
    assert text_of(field("close_date").label) == "Expected on"

    admin.post(f"{DEAL}/fields/close_date/retire")

    assert text_of(field("close_date").label) == text_of(registry.declared["deal"].fields["close_date"].label)


def test_standard_field_is_hidden_and_shown(admin: Client) -> None:
    key = "description" if "description" in registry.get("deal").fields else "close_date"

    admin.post(f"{DEAL}/fields/{key}/switch")
    assert key not in registry.get("deal").fields
    assert "hidden" in admin.get(f"{DEAL}/fields").content.decode()
    admin.post(f"{DEAL}/fields/{key}/switch")

    with override("nl"):
        assert text_of(field(key).label) == text_of(registry.declared["deal"].fields[key].label)


def test_options_of_a_standard_field_keep_their_languages(admin: Client) -> None:
    declared = registry.declared["company"]
    key = next(key for key, each in declared.fields.items() if type(each).kind == "select")
    rows = [(each.key, str(each.label)) for each in declared.fields[key].options][::-1]  # type: ignore[attr-defined]  # a select
    given = {
        f"s_options.{n}.{part}": word
        for n, row in enumerate(rows)
        for part, word in zip(("key", "label"), row, strict=True)
    }  # noqa: E501

    admin.post(f"/settings/objects/company/fields/{key}", {"name": str(declared.fields[key].label)} | given)

    shaped = registry.get("company").fields[key]
    assert [each.key for each in shaped.options] == [key for key, _label in rows]  # type: ignore[attr-defined]  # as above
    with override("nl"):
        labels = {each.key: str(each.label) for each in declared.fields[key].options}  # type: ignore[attr-defined]  # as above
        assert {each.key: str(each.label) for each in shaped.options} == labels  # type: ignore[attr-defined]  # as above


def test_formula_is_completed_and_refused_beside_its_control(admin: Client) -> None:
    found = admin.get(f"{DEAL}/formula", {"q": "amou", "at": "4"}).content.decode()
    page = add(admin, "formula", "Half", s_expression="amount / nothing").content.decode()
    made = add(admin, "formula", "Half", s_expression="amount / 2")

    assert 'data-insert="amount" data-from="0" data-to="4"' in found
    assert 'value="amount / nothing"' in page and 'id="id_s_expression_error"' in page
    assert made.status_code == 302 and "half" in registry.get("deal").fields


def test_kind_is_changed_in_three_steps_and_undone(staff: Staff, admin: Client) -> None:
    add(admin, "text", "Size")
    for size in ("12", "large"):
        changes.create(staff.owner, "deal", {"name": f"A {size}", "size": size}, via="test")
    kind = f"{DEAL}/fields/size/kind"

    asked = admin.get(f"{DEAL}/fields/size").content.decode()
    offered = admin.get(kind).content.decode()
    shown = admin.get(f"{kind}?kind=integer").content.decode()
    file = b"".join(admin.post(f"{kind}?kind=integer", {"act": "file"}).streaming_content).decode()  # type: ignore[attr-defined]  # a stream
    admin.post(f"{kind}?kind=integer", {"act": "apply", "keep": "retired", "s_minimum": "1"})

    assert f'href="{kind}"' in asked and 'href="?kind=integer"' in offered and "?kind=stage" not in offered
    assert "A large" in shown and "large" in file and "A 12" not in file
    assert (field("size").kind, field("size").minimum) == ("integer", 1)
    assert [row.values["size"] for row in records.visible(staff.owner, "deal").iterate(["size"])] == [
        12,
        None,
    ]
    assert "Size (old)" in admin.get(f"{DEAL}/fields").content.decode()


def test_change_of_kind_says_what_is_wrong_with_it(admin: Client) -> None:
    add(admin, "integer", "Size")
    add(admin, "formula", "Twice", s_expression="size * 2")
    kind = f"{DEAL}/fields/size/kind"

    page = admin.get(f"{kind}?kind=text").content.decode()
    with unchanged():
        refused = admin.post(f"{kind}?kind=text", {"act": "apply"})
        wrong = admin.post(f"{kind}?kind=decimal", {"act": "apply", "s_minimum": "many"})

    assert "Deal: Twice" in page and 'value="apply"' not in page
    assert [refused.status_code, wrong.status_code] == [422, 422]
