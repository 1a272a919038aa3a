"""Writes the history of sign-ins from what the pages of signing in see."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import unstash_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from aperto.kernel.access import addresses, people, sign_ins
from aperto.kernel.access.models import User
from aperto.kernel.access.sign_on_models import SignOn

type View = Callable[..., HttpResponseBase]
WAYS = {"password": "password", "code": "code"}


def way_of(request: HttpRequest, user: User) -> str:
    """How this session's person came in; who said nothing of themselves holds a one-time link."""
    for record in reversed(get_authentication_records(request, user)):
        if record["method"] == "socialaccount":
            return f"sign_on:{record.get('provider', '')}"
        if record["method"] == "mfa" and record.get("passwordless"):
            return "passkey"
        if record["method"] in WAYS:
            return WAYS[record["method"]]
    return "link"


def came_in(request: HttpRequest, user: User) -> None:
    _note(request, user, way_of(request, user), True)


def failed(request: HttpRequest, way: str, reason: str, user: User | None = None, typed: str = "") -> None:
    known = user or (people.by_email(typed) if typed else None)
    _note(request, known, way, False, reason, typed)


def turned_away(
    request: HttpRequest, sign_on: SignOn | None, reason: str, user: User | None = None, typed: str = ""
) -> None:
    way = f"sign_on:{sign_on.slug}" if sign_on else "sign_on"
    _note(request, user, way, False, reason, typed)


def _note(
    request: HttpRequest, user: User | None, way: str, came_in: bool, reason: str = "", typed: str = ""
) -> None:
    agent = request.headers.get("User-Agent", "")
    ip = addresses.of(request)
    sign_ins.note(user=user, way=way, came_in=came_in, ip=ip, agent=agent, reason=reason, typed=typed)


def noted(view: View, way: str) -> View:
    """A step of signing in that was answered without going on was a failed try."""

    @wraps(view)
    def watched(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        pending = unstash_login(request, peek=True)
        inside = request.user.is_authenticated
        answer = view(request, *args, **kwargs)
        again = answer.status_code == 200 or (way == "passkey" and not request.user.is_authenticated)
        if again and not inside and not unstash_second_factor(request, way):
            user = pending.user if pending else None
            failed(request, way, "wrong", user if isinstance(user, User) else None)
        return answer

    return watched


def unstash_second_factor(request: HttpRequest, way: str) -> bool:
    """Whether a passkey was right and the sign-in only waits for another step."""
    return way == "passkey" and unstash_login(request, peek=True) is not None
