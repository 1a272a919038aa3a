"""From an address to an operation: one view for all of them, so that no operation can forget its check."""

import logging
from collections import defaultdict
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from aperto.api.authenticate import bearer, limits
from aperto.api.http import LONGEST_BODY, Call, Problem, problem, problem_of
from aperto.api.idempotency import once
from aperto.api.operation import Operation
from aperto.api.operations import OPERATIONS
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.errors import Refused
from aperto.kernel.objects.registry import registry

log = logging.getLogger(__name__)
CONVERTERS = {"{object}": "<slug:object>", "{id}": "<str:id>", "{action}": "<str:action>",
              "{grantee}": "<str:grantee>", "{user}": "<str:user>"}  # fmt: skip


def routes() -> list[URLPattern]:
    """One Django route for each address, with its operations by method."""
    by_address: dict[str, dict[str, Operation]] = defaultdict(dict)
    for operation in OPERATIONS:
        by_address[operation.address][operation.method] = operation
    return [
        path(f"v1{_django(address)}", view(methods), name=f"api {address}")
        for address, methods in by_address.items()
    ]


def _django(address: str) -> str:
    for written, converter in CONVERTERS.items():
        address = address.replace(written, converter)
    return address


def view(methods: dict[str, Operation]) -> Callable[..., HttpResponseBase]:
    @csrf_exempt  # no session is accepted here, so there is nothing to forge
    def answer(request: HttpRequest, **parts: str) -> HttpResponseBase:
        try:
            operation = methods.get("GET" if request.method == "HEAD" else request.method or "")
            if operation is None:
                allowed = {"Allow": ", ".join(sorted(methods))}
                raise Problem(405, _("Method not allowed"), headers=allowed)
            return _carry_out(operation, request, parts)
        except Exception as error:
            found = problem_of(error)
            if found is None:
                log.exception("API %s %s failed", request.method, request.path)
                found = Problem(
                    500, _("An error of ours"), _("It was written to the log. Nothing was changed.")
                )
            return problem(found)

    return answer


def _check_form(operation: Operation, request: HttpRequest) -> None:
    """What can be said of a request before its body is read."""
    repeated = [name for name, values in request.GET.lists() if len(values) > 1]
    if repeated:
        raise Problem(400, _("Bad parameter"), errors={repeated[0]: [_("Give this parameter once.")]})
    if operation.body != "upload" and len(request.body) > LONGEST_BODY:
        raise Problem(413, _("Too large"), _("At most 5 MB fit into one call."))


def _carry_out(operation: Operation, request: HttpRequest, parts: dict[str, str]) -> HttpResponseBase:
    token, actor, allowance = bearer(request)
    declaration = for_actor(actor, registry.get(parts["object"])) if "object" in parts else None
    if (
        declaration is not None
        and operation.needs is not None
        and not actor.may(declaration, operation.needs)
    ):
        raise Refused(operation.key)
    _check_form(operation, request)
    call = Call(request, actor, parts, declaration)
    if operation.writes:
        response = once(request, token.pk, lambda: operation.handler(call))
    else:
        response = operation.handler(call)
    for name, value in limits(allowance).items():
        response[name] = value
    response["Cache-Control"] = "private, no-store"
    return response
