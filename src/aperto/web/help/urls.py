"""Addresses of the manual."""

from django.urls import URLPattern, path

from aperto.web.door import person_page
from aperto.web.help.pages import here, show

urlpatterns: list[URLPattern] = [
    path("help", person_page(show), name="help"),
    path("help/here", person_page(here), name="help_here"),
    path("help/<path:path>", person_page(show), name="help_page"),
]
