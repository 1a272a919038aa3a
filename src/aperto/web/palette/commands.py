"""What can be done from anywhere: make a record, go to a list, change the looks."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import text_of
from aperto.kernel.folding import fold
from aperto.kernel.objects.registry import registry
from aperto.web.palette.options import Option
from aperto.web.remembering import remembered
from aperto.web.shell import URLS, creatable

MOST = 12


def commands(actor: Actor) -> Iterable[Option]:
    for item in creatable(actor):
        yield Option(_("New %(object)s") % {"object": item.label.lower()}, "plus", item.url, act="dialog")
    for each in registry:
        if each.group and each.group != "settings" and actor.may(each, Verb.READ):
            yield Option(text_of(each.plural), each.icon, f"/{each.key}", _("list"))
    yield Option(_("Home"), "home", URLS["home"])
    yield Option(_("Recycle bin"), "trash", "/bin")
    yield Option(_("Profile and security"), "user-circle", URLS["profile"])
    if actor.configures:
        yield Option(_("Settings"), "settings", URLS["settings"])
    yield Option(_("Dark theme"), "moon", "theme:dark", act="run")
    yield Option(_("Light theme"), "sun", "theme:light", act="run")
    yield Option(_("Theme as the device"), "sun-moon", "theme:auto", act="run")
    yield Option(_("Keyboard"), "keyboard", "keys:show", act="run")


def matching(actor: Actor, text: str, limit: int = MOST) -> list[Option]:
    """Commands with a word that begins with each typed word."""
    words = [f" {word}" for word in fold(text).split()]
    named = remembered(actor, ("commands",), lambda: _named(actor))
    return [option for option, names in named if all(word in names for word in words)][:limit]


def _named(actor: Actor) -> list[tuple[Option, str]]:
    """Each command with its folded words, a blank before each of them."""
    return [(option, f" {' '.join(fold(option.text).split())}") for option in commands(actor)]
