"""Requests and responses of the API: JSON in and out, problems as RFC 9457 says."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.provenance import Source, source
from aperto.kernel.errors import Conflict, FieldError, Invalid, Missing, Refused
from aperto.kernel.objects.declaration import ObjectType

LONGEST_BODY = 5 * 1024 * 1024
OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_SUBCLASS | orjson.OPT_UTC_Z


@dataclass(frozen=True)
class Problem(Exception):
    """An answer that is no success; `errors` names each field."""

    status: int
    title: str
    detail: str = ""
    errors: dict[str, list[str]] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Call:
    """One request on its way to an operation."""

    request: HttpRequest
    actor: Actor
    path: dict[str, str]
    declaration: ObjectType | None = None

    @property
    def object(self) -> ObjectType:
        assert self.declaration is not None
        return self.declaration

    @property
    def record(self) -> str:
        return self.path["id"]

    def parameter(self, name: str, default: str = "") -> str:
        return self.request.GET.get(name, default)

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of a few words, the first when nothing was said."""
        text = self.parameter(name, choices[0])
        if text not in choices:
            message = _("One of %(choices)s is expected.") % {"choices": ", ".join(choices)}
            raise Problem(400, _("Bad parameter"), errors={name: [message]})
        return text

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number between 1 and `most`; a problem that names the parameter otherwise."""
        text = self.parameter(name)
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= most:
            message = _("A whole number between 1 and %(most)s is expected.") % {"most": most}
            raise Problem(400, _("Bad parameter"), errors={name: [message]})
        return int(text)

    @property
    def source(self) -> Source | None:
        """The machine that the values come from, where the caller says so."""
        name = self.request.headers.get("Aperto-Source", "")
        sure = self.request.headers.get("Aperto-Confidence", "")
        if not name and not sure:
            return None
        if sure and (not sure.isascii() or not sure.isdigit() or len(sure) > 3):
            raise FieldError(_("A whole number between 0 and 100 is expected."))
        return source(name, int(sure) if sure else None)

    def body(self) -> dict[str, Any]:
        """The JSON object of the body."""
        kind = (self.request.content_type or "").partition(";")[0].strip().lower()
        if kind not in {"application/json", "application/merge-patch+json"}:
            raise Problem(415, _("Unsupported media type"), _("Send application/json."))
        try:
            body = orjson.loads(self.request.body)
        except orjson.JSONDecodeError as error:
            raise Problem(400, _("Not JSON"), str(error)) from None
        if not isinstance(body, dict):
            raise Problem(400, _("Not a JSON object"), _("An object with field keys is expected."))
        return body


def json_default(value: Any) -> Any:
    """Decimals are text in JSON, so that no reader loses a digit."""
    return str(value)


def respond(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    content = b"" if status == 204 else orjson.dumps(data, default=json_default, option=OPTIONS)
    response = HttpResponse(content, status=status, content_type="application/json", headers=headers or {})
    if status == 204:
        del response["Content-Type"]
    return response


def problem(found: Problem) -> HttpResponse:
    data: dict[str, Any] = {"type": "about:blank", "title": found.title, "status": found.status}
    if found.detail:
        data["detail"] = found.detail
    if found.errors:
        data["errors"] = found.errors
    response = respond(data | found.more, found.status, found.headers)
    response["Content-Type"] = "application/problem+json"
    return response


def problem_of(error: Exception) -> Problem | None:
    """The problem that a refusal of the kernel means; None for what is a fault of ours."""
    match error:
        case Problem():
            return error
        case Missing():
            return Problem(404, _("Not found"), _("There is no such record, or you may not see it."))
        case Refused():
            return Problem(403, _("Not allowed"), _("Your rights do not reach this."))
        case Invalid():
            errors = {key: [str(each) for each in messages] for key, messages in error.errors.items()}
            return Problem(422, _("Not accepted"), _("Nothing was written."), errors)
        case Conflict():
            more = {"version": error.version, "mine": error.mine, "theirs": error.theirs}
            return Problem(412, _("Changed meanwhile"), _("Somebody else wrote first."), more=more)
        case RequestDataTooBig():
            return Problem(413, _("Too large"), _("At most 5 MB fit into one call."))
        case FieldError():
            return Problem(400, _("Bad parameter"), str(error.message))
        case _:
            return None


def etag(version: int) -> str:
    return f'"{version}"'


def if_match(request: HttpRequest) -> int | None:
    """The version that the caller saw; None when any will do. What is no version is one that none has."""
    text = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not text or text == "*":
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        return 0
    return int(text)


def key_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Missing(text) from None
