"""The pages of the settings, in the order of their navigation. Another part of the product adds its own:

    settings_nav.add(SettingsPage("pipelines", _("Pipelines"), "route", order=60))

in its `urls.py`; the name is that of its address.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Message

YOU, ORGANISATION = "you", "organisation"
GROUPS = {YOU: _("You"), ORGANISATION: _("Organisation")}


@dataclass(frozen=True)
class SettingsPage:
    """`url_name` opens it; `administered` hides it from everybody but administrators.

    Records of `arranges` are arranged there: their own pages lie below it.
    """

    url_name: str
    label: Message
    icon: str
    order: int = 100
    group: str = ORGANISATION
    administered: bool = True
    arranges: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    url: str
    label: Message
    icon: str
    current: bool


_pages: dict[str, SettingsPage] = {}


def add(page: SettingsPage) -> None:
    _pages[page.url_name] = page


def page(url_name: str) -> SettingsPage | None:
    return _pages.get(url_name)


def above(object_key: str) -> list[tuple[str, Message]]:
    """The way back from a record that is arranged in the settings: their addresses and names."""
    for page in _pages.values():
        if object_key in page.arranges:
            return [(reverse("settings"), _("Settings")), (reverse(page.url_name), page.label)]
    return []


def groups(request: HttpRequest, actor: Actor) -> list[tuple[Message, list[Entry]]]:
    """What this actor may open, by group; the page that is open is `current`, its subpages too."""
    shown = [page for page in _pages.values() if actor.configures or not page.administered]
    addresses = {page.url_name: reverse(page.url_name) for page in shown}
    above = [url for url in addresses.values() if f"{request.path}/".startswith(f"{url}/")]
    here = max(above, key=len, default="")
    found: dict[str, list[Entry]] = {key: [] for key in GROUPS}
    for page in sorted(shown, key=lambda each: each.order):
        url = addresses[page.url_name]
        found[page.group].append(Entry(url, page.label, page.icon, url == here))
    return [(GROUPS[key], entries) for key, entries in found.items() if entries]
