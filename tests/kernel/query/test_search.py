"""Search as one types: words, beginnings, misspelt names, fragments of numbers and addresses."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import engines, search
from aperto.kernel.query.engines import waiting
from aperto.kernel.query.engines.trigrams import covering, trigrams
from aperto.kernel.query.search.models import SearchEntry
from aperto.kernel.query.search.words import digits_of, skeleton, spans
from tests.fakes.models import Gadget
from tests.kernel.query.invented import MODELS, TEAM, keep, keep_all, person

NAMES = [
    "Marieke van Dijk", "Ana Nogueira", "Jan Janssen", "Otto Schmidt", "Jacques Brel", "Zoë Çelik",
    "Philip de Wit", "Li Xi", "Sofie Blanck", "O'Brien & Sons", "Müller GmbH", "ACME B.V.",
]  # fmt: skip
OBJECTS = ["gadget", "gizmo"]


@pytest.fixture(params=MODELS)
def people(request: pytest.FixtureRequest, db: None) -> str:
    """Records with these names, an e-mail address and a phone number each; the object's key."""
    fields = registry.get(request.param).fields
    rows = [
        {
            "text": name,
            "emails": fields["emails"].clean([f"person{number}@mail{number}.example"]),
            "phones": fields["phones"].clean([{"number": f"+3110555{1000 + number}", "type": "work"}]),
        }
        for number, name in enumerate(NAMES)
    ]
    keep_all(request.param, rows)
    if request.param == "gadget":
        brought_in()
    return str(request.param)


def brought_in() -> None:
    """As when more entries have been written; those of gizmos wait, so that both ways are tried."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            waiting.bring_in(cursor)


def titles(actor: Actor, text: str, **options: Any) -> list[str]:
    return [hit.title for hit in search.find(actor, text, objects=OBJECTS, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "marieke": "Marieke van Dijk", "MARIEKE VAN": "Marieke van Dijk", "dijk marieke": "Marieke van Dijk",
        "van d": "Marieke van Dijk", "s": "Sofie Blanck", "zoe": "Zoë Çelik", "celik": "Zoë Çelik",
        "ieke": "Marieke van Dijk", "li": "Li Xi", "xi": "Li Xi", "o'brien": "O'Brien & Sons",
        "brien": "O'Brien & Sons", "& sons": "O'Brien & Sons", "muller": "Müller GmbH", "acme": "ACME B.V.",
        "b.v.": "ACME B.V.", "Nogeira": "Ana Nogueira", "nogueria": "Ana Nogueira",
        "Noguiera": "Ana Nogueira",
        "Marike van Dyk": "Marieke van Dijk", "Marieke van Dyk": "Marieke van Dijk", "Jansen": "Jan Janssen",
        "Jnassen": "Jan Janssen", "Schmit": "Otto Schmidt", "Shmidt": "Otto Schmidt",
        "Jaques": "Jacques Brel",
        "jacqeus brel": "Jacques Brel", "Filip": "Philip de Wit", "blank": "Sofie Blanck",
        "person3@mail3": "Otto Schmidt", "mail3.example": "Otto Schmidt", "555 1003": "Otto Schmidt",
        "0105551003": "Otto Schmidt", "+31 (0)10 555 1003": "Otto Schmidt", "0031105551003": "Otto Schmidt",
        "5551003": "Otto Schmidt", "010-555 1003": "Otto Schmidt",
    }.items(),
)  # fmt: skip
def test_people_are_found(people: str, everybody: Actor, text: str, expected: str) -> None:
    assert titles(everybody, text)[:1] == [expected]


@pytest.mark.parametrize(
    "text",
    ["", " ", "\0", "xyzzyx", "marieke xyzzyx", "%", "_", "%%%", "' OR 1=1 --", '"', '""" OR *', "NEAR(a b)",
     "title_folded : x", "a* AND b*", "access : 甲乙丙", "\\", "-marieke", "^marieke", "x" * 5_000, "é" * 300,
     "\ud800", "🧨🧨🧨", "a b c d e f g h i j", "1", "((((", "00000000000000000000", "‮abc"],
)  # fmt: skip
def test_odd_text_finds_nothing_and_breaks_nothing(people: str, everybody: Actor, text: str) -> None:
    found = titles(everybody, text)

    assert set(found) <= set(NAMES)
    if text not in ("-marieke", "^marieke", "a b c d e f g h i j", "1", '"'):
        assert found == []


def test_what_begins_so_stands_first(db: None, everybody: Actor) -> None:
    keep_all(
        "gadget", [{"text": text} for text in ("Hanjan BV", "Piet Jansma", "Jan", "Jan Peters", "Janna")]
    )

    assert titles(everybody, "jan") == ["Jan", "Jan Peters", "Janna", "Piet Jansma", "Hanjan BV"]
    assert titles(everybody, "anj") == ["Hanjan BV"]


def test_hits_say_what_matched(db: None, everybody: Actor) -> None:
    parent = keep("gadget", text="Upper")
    emails = registry.get("gadget").fields["emails"].clean(["zoe@example.com"])
    made = keep("gadget", text="Zoë  van Çelik", emails=emails, parent=Ref("gadget", parent.pk))

    [hit] = search.find(everybody, "celik zo", objects=["gadget"])

    assert (hit.object, hit.id, hit.title) == ("gadget", made.pk, "Zoë  van Çelik")
    assert hit.subtitle == "zoe@example.com · Upper"
    assert [hit.title[start:end] for start, end in hit.matches] == ["Zo", "Çelik"]


def test_changes_of_a_record_reach_the_index(db: None, everybody: Actor) -> None:
    record = keep("gadget", text="Before", owner=UUID(int=1))
    gadget = registry.get("gadget")
    for key, value in (("text", "After"), ("title", "After")):
        gadget.fields[key].set(record, value)
    record.save()
    search.index(gadget, [record])
    assert titles(everybody, "before") == []
    assert titles(everybody, "after") == ["After"]

    search.forget(gadget, [record.pk])
    assert titles(everybody, "after") == []
    assert SearchEntry.objects.count() == 0


def test_a_new_owner_or_team_is_known_at_once(db: None) -> None:
    record = keep("gadget", text="Handed on", owner=UUID(int=1))
    mine, team = person("own", user=UUID(int=2)), person("team", user=UUID(int=3))
    assert titles(mine, "handed") == titles(team, "handed") == []

    record.owner, record.team = UUID(int=2), TEAM
    record.save()
    search.index(registry.get("gadget"), [record])

    assert titles(mine, "handed") == titles(team, "handed") == ["Handed on"]


def test_stale_entries_show_nothing(db: None) -> None:
    """The table of records has the last word, should an entry be out of step."""
    record = keep("gadget", text="Stale", owner=UUID(int=1))
    Gadget.objects.filter(pk=record.pk).update(owner=UUID(int=9))

    assert titles(person("own", user=UUID(int=1)), "stale") == []


def test_rebuild_makes_the_same_index(people: str, everybody: Actor) -> None:
    gadget = registry.get(people)
    before = sorted(SearchEntry.objects.values_list("record", "title_folded", "text"))
    gone = keep(people, text="Gone for good")
    MODELS[people]._default_manager.filter(pk=gone.pk).delete()
    SearchEntry.objects.filter(title_folded=" otto schmidt").delete()
    done: list[int] = []

    assert search.rebuild(gadget.key, done.append) == done[-1] == len(NAMES)

    assert sorted(SearchEntry.objects.values_list("record", "title_folded", "text")) == before
    assert titles(everybody, "gone for") == []
    assert titles(everybody, "schmidt") == ["Otto Schmidt"]


def test_limit_and_objects_are_kept(db: None, everybody: Actor) -> None:
    for key in OBJECTS:
        keep_all(key, [{"text": f"Same {number}"} for number in range(9)])

    assert len(search.find(everybody, "same", limit=5, objects=OBJECTS)) == 5
    assert {hit.object for hit in search.find(everybody, "same", objects=["gizmo"])} == {"gizmo"}
    assert (
        search.find(everybody, "same", objects=[])
        == search.find(everybody, "same", objects=["nonsense"])
        == []
    )


def test_queries_do_not_grow_with_hits(
    db: None, everybody: Actor, django_assert_max_num_queries: Any
) -> None:
    keep_all("gadget", [{"text": f"Same {number}"} for number in range(30)])

    with django_assert_max_num_queries(3):
        assert len(search.find(everybody, "same", objects=["gadget"])) == 12


def test_scopes_of_objects_are_kept_apart(db: None) -> None:
    """A right to one object opens no other."""
    keep("gadget", text="Same gadget")
    keep("gizmo", text="Same gizmo")
    actor = Actor("user", user_id=UUID(int=1), grants=({"gadget": {"read": "all"}},))

    assert titles(actor, "same") == ["Same gadget"]
    assert records.visible(actor, "gizmo").matching("text ~ same").page().rows == []


def test_ten_thousand_entries_are_stored_by_few_statements(
    db: None, django_assert_max_num_queries: Any
) -> None:
    made = [Gadget(text=f"Name {number}", title=f"Name {number}") for number in range(300)]

    with django_assert_max_num_queries(7):  # three of them bring the entries in, for all that wait
        search.index(registry.get("gadget"), made)
    assert SearchEntry.objects.count() == 300
    if connection.vendor == "postgresql":
        assert SearchEntry.objects.filter(access="").count() == 0


def test_trigrams_cover_the_text() -> None:
    for text in ("abc", "abcd", "abcde", "abcdef", "abcdefg", " ja"):
        assert set(covering(text)) <= trigrams(text)
        assert set("".join(covering(text))) == set(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("dijk", "dyk"), ("janssen", "jansen"), ("schmidt", "smit"), ("jacques", "jaques"), ("philip", "filip"),
     ("blanck", "blank")],
)  # fmt: skip
def test_alike_words_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_spans_point_into_the_written_title() -> None:
    title = "Straße  & Œuvre"

    assert [title[start:end] for start, end in spans(title, ["strasse", "oeuvre"])] == ["Straße", "Œuvre"]
    assert spans(title, ["nothing"]) == []
    assert spans("abab", ["ab", "abab"]) == [(0, 4)]


@pytest.mark.parametrize(
    ("text", "digits"),
    {
        "0105550142": "105550142",
        "+31 (0)10 555": "3110555",
        "555-01": "55501",
        "12": "",
        "a555": "",
        "0": "",
    }.items(),
)
def test_digits_of_a_phone_number(text: str, digits: str) -> None:
    assert digits_of(text) == digits


@pytest.mark.parametrize("settled", [False, True])
def test_entries_that_wait_follow_their_records(db: None, everybody: Actor, settled: bool) -> None:
    """Renamed and removed while they wait, or when they no longer do; the indexes then hold what is there."""
    renamed, gone = keep("gadget", text="Bertha Lum"), keep("gadget", text="Bertha Benz")
    if settled:
        brought_in()

    Gadget._default_manager.filter(pk=renamed.pk).update(title="Berta Lum")
    renamed.refresh_from_db()
    search.index(registry.get("gadget"), [renamed])
    search.forget(registry.get("gadget"), [gone.pk])

    assert titles(everybody, "berta lum") == titles(everybody, "lum") == ["Berta Lum"]
    assert titles(everybody, "benz") == []
    brought_in()
    assert titles(everybody, "berta lum") == ["Berta Lum"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for index in ("kernel_search_trigram", "kernel_search_beginning"):
                cursor.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")


def test_entries_without_beginnings_are_filled(people: str, everybody: Actor) -> None:
    """As after an update from before that index; until then the trigrams find them."""
    if connection.vendor != "sqlite":
        pytest.skip("an index of SQLite")
    brought_in()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_search_entry SET beginnings = ''")
        assert titles(everybody, "nog") == ["Ana Nogueira"]

        last = engines.current().fill_beginnings(0, 5)
        assert engines.current().fill_beginnings(last or 0, 1_000) is not None

        cursor.execute("SELECT COUNT(*) FROM kernel_search_entry WHERE beginnings = ''")
        assert cursor.fetchone() == (0,)
        check = "INSERT INTO kernel_search_beginning (kernel_search_beginning) VALUES ('integrity-check')"
        cursor.execute(check)
    assert titles(everybody, "nog") == ["Ana Nogueira"]
