"""All addresses of pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("aperto.web.people.urls")),
    path("", include("aperto.web.jobs.urls")),
    path("", include("aperto.web.lists.urls")),
]
