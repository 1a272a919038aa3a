"""What can go wrong in the kernel, in words that every door can show."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

type Message = str | Promise


class FieldError(Exception):
    """A value that a field cannot hold; the message is for the person who typed it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class Invalid(Exception):
    """A write refused by its fields: messages by field key; the key "" is about the record as a whole."""

    def __init__(self, errors: Mapping[str, list[Message]]) -> None:
        super().__init__({key: [str(message) for message in messages] for key, messages in errors.items()})
        self.errors = {key: list(messages) for key, messages in errors.items()}

    @property
    def messages(self) -> list[str]:
        """All of them, where it is plain which field is meant."""
        return [str(message) for messages in self.errors.values() for message in messages]

    @property
    def text(self) -> str:
        return " ".join(self.messages)


class Refused(Exception):
    """The actor may see the record but not do this to it."""


class Missing(Exception):
    """There is no such record for this actor: absent and forbidden look alike."""


class Conflict(Exception):
    """Somebody else wrote first.

    `mine` and `theirs` hold the JSON values of the fields that both changed, `version` is the present one.
    """

    def __init__(self, version: int, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        super().__init__(f"changed meanwhile: {', '.join(theirs)}")
        self.version = version
        self.mine = dict(mine)
        self.theirs = dict(theirs)
