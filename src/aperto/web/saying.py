"""A word about what was done, at the foot of the page that comes next, with the way back beside it."""

from django.contrib import messages
from django.http import HttpRequest

from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Invalid, Message


def say(request: HttpRequest, text: Message, undo: Change | str | None = None) -> None:
    """`undo` is the change that was made, or the address that takes the act back."""
    address = f"/undo/{undo.pk}" if isinstance(undo, Change) else undo
    messages.success(request, str(text), extra_tags=f"undo:{address}" if address else "")


def say_why_not(request: HttpRequest, invalid: Invalid) -> None:
    """One word for each field that refused."""
    for found in invalid.errors.values():
        messages.error(request, " ".join(str(message) for message in found))
