"""Callers of the API: a token for each of the firm's people."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from aperto.kernel.access import tokens
from tests.company import Staff, staffed

type Ask = Callable[..., HttpResponse]


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


class Caller:
    """Calls the API as one of the firm's people: `ask("owner").get("/contact")`."""

    def __init__(self, secret: str) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {secret}"}

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        data = b"" if body is None else json.dumps(body).encode()
        return self.client.generic(
            method,
            f"/api/v1{address}",
            data,
            content_type="application/json",
            headers=self.headers | {name.replace("_", "-"): value for name, value in headers.items()},
        )

    def get(self, address: str, **headers: str) -> Any:
        return self.send("GET", address, **headers)

    def post(self, address: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", address, {} if body is None else body, **headers)

    def patch(self, address: str, body: Any, **headers: str) -> Any:
        return self.send("PATCH", address, body, **headers)

    def delete(self, address: str, **headers: str) -> Any:
        return self.send("DELETE", address, **headers)


type Callers = Callable[..., Caller]


@pytest.fixture
def ask(staff: Staff) -> Callers:
    def caller(who: str, *scopes: str) -> Caller:
        _token, secret = tokens.create(
            staff.actor(who), name="test", scopes=scopes or ("*:*",), expires_at=None
        )
        return Caller(secret)

    return caller
