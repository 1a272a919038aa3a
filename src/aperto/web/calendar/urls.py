"""Addresses of calendars."""

from django.urls import path

from aperto.web.calendar import move, page

urlpatterns = [
    path("calendar", page.show, name="calendar"),
    path("<slug:object_key>/calendar", page.of_object, name="list_calendar"),
    path("<slug:object_key>/calendar/move/<uuid:record>", move.move, name="calendar_move"),
]
