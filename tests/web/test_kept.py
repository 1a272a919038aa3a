"""Kept parts of a page: drawn once for the same values, and blind to everything else."""

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.utils import translation

from aperto.web.templatetags.aperto_kept import MOST, Kept

ENGINE = Engine(
    libraries={
        "aperto_kept": "aperto.web.templatetags.aperto_kept",
        "i18n": "django.templatetags.i18n",
    }
)


def drawn(inside: str, tag: str = "kept name=name", **values: object) -> list[str]:
    """The part for each of the values in turn."""
    template = ENGINE.from_string(f"{{% load aperto_kept i18n %}}{{% {tag} %}}{inside}{{% endkept %}}")
    names = values.pop("names")
    assert isinstance(names, list)
    return [template.render(Context({**values, "name": name})) for name in names]


def test_kept_part_follows_its_values() -> None:
    assert drawn("<b>{{ name }}</b>", names=["a", "b", "<", "a"]) == [
        "<b>a</b>",
        "<b>b</b>",
        "<b>&lt;</b>",
        "<b>a</b>",
    ]


def test_kept_part_sees_nothing_else() -> None:
    assert drawn("{{ name }}{{ secret }}", names=["a"], secret="x") == ["a"]  # noqa: S106 - no password
    assert drawn("{{ name }}", tag="kept", names=["a"]) == [""]


def test_kept_part_is_drawn_for_each_language() -> None:
    template = ENGINE.from_string(
        '{% load aperto_kept i18n %}{% kept %}{% translate "Settings" %}{% endkept %}'
    )
    found = []
    for language in ("en", "nl", "en"):
        with translation.override(language):
            found.append(template.render(Context()))

    assert found == ["Settings", "Instellingen", "Settings"]


def test_kept_parts_are_bounded() -> None:
    template = ENGINE.from_string("{% load aperto_kept %}{% kept name=name %}{{ name }}{% endkept %}")
    for number in range(MOST + 10):
        template.render(Context({"name": number}))

    [part] = template.nodelist.get_nodes_by_type(Kept)
    assert isinstance(part, Kept)
    assert len(part.drawn) == MOST


def test_kept_tag_takes_names_only() -> None:
    with pytest.raises(TemplateSyntaxError):
        drawn("", tag="kept name", names=["a"])
