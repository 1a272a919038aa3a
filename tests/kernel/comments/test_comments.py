"""Comments: who may write, read and change them, and who hears of them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aperto.kernel import changes, records
from aperto.kernel.access import people, roles
from aperto.kernel.access.models import User
from aperto.kernel.changes import Draft, outbox
from aperto.kernel.changes.models import Change
from aperto.kernel.comments import mentions, threads
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.fields.base import Ref
from aperto.kernel.notices import following
from aperto.kernel.notices.models import Follow, Notice
from aperto.kernel.objects.record import Record
from tests import firm


@pytest.fixture
def lamp(ada: User) -> Record:
    outbox.deliver()
    return changes.create(firm.actor(ada), "gadget", {"text": "Lamp"}, via="test")


def say(by: User, about: Record, body: str, **more: Any) -> Any:
    values = {"body": body, "about": Ref("gadget", about.pk), **more}
    return changes.create(firm.actor(by), "comment", values, via="page")


def seen(user: User) -> list[str]:
    return [row.title for row in records.visible(firm.actor(user), "comment").page(sort="created_at").rows]


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("sort", flat=True))


def test_who_sees_the_record_sees_its_comments(lamp: Record, ada: User, ben: User, cas: User) -> None:
    say(ben, lamp, "Is this ours?")

    assert seen(ada) == seen(ben) == ["Is this ours?"]
    assert seen(cas) == []
    changes.delete(firm.actor(ada), lamp, via="test")
    assert seen(ben) == []


def test_who_does_not_see_the_record_cannot_comment(lamp: Record, ben: User, cas: User) -> None:
    with pytest.raises(Invalid):
        say(cas, lamp, "Let me in")
    reader = roles.ensure_ready_roles()["read_only"].pk
    people.set_roles(firm.SYSTEM, ben, [reader], via="test")

    with pytest.raises(Refused):
        say(ben, lamp, "I may only read")


def test_only_its_author_changes_a_comment(lamp: Record, ada: User, ben: User) -> None:
    comment = say(ada, lamp, "Mine")

    with pytest.raises(Refused):
        changes.save(firm.actor(ben), comment, {"body": "Yours"}, via="page")
    with pytest.raises(Refused):
        changes.delete(firm.actor(ben), comment, via="page")
    changes.save(firm.actor(ada), comment, {"body": "Mine alone"}, via="page")
    change = changes.delete(firm.actor(ada), comment, via="page")
    assert seen(ben) == []
    changes.undo(firm.actor(ada), change, via="page")
    assert seen(ben) == ["Mine alone"]


def test_a_comment_neither_moves_nor_speaks_for_others(lamp: Record, ada: User, ben: User) -> None:
    other = changes.create(firm.actor(ada), "gadget", {"text": "Chair"}, via="test")
    comment = say(ben, lamp, "Here")

    with pytest.raises(Invalid):
        changes.save(firm.actor(ben), comment, {"about": Ref("gadget", other.pk)}, via="page")
    with pytest.raises(Invalid):
        say(ben, lamp, "I am Ada", owner=Ref("user", ada.pk))
    with pytest.raises(Invalid):
        say(ben, other, "Elsewhere", answers=Ref("comment", comment.pk))


def test_an_answer_to_an_answer_stays_in_the_thread(lamp: Record, ada: User, ben: User) -> None:
    root = say(ada, lamp, "Who calls?")
    answer = say(ben, lamp, "Me", answers=Ref("comment", root.pk))
    say(ada, lamp, "Thanks", answers=Ref("comment", answer.pk))

    [thread] = threads.threads(firm.actor(ben), lamp.pk).said
    assert [each.body for each in thread.answers] == ["Me", "Thanks"]
    assert thread.author is not None and thread.author.title == "Ada Lovelace"


def test_a_deleted_thread_keeps_the_answers_of_others(lamp: Record, ada: User, ben: User) -> None:
    root = say(ada, lamp, "Secret")
    say(ben, lamp, "Answer", answers=Ref("comment", root.pk))
    changes.delete(firm.actor(ada), root, via="page")

    [thread] = threads.threads(firm.actor(ben), lamp.pk).said
    assert (thread.body, thread.deleted, thread.author) == ("", True, None)
    assert [each.body for each in thread.answers] == ["Answer"]


def test_mentions_are_found_by_name_and_address(ada: User, ben: User, cas: User) -> None:
    firm.user("ben2@nordwijk.example", name="Ben Bakker")

    found = mentions.found("@Ada Lovelace, @Cas de Wit: @ben@nordwijk.example @Ben Bakker a@Ada Lovelace")
    assert [each.as_ for each in found] == ["Ada Lovelace", "Cas de Wit", "ben@nordwijk.example"]


def test_only_who_sees_the_record_is_offered_and_told(lamp: Record, ada: User, ben: User, cas: User) -> None:
    about = Ref("gadget", lamp.pk)
    text = "@Ben Bakker @Cas de Wit @Ada Lovelace look"

    assert mentions.unseeing(about, text) == ["Cas de Wit"]
    assert [name for name, _written in mentions.offered(about, "", 10)] == ["Ada Lovelace", "Ben Bakker"]
    comment = say(ada, lamp, text)
    outbox.deliver()

    assert [each["as"] for each in comment.mentioned] == ["Ben Bakker", "Ada Lovelace"]
    assert (told(ben), told(cas), told(ada)) == (["mention"], [], [])
    assert Follow.objects.get(user=ben).level == following.USUAL


def test_owner_thread_and_followers_are_told_once_each(lamp: Record, ada: User, ben: User) -> None:
    dan = firm.user("dan@nordwijk.example", "manager", name="Dan Dekker")
    root = say(ben, lamp, "Hello")
    say(dan, lamp, "Hello back, @Ben Bakker", answers=Ref("comment", root.pk))
    say(ada, lamp, "Well", answers=Ref("comment", root.pk))
    outbox.deliver()

    assert told(ada) == ["comment", "answer"]
    assert told(ben) == ["mention", "answer"] and told(dan) == ["answer"]


def test_mentioned_people_can_stop_following(lamp: Record, ada: User, ben: User) -> None:
    following.follow(firm.actor(ben), Ref("gadget", lamp.pk), following.MENTIONS)
    say(ada, lamp, "@Ben Bakker once")
    say(ada, lamp, "and no more")
    outbox.deliver()

    assert told(ben) == ["mention"]


def test_an_edit_tells_only_who_is_named_anew(lamp: Record, ada: User, ben: User) -> None:
    comment = say(ada, lamp, "@Ben Bakker look")
    outbox.deliver()
    changes.save(firm.actor(ada), comment, {"body": "@Ben Bakker look again"}, via="page")
    outbox.deliver()

    assert told(ben) == ["mention"]


def test_deactivated_people_are_neither_offered_nor_told(lamp: Record, ada: User, ben: User) -> None:
    say(ada, lamp, "@Ben Bakker look")
    people.deactivate(firm.actor(ada), ben, via="test")
    outbox.deliver()

    assert told(ben) == [] and mentions.found("@Ben Bakker") == []


def test_refused_text_leaves_nothing_behind(lamp: Record, ada: User) -> None:
    before = Change.objects.count()
    for body in ("", " ", "a\0b", "x" * 20_001):
        with pytest.raises(Invalid):
            say(ada, lamp, body)

    assert Change.objects.count() == before


def test_ten_thousand_comments_are_read_by_page(lamp: Record, ada: User, ben: User) -> None:
    drafts = [Draft({"body": f"No {n}", "about": Ref("gadget", lamp.pk)}) for n in range(60)]
    outcomes = changes.save_many(firm.actor(ada), "comment", drafts, via="import")
    first = outcomes[-1].record
    assert first is not None
    more = [
        Draft({"body": f"A {n}", "about": Ref("gadget", lamp.pk), "answers": Ref("comment", first.pk)})
        for n in range(9)
    ]
    changes.save_many(firm.actor(ada), "comment", more, via="import")
    actor = firm.actor(ben)
    with CaptureQueriesContext(connection) as one:
        page = threads.threads(actor, lamp.pk, limit=1)
    with CaptureQueriesContext(connection) as many:
        whole = threads.threads(actor, lamp.pk, limit=50)

    assert len(one) == len(many) == 3
    assert (page.said[0].earlier, [a.body for a in page.said[0].answers]) == (6, ["A 6", "A 7", "A 8"])
    assert len(threads.threads(actor, lamp.pk, before=whole.next, limit=50).said) == 10
    assert len(threads.answers(actor, first.pk, page.said[0].answers[0].id).said) == 6


def test_the_record_is_read_by_the_object_that_it_is(lamp: Record, ben: User) -> None:
    with pytest.raises(Missing):
        records.visible(firm.actor(ben), "comment").get(lamp.pk)
