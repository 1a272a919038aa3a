"""All addresses of pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("aperto.web.people.urls")),
    path("", include("aperto.web.jobs.urls")),
    path("", include("aperto.web.help.urls")),
    path("", include("aperto.web.installed.urls")),
    path("", include("aperto.web.settings.urls")),
    path("", include("aperto.web.shape.urls")),
    path("", include("aperto.web.layouts.urls")),
    path("", include("aperto.web.menus.urls")),
    path("", include("aperto.web.needs.urls")),
    path("", include("aperto.web.lists.undo_urls")),
    path("", include("aperto.web.home.urls")),
    path("", include("aperto.web.tasks.urls")),
    path("", include("aperto.web.pins.urls")),
    path("", include("aperto.web.live.urls")),
    path("", include("aperto.web.palette.urls")),
    path("", include("aperto.web.rich.urls")),
    path("", include("aperto.web.files.urls")),
    path("", include("aperto.web.calendar.urls")),
    path("", include("aperto.web.recurrence.urls")),
    path("", include("aperto.web.reminders.urls")),
    path("", include("aperto.web.forms.urls")),
    path("", include("aperto.web.transfers.urls")),
    path("", include("aperto.web.together.urls")),
    path("", include("aperto.web.records.urls")),
    path("", include("aperto.web.boards.urls")),
    path("", include("aperto.web.charts.urls")),
    path("", include("aperto.web.compare.urls")),
    path("", include("aperto.web.lists.urls")),
]
