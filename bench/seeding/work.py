"""What fifty people did in three years, and what they plan: calls, notes, meetings and tasks."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from aperto.kernel.changes import Draft
from aperto.kernel.fields.base import Ref
from bench.seeding.story import Known, Story, Written

SHARES = (("call", 0.45), ("note", 0.22), ("task", 0.2), ("meeting", 0.13))
PLANNED = 0.03  # of the work, except notes
ON_DEALS = 0.35


def write(story: Story, object_key: str, count: int) -> Iterator[Written]:
    """Some records are talked about often and most seldom, as in life."""
    chosen = []
    for _each in range(count):
        subject = _subject(story)
        if object_key != "note" and story.chance.random() < PLANNED:
            since = max(subject.since, story.shape.now - timedelta(days=12))
            chosen.append((story.moment(since), subject, True))
        else:
            chosen.append((story.moment(subject.since), subject, False))
    for at, subject, planned in sorted(chosen, key=lambda each: each[0]):
        values = PLANS[object_key](story, subject, at) if planned else PAST[object_key](story, subject, at)
        draft = Draft(values | {"about": _about(subject)}, id=story.key(at), at=at)
        yield subject.owner, draft


def _subject(story: Story) -> Known:
    known = story.deals if story.chance.random() < ON_DEALS else story.contacts
    return known[int(len(known) * story.chance.random() ** 1.5)]


def _about(subject: Known) -> list[Ref]:
    assert subject.company is not None
    company = Ref("company", subject.company.id)
    if not subject.people:
        return [Ref("contact", subject.id), company]
    return [Ref("deal", subject.id), company, Ref("contact", subject.people[0].id)]


def _call(story: Story, subject: Known, at: datetime) -> dict[str, Any]:
    return {
        "body": story.chance.choice(subject.owner.tongue.words.calls),
        "at": at,
        "done": True,
        "direction": story.chance.choice(("outgoing", "outgoing", "incoming")),
        "outcome": story.chance.choice(("reached", "reached", "reached", "voicemail", "no_answer")),
        "length": story.chance.randrange(40, 1_500),
    }


def _note(story: Story, subject: Known, at: datetime) -> dict[str, Any]:
    return {"body": story.chance.choice(subject.owner.tongue.words.notes)}


def _meeting(story: Story, subject: Known, at: datetime) -> dict[str, Any]:
    until = at + timedelta(minutes=story.chance.choice((30, 60, 90)))
    return {
        "subject": story.chance.choice(subject.owner.tongue.words.meetings),
        "at": at,
        "until": until,
        "done": True,
    }


def _task(story: Story, subject: Known, at: datetime) -> dict[str, Any]:
    due = min(at + timedelta(days=story.chance.randint(1, 9)), story.shape.now)
    return {"subject": story.chance.choice(subject.owner.tongue.words.tasks), "due": due, "done": True}


def _when(story: Story) -> datetime:
    """Some late, some today, most ahead."""
    days = story.chance.choice((-6, -2, -1, 0, 0, 1, 2, 3, 5, 8, 13, 21))
    return (story.shape.now + timedelta(days=days)).replace(hour=story.chance.randint(8, 16), minute=30)


def _planned_call(story: Story, subject: Known, at: datetime) -> dict[str, Any]:
    return {
        "subject": story.chance.choice(subject.owner.tongue.words.tasks),
        "at": _when(story),
        "done": False,
    }


def _planned_meeting(story: Story, subject: Known, at: datetime) -> dict[str, Any]:
    when = _when(story)
    subject_line = story.chance.choice(subject.owner.tongue.words.meetings)
    return {"subject": subject_line, "at": when, "until": when + timedelta(hours=1), "done": False}


def _planned_task(story: Story, subject: Known, at: datetime) -> dict[str, Any]:
    priority = story.chance.choice(("normal", "normal", "high", "low"))
    return {
        "subject": story.chance.choice(subject.owner.tongue.words.tasks),
        "due": _when(story),
        "done": False,
        "priority": priority,
    }


type Make = Callable[[Story, Known, datetime], dict[str, Any]]
PAST: dict[str, Make] = {"call": _call, "note": _note, "meeting": _meeting, "task": _task}
PLANS: dict[str, Make] = {"call": _planned_call, "meeting": _planned_meeting, "task": _planned_task}
