"""Addresses of series."""

from django.urls import URLPattern, URLResolver, path

from aperto.web.recurrence import pages

OCCURRENCES = "<slug:object_key>/<uuid:record>/occurrences"

urlpatterns: list[URLPattern | URLResolver] = [
    path("recurrence", pages.said, name="rule_in_words"),
    path(f"{OCCURRENCES}/delete", pages.remove, name="delete_occurrences"),
    path(f"{OCCURRENCES}/carry/<uuid:change>", pages.carry, name="carry_change"),
]
