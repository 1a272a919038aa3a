"""The address of one's own reminders."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from aperto.web.people import settings_nav
from aperto.web.people.settings_nav import YOU, SettingsPage
from aperto.web.reminders import page

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/reminders", page.show, name="reminders"),
]

settings_nav.add(SettingsPage("reminders", _("Reminders"), "clock", 25, YOU, administered=False))
