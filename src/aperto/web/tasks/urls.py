"""Addresses of what is to be done."""

from django.urls import URLPattern, URLResolver, path

from aperto.web.tasks import following, pages, reassign, snooze

RECORD = "<slug:object_key>/<uuid:record>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("tasks", pages.tasks, name="tasks"),
    path("tasks/<slug:section>", pages.section, name="tasks_section"),
    path(f"{RECORD}/snooze", snooze.snooze, name="snooze"),
    path(f"{RECORD}/reassign", reassign.reassign, name="reassign"),
    path(f"{RECORD}/following", following.following, name="following"),
]
