"""Addresses of the needs."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from aperto.web.needs import pages
from aperto.web.people import settings_nav
from aperto.web.people.settings_nav import SettingsPage

settings_nav.add(SettingsPage("needs", _("Needs"), "list-check", 64, arranges=("need",)))

urlpatterns: list[URLPattern] = [
    path("settings/needs", pages.show, name="needs"),
    path("settings/needs/review", pages.review, name="review_needs"),
    path("settings/needs/apply", pages.apply, name="apply_needs"),
    path("settings/needs/document", pages.document, name="needs_document"),
]
