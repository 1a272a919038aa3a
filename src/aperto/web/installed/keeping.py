"""Which pages a telephone may keep for reading without a connection, and whose they are.

Closed by default: a page says so itself by a header, and only those that one reads on the way do. The worker
keeps pages of one reader at a time, so the header names the reader by a word that means nothing elsewhere.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from aperto.kernel.access.models import User
from aperto.web.people import looking

HEADER = "Aperto-Keep"
READ_ON_THE_WAY = frozenset({"home", "list", "record", "board"})


class KeepingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 200 and _may_be_kept(request):
            response.headers[HEADER] = salted_hmac(
                HEADER, str(request.user.pk), algorithm="sha256"
            ).hexdigest()[:16]
        return response


def _may_be_kept(request: HttpRequest) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and match.url_name in READ_ON_THE_WAY
        and request.method == "GET"
        and "HX-Request" not in request.headers
        and isinstance(request.user, User)
        and looking.SESSION not in request.session
    )
