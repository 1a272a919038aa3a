"""The daily work of the story: calls, notes, meetings and tasks, past and to come."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from aperto.crm.demo.people import Colleague
from aperto.crm.demo.story import Known, Story
from aperto.kernel.changes import Draft
from aperto.kernel.fields.base import Ref

FRIDAY = 4


def subjects(story: Story) -> list[tuple[Known, list[Ref]]]:
    """What may be talked about: each record with all that a word about it concerns."""
    found = [(contact, [Ref("contact", contact.id), Ref("company", contact.extra["company"].id)])
             for contact in story.contacts]  # fmt: skip
    for deal in story.deals:
        about = [Ref("deal", deal.id), Ref("company", deal.extra["company"].id)]
        about += [Ref("contact", each.id) for each in deal.extra["people"][:1]]
        found += [(deal, about)] * 2
    return found + [(lead, [Ref("lead", lead.id)]) for lead in story.leads]


def write_past(story: Story, object_key: str, count: int) -> Iterator[tuple[Colleague, Draft]]:
    """Things said and done, each on a working hour after its record came to be."""
    known = subjects(story)
    for _each in range(count):
        subject, about = story.chance.choice(known)
        at = story.moment(subject.since, story.now - timedelta(minutes=5))
        yield subject.owner, Draft(PAST[object_key](story, at) | {"about": about}, at=at)


def _call(story: Story, at: Any) -> dict[str, Any]:
    return {
        "body": story.chance.choice(story.words.calls),
        "at": at,
        "done": True,
        "direction": story.chance.choice(("outgoing", "outgoing", "incoming")),
        "outcome": story.chance.choice(("reached", "reached", "reached", "voicemail", "no_answer")),
        "length": story.chance.randrange(40, 1_500),
    }


def _note(story: Story, at: Any) -> dict[str, Any]:
    return {"body": story.chance.choice(story.words.notes)}


def _meeting(story: Story, at: Any) -> dict[str, Any]:
    until = at + timedelta(minutes=story.chance.choice((30, 60, 90)))
    return {"subject": story.chance.choice(story.words.meetings), "at": at, "until": until, "done": True}


def _task(story: Story, at: Any) -> dict[str, Any]:
    due = story.moment(at, min(at + timedelta(days=story.chance.randint(1, 9)), story.now))
    return {"subject": story.chance.choice(story.words.tasks), "due": due, "done": True}


PAST = {"call": _call, "note": _note, "meeting": _meeting, "task": _task}


def write_plans(story: Story) -> Iterator[tuple[str, Colleague, Draft]]:
    """Tasks, calls and meetings around today: some late, some today, most ahead; some deals have none."""
    alive = [deal for deal in story.deals if not deal.extra.get("closed")] + story.leads
    for known in alive:
        if story.chance.random() < 0.2:
            continue
        key = "lead" if known in story.leads else "deal"
        about = [Ref(key, known.id)]
        if key == "deal":
            about.append(Ref("company", known.extra["company"].id))
        days = story.chance.choice((-6, -2, -1, 0, 0, 0, 1, 2, 3, 5, 8, 13, 21))
        when = _at_work(story, story.now + timedelta(days=days))
        at = story.now - timedelta(days=story.chance.randint(7, 20))
        at = max(at, known.since)
        values, kind = _plan(story, when)
        yield kind, known.owner, Draft(values | {"about": about}, at=at)


def write_week(story: Story) -> Iterator[tuple[str, Colleague, Draft]]:
    """The visits and reviews that fill the calendar of each colleague in these weeks, two or three a day."""
    for owner in story.staff:
        own = [deal for deal in story.deals if deal.owner is owner] or story.deals
        for day in range(-10, 18):
            moment = story.now + timedelta(days=day)
            if moment.weekday() > FRIDAY:
                continue
            for _each in range(story.chance.choice((1, 2, 2, 3))):
                deal, at = story.chance.choice(own), _at_work(story, moment)
                values = _visit(story, at) | {"about": [Ref("deal", deal.id)]}
                yield (
                    "meeting",
                    owner,
                    Draft(values, at=max(min(at, story.now) - timedelta(days=5), deal.since)),
                )


def _visit(story: Story, at: Any) -> dict[str, Any]:
    until = at + timedelta(minutes=story.chance.choice((30, 45, 60, 60, 90, 120)))
    subject, place = story.chance.choice(story.words.meetings), story.chance.choice(story.words.places)
    where = place.city if story.chance.random() < 0.4 else None
    return {"subject": subject, "at": at, "until": until, "location": where, "done": until <= story.now}


def _at_work(story: Story, moment: Any) -> Any:
    """A quarter of an hour of a working day, on a Monday where the day is one of a weekend."""
    late = max(moment.weekday() - FRIDAY, 0)
    day = moment + timedelta(days=3 - late if late else 0)
    minute = story.chance.choice((0, 0, 15, 30, 30, 45))
    return day.replace(hour=story.chance.randint(8, 16), minute=minute, second=0, microsecond=0)


def _plan(story: Story, when: Any) -> tuple[dict[str, Any], str]:
    match story.chance.choice(("task", "task", "task", "call", "meeting")):
        case "call":
            return {"subject": story.chance.choice(story.words.tasks), "at": when, "done": False}, "call"
        case "meeting":
            until = when + timedelta(hours=1)
            subject = story.chance.choice(story.words.meetings)
            return {"subject": subject, "at": when, "until": until, "done": False}, "meeting"
        case _:
            priority = story.chance.choice(("normal", "normal", "high", "low"))
            subject = story.chance.choice(story.words.tasks)
            return {"subject": subject, "due": when, "done": False, "priority": priority}, "task"


def write_given(story: Story) -> Iterator[tuple[Colleague, Draft]]:
    """Tasks that the first colleague gave to others, and some of their own without a date."""
    boss = story.staff[0]
    alive = [deal for deal in story.deals if not deal.extra.get("closed")]
    for place, deal in enumerate(story.chance.sample(alive, min(9, len(alive)))):
        values: dict[str, Any] = {
            "subject": story.chance.choice(story.words.tasks),
            "about": [Ref("deal", deal.id), Ref("company", deal.extra["company"].id)],
            "priority": story.chance.choice(("normal", "high")),
        }
        at = max(story.now - timedelta(days=story.chance.randint(1, 6)), deal.since)
        if place < 6:
            colleague = story.staff[1 + place % 6]
            due = story.now + timedelta(days=story.chance.choice((-2, 1, 2, 4, 7)))
            values |= {"owner": Ref("user", colleague.user.pk), "due": due.replace(minute=0, second=0)}
        yield boss, Draft(values, at=at)
