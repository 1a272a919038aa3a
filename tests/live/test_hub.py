"""What open streams are told: what their page shows and their person sees, and nothing else."""

from dataclasses import replace

import pytest

from aperto.kernel import changes
from aperto.kernel.access import people, sessions
from aperto.kernel.access.models import Organisation
from aperto.kernel.access.organisation import forget
from aperto.live import asking
from aperto.live import hub as hubs
from aperto.live.hub import MOST_OF_PERSON
from aperto.live.streams import Wish
from aperto.live.tickets import Ticket
from tests.firm import SYSTEM
from tests.live.conftest import Here, finish, heard, list_of, page_of
from tests.web.office import Office

pytestmark = pytest.mark.django_db


def test_a_change_is_told_to_whoever_shows_and_sees_the_record(office: Office, hub: Here) -> None:
    company = office.make("company", name="Veldkamp")
    colleague = hub.of(office, office.colleague, list_of(company))
    outsider = hub.of(office, office.outsider, list_of(company))
    elsewhere = hub.of(office, office.colleague, Wish("company"))
    heard(colleague)

    changes.save(office.actor(), company, {"name": "Veldkamp BV"}, via="test")
    finish(hub.beat())

    assert heard(colleague) == {"changed": {"versions": {str(company.pk): 2}, "gone": []}}
    assert heard(outsider) == {} and heard(elsewhere) == {}
    finish(hub.beat())
    assert heard(colleague) == {}


def test_a_new_record_is_told_to_lists_of_its_object(office: Office, hub: Here) -> None:
    first = office.make("company", name="First")
    colleague = hub.of(office, office.colleague, list_of(first))
    outsider = hub.of(office, office.outsider, list_of(first))
    page = hub.of(office, office.colleague, page_of(first))
    heard(page)

    new = office.make("company", name="New")
    finish(hub.beat())

    assert heard(colleague)["fresh"] == {"records": [str(new.pk)]}
    assert heard(outsider) == {} and "fresh" not in heard(page)


def test_a_record_that_is_deleted_or_given_away_is_gone(office: Office, hub: Here) -> None:
    company, other = office.make("company", name="Veldkamp"), office.make("company", name="Other")
    colleague = hub.of(office, office.colleague, list_of(company, other))
    finish(hub.beat())
    heard(colleague)

    changes.delete(office.actor(), company, via="test")
    finish(hub.beat())

    assert heard(colleague) == {"changed": {"versions": {}, "gone": [str(company.pk)]}}


def test_what_was_missed_is_told_at_once(office: Office, hub: Here) -> None:
    company = office.make("company", name="Veldkamp")
    stale = list_of(company)
    stream = hub.of(office, office.colleague, stale)
    last = hub.newest
    heard(stream)
    changes.save(office.actor(), company, {"name": "Veldkamp BV"}, via="test")
    new = office.make("company", name="New")

    again = hub.of(office, office.colleague, replace(stale, since=last))

    told = heard(again)
    assert told["changed"]["versions"] == {str(company.pk): 2}
    assert told["fresh"] == {"records": [str(new.pk)]}


@pytest.mark.parametrize(
    ("how", "word"), [("out", "out"), ("elsewhere", "out"), ("deactivated", "out"), ("rights", "again")]
)
def test_a_stream_ends_with_its_right(how: str, word: str, office: Office, hub: Here) -> None:
    company = office.make("company", name="Veldkamp")
    stream = hub.of(office, office.colleague, list_of(company))
    heard(stream)
    match how:
        case "out":
            hub.leave(stream.session)
        case "elsewhere":
            sessions.end_all(office.colleague)
            hub.leave(stream.session)
        case "deactivated":
            people.deactivate(SYSTEM, office.colleague)
        case _:
            people.set_teams(SYSTEM, office.colleague, [office.other_team])
    changes.save(office.actor(), company, {"name": "Veldkamp BV"}, via="test")

    finish(hub.beat())

    assert heard(stream) == {"end": {"word": word}} and stream.closed and not hub.streams


def test_idle_looks_end_streams_within_five_seconds() -> None:
    assert hubs.EVERY * hubs.LOOK < 4


def test_who_else_has_a_record_open(office: Office, hub: Here) -> None:
    company = office.make("company", name="Veldkamp")
    own = hub.of(office, office.owner, page_of(company))
    theirs = hub.of(office, office.colleague, page_of(company, editing="name"))
    hidden = hub.of(office, office.outsider, page_of(company))

    assert heard(own)["here"] == {"people": [[str(office.colleague.pk), "name"]]}
    assert heard(theirs)["here"] == {"people": [[str(office.owner.pk), ""]]}
    assert heard(hidden) == {}

    hub.close(theirs)
    assert heard(own)["here"] == {"people": []}


def test_presence_is_switched_off(office: Office, hub: Here) -> None:
    company = office.make("company", name="Veldkamp")
    own = hub.of(office, office.owner, page_of(company))
    hub.of(office, office.colleague, page_of(company))
    heard(own)
    Organisation.objects.filter(pk=1).update(presence=False)
    forget()

    finish(hub.look())

    assert heard(own)["here"] == {"people": []}
    hub.of(office, office.admin, page_of(company))
    assert heard(own) == {}
    forget()


def test_streams_of_one_person_are_few_and_their_oldest_gives_way(office: Office, hub: Here) -> None:
    opened = [
        hub.open(Ticket(office.owner.pk, 1, "s"), f"ticket {number}") for number in range(MOST_OF_PERSON + 1)
    ]

    assert len(hub.streams) == MOST_OF_PERSON
    assert opened[0] and heard(opened[0]) == {"end": {"word": "full"}}
    assert hub.open(Ticket(office.owner.pk, 1, "s"), "ticket 3") is None


def test_what_waits_is_bounded(office: Office, hub: Here) -> None:
    company = office.make("company", name="Veldkamp")
    stream = hub.of(office, office.colleague, list_of(company))
    heard(stream)
    changes.save(office.actor(), company, {"name": "Veldkamp BV"}, via="test")

    for _number in range(300):
        stream.fresh(asking.mark())
    finish(hub.beat())

    assert "much" in heard(stream)
