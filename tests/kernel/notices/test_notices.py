"""Who is told of what, and who is not."""

from typing import Any
from uuid import uuid4

import pytest

from aperto.kernel import changes
from aperto.kernel.access import people, roles
from aperto.kernel.access.models import User
from aperto.kernel.changes import outbox
from aperto.kernel.changes.models import Change, Subscription
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import Ref
from aperto.kernel.notices import choices, following, hearing, notify, reading
from aperto.kernel.notices.models import Notice
from aperto.kernel.notices.sorts import Ways
from aperto.kernel.objects.record import Record
from tests import firm
from tests.firm import SYSTEM


def made(by: User, **values: Any) -> Record:
    return changes.create(firm.actor(by), "gadget", {"text": "Lamp", **values}, via="test")


def told(user: User) -> list[tuple[str, list[str], int]]:
    rows = Notice.objects.filter(user=user).order_by("pk")
    return [(each.sort, each.fields, each.count) for each in rows]


@pytest.fixture
def lamp(ada: User, ben: User) -> Record:
    """Ada's lamp, which Ben follows with everything; all that was is told."""
    lamp = made(ada)
    following.follow(firm.actor(ben), Ref("gadget", lamp.pk), following.ALL)
    outbox.deliver()
    return lamp


def test_notify_tells_each_once_and_never_the_doer(ada: User, ben: User) -> None:
    event = uuid4()

    counts = [notify("reminder", [ada.pk, ben.pk], event=event, by=ben.pk, text="At three") for _ in "12"]

    assert counts == [1, 0]
    assert told(ada) == [("reminder", [], 1)] and told(ben) == []


def test_only_who_sees_the_record_now_is_told(ada: User, ben: User, cas: User) -> None:
    lamp = made(ada)
    people.deactivate(firm.actor(ada), ben, via="test")

    notify("mention", [ben.pk, cas.pk], event=uuid4(), about=Ref("gadget", lamp.pk), by=ada.pk)

    assert not Notice.objects.exists()


def test_followers_hear_of_changes_and_the_owner_of_what_matters(lamp: Record, ada: User, ben: User) -> None:
    changes.save(SYSTEM, lamp, {"integer": 5}, via="test")
    outbox.deliver()

    assert told(ben) == [("change", ["integer"], 1)] and told(ada) == []


def test_a_new_owner_is_told_so(lamp: Record, ada: User, ben: User, cas: User) -> None:
    changes.save(firm.actor(ada), lamp, {"owner": Ref("user", cas.pk), "integer": 5}, via="test")
    outbox.deliver()

    assert told(cas) == [("assigned", ["owner"], 1)]
    [(sort, fields, _count)] = told(ben)
    assert sort == "stage" and set(fields) == {"owner", "integer"}


def test_a_hidden_field_is_told_to_nobody_who_may_not_see_it(lamp: Record, ada: User, ben: User) -> None:
    manager = roles.ensure_ready_roles()["manager"]
    roles.edit(firm.actor(ada), manager, field_rights={"gadget": {"integer": "hidden"}}, via="test")

    changes.save(SYSTEM, lamp, {"integer": 5}, via="test")
    changes.save(SYSTEM, lamp, {"integer": 6, "decimal": "1.5"}, via="test")
    outbox.deliver()

    assert told(ben) == [("change", ["decimal"], 1)]


def test_rights_lost_between_event_and_telling_tell_nothing(lamp: Record, ada: User, ben: User) -> None:
    changes.save(SYSTEM, lamp, {"integer": 5}, via="test")
    people.set_roles(firm.actor(ada), ben, [roles.ensure_ready_roles()["user"].pk], via="test")
    outbox.deliver()

    assert told(ben) == []


def test_rights_lost_after_the_telling_hide_the_notice(lamp: Record, ada: User, ben: User) -> None:
    changes.save(SYSTEM, lamp, {"integer": 5}, via="test")
    outbox.deliver()
    before = reading.page(firm.actor(ben)).told
    people.set_roles(firm.actor(ada), ben, [roles.ensure_ready_roles()["user"].pk], via="test")

    assert [each.record and each.record.title for each in before] == ["Lamp"]
    assert reading.page(firm.actor(ben)).told == []


def test_an_event_that_comes_twice_is_told_once(lamp: Record, ben: User) -> None:
    changes.save(SYSTEM, lamp, {"integer": 5}, via="test")
    outbox.deliver()
    Subscription.objects.filter(name="notices").update(position=0)
    outbox.deliver()

    assert len(told(ben)) == 1


def test_many_changes_at_once_are_one_notice(lamp: Record, ada: User, ben: User) -> None:
    owner = {"text": "Lamp", "owner": Ref("user", ben.pk)}
    batch, drafts = changes.new_batch(), [changes.Draft(owner) for _ in range(30)]
    changes.save_many(firm.actor(ada), "gadget", drafts, via="import", batch=batch)
    outbox.number()
    events = list(Change.objects.filter(batch=batch).order_by("position"))
    hearing.hear(events[:20])
    hearing.hear(events[20:])
    hearing.hear(events[20:])

    assert told(ben) == [("many", [], 30)]


def test_who_follows_nothing_is_not_told(lamp: Record, ben: User) -> None:
    following.follow(firm.actor(ben), Ref("gadget", lamp.pk), following.MENTIONS)
    changes.save(SYSTEM, lamp, {"integer": 5}, via="test")
    outbox.deliver()

    assert told(ben) == []


def test_what_is_not_seen_cannot_be_followed(lamp: Record, cas: User) -> None:
    with pytest.raises(Missing):
        following.follow(firm.actor(cas), Ref("gadget", lamp.pk))


def test_choices_say_how_somebody_is_told(ada: User, ben: User) -> None:
    choices.choose(firm.actor(ben), {"mention": Ways(page=False), "reminder": Ways(page=True, mail="digest")})
    for sort in ("mention", "reminder"):
        notify(sort, [ben.pk], event=uuid4(), text="Hello")

    [notice] = Notice.objects.all()
    assert (notice.sort, notice.mail, notice.push, notice.due_at) == ("reminder", "digest", "", None)


def test_reading_marks_what_is_meant(lamp: Record, ada: User, ben: User) -> None:
    for _ in range(3):
        notify("mention", [ben.pk], event=uuid4(), about=Ref("gadget", lamp.pk))
    notify("reminder", [ben.pk], event=uuid4(), text="Hello")
    actor = firm.actor(ben)

    assert reading.unread(actor) == 4
    reading.mark_read(actor, record=lamp.pk)
    assert reading.unread(actor) == 1
    assert reading.mark_read(firm.actor(ada), all=True) == 0
    reading.mark_read(actor, all=True)
    assert reading.unread(actor) == 0
