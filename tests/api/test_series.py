"""What repeats, through the API: the rule is read and written, and a change says how far it reaches."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.api.conftest import Callers
from tests.snapshot import unchanged

SOON = (datetime.now(UTC) + timedelta(days=9)).isoformat()
TASK = {"subject": "Water the plants", "due": SOON, "repeats": "FREQ=DAILY;COUNT=4"}
LIST = "/task?fields=subject,due,repeats&sort=due"


def test_rule_is_set_read_and_changed(ask: Callers) -> None:
    caller = ask("owner")
    made = caller.post("/task", TASK).json()

    rows = caller.get(LIST).json()["data"]
    [second, third] = [row["id"] for row in rows][1:3]
    changed = caller.send("PATCH", f"/task/{second}?series=later", {"subject": "Feed the cat"})
    gone = caller.send("DELETE", f"/task/{third}?series=later")

    assert made["repeats"]["rule"] == "FREQ=DAILY;COUNT=4"
    assert {row["repeats"]["series"] for row in rows} == {made["repeats"]["series"]}
    assert (changed.status_code, gone.status_code) == (200, 204)
    assert [row["subject"] for row in caller.get(LIST).json()["data"]] == ["Water the plants", "Feed the cat"]


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=DAILY;COUNT=99999", 5, ["FREQ=DAILY"], {"rule": None}]
)
def test_bad_rule_is_named(ask: Callers, rule: object) -> None:
    caller = ask("owner")

    with unchanged():
        answer = caller.post("/task", TASK | {"repeats": rule})

    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"repeats"})


def test_reach_that_does_not_exist_is_refused(ask: Callers) -> None:
    caller = ask("owner")
    made = caller.post("/task", TASK).json()["id"]

    assert caller.send("PATCH", f"/task/{made}?series=some", {"subject": "X"}).status_code == 400
    assert ask("outsider").send("DELETE", f"/task/{made}?series=all").status_code == 404
