"""The page of what is to be done: sections, who sees what, pages by key, a constant cost, its indexes."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from aperto.kernel import changes
from aperto.kernel.access.models import User
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.registry import registry
from aperto.kernel.worklist import SECTIONS, entries
from tests.queries import counted
from tests.web.office import Office

NOW = datetime(2026, 3, 4, 11, tzinfo=UTC)  # a Wednesday
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def days(number: int) -> datetime:
    return NOW + timedelta(days=number)


def tasks(office: Office, who: User | None = None) -> str:
    answer = office.client(who).get("/tasks")
    assert answer.status_code == 200
    return answer.content.decode()


def section(page: str, key: str) -> str:
    found = re.search(rf'<section class="duties" id="to-do-{key}".*?</section>', page, re.S)
    return found[0] if found else ""


def test_each_activity_stands_in_its_section(office: Office) -> None:
    office.make("task", subject="Alpha", due=days(-2))
    office.make("call", subject="Beta", at=NOW + timedelta(hours=2))
    office.make("meeting", subject="Gamma", at=days(3))
    office.make("task", subject="Delta")
    office.make("task", subject="Epsilon", due=days(1), owner=Ref("user", office.colleague.pk))
    changes.save(office.actor(), office.make("task", subject="Zeta"), {"done": True}, via="test")

    page = tasks(office)

    told = {"late": "Alpha", "today": "Beta", "coming": "Gamma", "undated": "Delta", "given": "Epsilon"}
    for key, title in (told | {"ended": "Zeta"}).items():
        assert f">{title}</a>" in section(page, key), key
        assert page.count(f">{title}</a>") == 1
    assert "Cas" in section(page, "given")


def test_what_one_may_not_see_or_do_is_not_offered(office: Office) -> None:
    given = office.make("task", subject="Canary", due=days(1), owner=Ref("user", office.colleague.pk))
    changes.save(office.actor(office.admin), given, {"team": Ref("team", office.other_team)}, via="test")
    office.make("task", office.outsider, subject="Zzyzx", due=days(0))

    mine, theirs = tasks(office), tasks(office, office.reader)

    assert "Zzyzx" not in mine + theirs
    assert "Canary" not in mine
    assert "Canary" in section(tasks(office, office.colleague), "coming")


def test_sections_go_on_by_key(office: Office) -> None:
    for number in range(40):
        of, moment = ("task", "due") if number % 2 else ("call", "at")
        values: dict[str, Any] = {moment: days(-1) + timedelta(minutes=number // 4), "done": False}
        office.make(of, subject=f"Do {number:02}", **values)
    client, found = office.client(), re.compile(r">(Do \d\d)</a>")

    page = client.get("/tasks").content.decode()
    shown, url = found.findall(page), re.search(r'hx-get="(/tasks/late\?after=[^"]+)"', page)
    while url:
        part = client.get(url[1], headers=HTMX).content.decode()
        shown, url = shown + found.findall(part), re.search(r'hx-get="(/tasks/late\?after=[^"]+)"', part)

    assert sorted(shown) == [f"Do {number:02}" for number in range(40)]
    assert client.get("/tasks", {"late": ["10", "25"]}, headers=HTMX).content.count(b"data-duty") == 35
    assert b">99+<" not in client.get("/tasks").content


def test_many_are_said_to_be_many(office: Office) -> None:
    drafts = [changes.Draft({"subject": f"Do {n}", "due": days(-1)}) for n in range(101)]
    changes.save_many(office.actor(), "task", drafts, via="test")

    assert 'href="#to-do-late" data-hue="red">Overdue <span class="num">99+</span>' in tasks(office)


@pytest.mark.parametrize("url", ["nothing", "late?after=x", "late?after=AAAA", "late?after=" + "A" * 300])
def test_rubbish_is_not_there(office: Office, url: str) -> None:
    assert office.client().get(f"/tasks/{url}").status_code == 404
    assert office.client().get("/tasks?late=x&late=-1&late=99999").status_code == 200


def test_cost_is_constant(office: Office) -> None:
    client = office.client()
    fill(office, 1)
    client.get("/tasks")
    with counted("tasks page"):
        client.get("/tasks")

    for number in range(2, 5):
        fill(office, number)

    with counted("tasks page"):
        client.get("/tasks")


def fill(office: Office, number: int) -> None:
    about = [Ref("contact", office.make("contact", last_name=f"V {number}").pk)]
    cas = Ref("user", office.colleague.pk)
    for of, moment in (("task", "due"), ("call", "at")):
        values: dict[str, Any] = {"done": False, "about": about}
        office.make(of, subject=f"Late {number}", **(values | {moment: days(-number)}))
        office.make(of, subject=f"Given {number}", **(values | {moment: days(number), "owner": cas}))


def test_every_range_is_found_by_an_index(office: Office) -> None:
    declarations = [registry.get(key) for key in ("task", "call", "meeting")]
    plans: list[str] = []
    with connection.execute_wrapper(explaining(plans)):
        entries(office.actor(), declarations, SECTIONS, 100)

    assert len(plans) == 1
    whole = "\n".join(plans)
    for of in ("task", "call", "meeting"):
        assert f"{of}_open" in whole
        assert f"{of}_given" in whole
        assert f"{of}_owner" in whole
    assert "Seq Scan" not in whole
    assert not re.search(r"SCAN (?!json_each|\(|part|CONSTANT)\w*crm_", whole)


def explaining(plans: list[str]) -> Any:
    """Notes how the engine means to answer; PostgreSQL is kept from reading a small table to its end."""

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        cursor = context["cursor"]
        if '"crm_task"' in sql:
            postgres = connection.vendor == "postgresql"
            if postgres:
                cursor.cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
                # Of an empty table any index costs the same: those that hold what is done, too, go.
                cursor.cursor.execute("DROP INDEX IF EXISTS task_time, call_time, meeting_time")
            cursor.cursor.execute(
                f"EXPLAIN {'' if postgres else 'QUERY PLAN '}{sql if postgres else sql.replace('%s', '?')}",
                params,
            )
            plans.append("\n".join(" ".join(map(str, row)) for row in cursor.cursor.fetchall()))
        return execute(sql, params, many, context)

    return wrapper
