"""One operation of the API: address, right and words. Routes, document and tests derive from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponseBase

from aperto.api.http import Call
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Message

type Handler = Callable[[Call], HttpResponseBase]


@dataclass(frozen=True)
class Parameter:
    name: str
    description: Message
    schema: dict[str, Any] = field(default_factory=lambda: {"type": "string"})
    where: str = "query"
    required: bool = False


@dataclass(frozen=True)
class Operation:
    """`address` may hold {object} and {id}; `needs` is the verb on that object that the caller's role must
    reach, or None where the operation itself cuts what it shows (search, feed, metadata).

    `body` and `answer` name schemas of the document: "record", "write", "list"…
    """

    key: str
    method: str
    address: str
    handler: Handler
    summary: Message
    needs: Verb | None
    answer: str
    status: int = 200
    body: str = ""
    parameters: tuple[Parameter, ...] = ()
    writes: bool = False
    tag: str = "records"
    refusals: tuple[int, ...] = (401, 403, 404, 429)

    @property
    def per_object(self) -> bool:
        return "{object}" in self.address
