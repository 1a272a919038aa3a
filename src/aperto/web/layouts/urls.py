"""Addresses of layouts."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from aperto.web.layouts import editor_page, index_page
from aperto.web.people import settings_nav
from aperto.web.people.settings_nav import SettingsPage

settings_nav.add(SettingsPage("layouts", _("Layouts"), "layout-columns", 46, arranges=("layout",)))

urlpatterns: list[URLPattern] = [
    path("settings/layouts", index_page.index, name="layouts"),
    path("settings/layouts/<slug:object_key>/<slug:place>", editor_page.edit, name="layout"),
    path(
        "settings/layouts/<slug:object_key>/<slug:place>/preview",
        editor_page.show_preview,
        name="preview_layout",
    ),
    path("settings/layouts/<slug:object_key>/<slug:place>/reset", editor_page.reset, name="reset_layout"),
]
