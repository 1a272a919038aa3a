"""Every operation of the API as every kind of person, with tokens of full and of narrow scope."""

import json
from typing import Any

import pytest
from django.test import Client

from aperto.api.operation import Operation
from aperto.api.operations import OPERATIONS
from aperto.kernel.access import tokens
from tests.conformance.test_pages import REACH, REQUIRED
from tests.conformance.world import CANARY, PEOPLE, World, made
from tests.snapshot import Trials

SUBJECT = {"action": "lead", "restore": "company"}
BODIES: dict[str, Any] = {"create": {"last_name": "New"}, "change": {"description": "New"},
                          "privacy": {"private": True}}  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    return made()


def secret_of(world: World, who: str, *scopes: str) -> str:
    actor = world.staff.actor(who)
    return tokens.create(actor, name=who, scopes=scopes or ("*:*",), expires_at=None)[1]


def address_of(world: World, operation: Operation) -> str:
    subject = SUBJECT.get(operation.key, "contact")
    ids = {"undo": world.change, "download": world.file}
    ids |= dict.fromkeys(("import_run", "undo_import"), world.transfers["import"])
    ids |= dict.fromkeys(("export_run", "exported_file"), world.transfers["export"])
    key = str(ids.get(operation.key, world.records[subject].pk))
    filled = operation.address.replace("{object}", subject).replace("{id}", key)
    owner = str(world.staff.users["owner"].pk)
    for part, text in {"action": "lead.convert", "grantee": owner, "user": owner}.items():
        filled = filled.replace(f"{{{part}}}", text)
    return "/api/v1" + filled


def ask(trials: Trials, operation: Operation, address: str, secret: str) -> tuple[int, bytes, set[str]]:
    with trials.trial() as changed:
        answer: Any = Client().generic(
            operation.method,
            address,
            b"" if operation.method in {"GET", "DELETE"} else json.dumps(BODIES.get(operation.key, {})),
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"} if secret else {},
        )
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, body, changed


def test_every_operation_is_listed_with_what_it_requires() -> None:
    assert {operation.key for operation in OPERATIONS} == set(REQUIRED["api"])


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_operation_is_closed_to_whoever_may_not(world: World, operation: Operation) -> None:
    address, reach = address_of(world, operation), REACH[REQUIRED["api"][operation.key]]
    secrets = {who: "" if who == "anonymous" else secret_of(world, who) for who in PEOPLE}
    trials = Trials()

    for who, secret in secrets.items():
        status, body, changed = ask(trials, operation, address, secret)
        case = f"{operation.method} {address} as {who}: {status}"
        assert status < 500, case
        if who in reach:
            assert status not in {401, 403, 404}, case
        else:
            assert status in {401, 403, 404}, case
            assert changed == set(), f"{case} changed {changed}"
        if operation.method == "GET":
            assert changed <= {"kernel_change", "kernel_subscription"}, f"{case} changed {changed}"
        if who in {"anonymous", "outsider"}:
            assert CANARY.encode() not in body, f"{case} tells of a foreign record"


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.needs], ids=lambda each: each.key)
def test_narrow_token_reaches_only_its_scope(world: World, operation: Operation) -> None:
    secret = secret_of(world, "admin", "product:read")

    status, _body, changed = ask(Trials(), operation, address_of(world, operation), secret)

    assert status in {403, 404}
    assert changed == set()
