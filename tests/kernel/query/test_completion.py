"""The typed box proposes what the parser would take."""

import pytest
from django.utils import translation

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.fields.base import Ref
from aperto.kernel.query.ast import FilterError
from aperto.kernel.query.completion import complete
from tests.kernel.query.invented import keep, person


def inserts(actor: Actor, text: str) -> list[str]:
    return [each.insert for each in complete(actor, "gadget", text, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "inte": ["integer"], "parent.inte": ["parent.integer"], "owner.": ["name", "email", "active"],
        "integer ": ["=", "!=", "<", "<=", ">", ">=", "between", "is empty", "is filled"],
        "boolean = ": ["true", "false"], "select = re": ["red", "green", "grey"],
        "select in (red, bl": ["blue"],
        "select = “blue": ["blue"], "integer = 3 ": ["and", "or"], "integer = 3 a": ["and"],
        "integer = 3 and inte": ["integer"], "(inte": ["integer"], "not inte": ["integer"],
        "date = this q": ["this quarter"], "owner = m": ["me", "my team"], "select in ": ["("],
        "owner.active = ": ["true", "false"], "nonsense = ": [], "= ": [], "integer = ": [], "a.b.c.d ": [],
    }.items(),
)  # fmt: skip
def test_continuations(db: None, everybody: Actor, text: str, expected: list[str]) -> None:
    found = inserts(everybody, text)

    if text in ("owner.",):
        expected = [f"owner.{each}" for each in expected]
    assert found == expected


def test_keywords_are_told_in_the_readers_language(db: None, everybody: Actor) -> None:
    def told(text: str) -> list[tuple[str, str]]:
        return [(each.insert, each.label) for each in complete(everybody, "gadget", text, len(text))]

    with translation.override("nl"):
        assert told("date = vorige w") == [("last week", "vorige week")]
        assert told("integer = 3 e") == [("and", "en")]
        assert told("owner = ik") == [("me", "ikzelf")]


def test_titles_are_those_the_actor_sees(db: None) -> None:
    me = person("own")
    User.objects.create_user("mia@example.com", name="Mia O'Hara")
    keep("gadget", text="Acme, mine", owner=me.user_id)
    keep("gadget", text="Acme, hidden")

    assert inserts(me, "parent = ac") == ['"Acme, mine"']
    assert inserts(me, 'parent = "Acme, m') == ['"Acme, mine"']
    assert inserts(me, "owner = mi") == ['"Mia O\'Hara"']


def test_every_proposal_is_understood(db: None, everybody: Actor) -> None:
    keep("gadget", text="Top", parent=Ref("gadget", keep("gadget", text="and or").pk))
    texts = [""]
    for _step in range(3):
        texts = [f"{text}{insert} " for text in texts for insert in inserts(everybody, text)[:4]]
    for text in texts:
        try:
            records.visible(everybody, "gadget").matching(text)
        except FilterError as error:
            assert error.position in (None, len(text)), text


@pytest.mark.parametrize(
    "text", ["\0", "(" * 50, '"' * 7, "a" * 9_000, "parent." * 30, "é = ", "a,b", "!", "\\"]
)
def test_odd_text_is_borne(db: None, everybody: Actor, text: str) -> None:
    for position in (-1, 0, len(text), len(text) + 5):
        complete(everybody, "gadget", text, position)
