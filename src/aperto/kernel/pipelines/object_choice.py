"""Which object a pipeline is of: chosen among those that go through stages, kept as its key."""

from django.utils.translation import gettext as _

from aperto.kernel.errors import Message
from aperto.kernel.fields.choice import Choice
from aperto.kernel.objects.registry import registry


def staged() -> dict[str, Message]:
    """Names by key of the objects that go through stages."""
    return {each.key: each.plural for each in registry if each.path}


class ObjectChoice(Choice):
    """The key of an object that goes through stages, shown by its name."""

    def known(self) -> dict[str, Message]:
        return staged()

    def refusal(self, key: str) -> Message:
        return _("“%(key)s” goes through no stages; these do: %(known)s.") % {
            "key": key,
            "known": ", ".join(staged()),
        }
