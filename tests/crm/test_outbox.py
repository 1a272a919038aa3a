"""Events after commit: numbered without gaps, delivered at least once, a bad one set aside."""

from collections.abc import Iterator, Sequence

import pytest

from aperto.kernel import changes
from aperto.kernel.changes import outbox
from aperto.kernel.changes.models import Change, Subscription
from tests.company import Staff


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_subscribers", {})


@pytest.fixture
def heard(staff: Staff) -> Iterator[list[str]]:
    """Subscribes before the first change of the test."""
    found: list[str] = []

    @outbox.subscribe("listener")
    def listen(seen: Sequence[Change]) -> None:
        found.extend(change.diff.get("last_name", [None, "?"])[1] for change in seen)

    outbox.deliver()
    found.clear()
    return iter([found])


def make(staff: Staff, *names: str) -> None:
    for name in names:
        changes.create(staff.owner, "contact", {"last_name": name}, via="test")


def test_positions_follow_without_gaps(staff: Staff) -> None:
    make(staff, "A", "B", "C")

    outbox.number()

    positions = list(Change.objects.order_by("id").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))


def test_subscriber_hears_each_change_once(staff: Staff, heard: Iterator[list[str]]) -> None:
    found = next(heard)
    make(staff, "A", "B")

    outbox.deliver()
    outbox.deliver()

    assert found == ["A", "B"]


def test_failing_subscriber_hears_again_and_then_goes_on(staff: Staff) -> None:
    tried: list[str] = []

    @outbox.subscribe("picky")
    def refuse_b(seen: Sequence[Change]) -> None:
        for change in seen:
            name = change.diff["last_name"][1]
            tried.append(name)
            if name == "B":
                raise ValueError(name)

    outbox.number()
    Subscription.objects.create(name="picky", position=outbox.number())
    make(staff, "A", "B", "C")

    for _round in range(outbox.ATTEMPTS + 3):
        outbox.deliver()

    held = Subscription.objects.get(name="picky")
    assert [entry["error"] for entry in held.failed] == ["ValueError: B"]
    assert tried[-1] == "C"
