"""Which records a script asks for: a list of keys in the address."""

from uuid import UUID

from aperto.kernel.errors import Missing
from aperto.web.request import Request

MOST = 200


def ids_of(request: Request) -> list[UUID]:
    """At most so many keys; Missing for what is none."""
    texts = request.GET.get("ids", "").split(",")[:MOST]
    try:
        return [UUID(text) for text in texts if text]
    except ValueError:
        raise Missing(texts) from None
