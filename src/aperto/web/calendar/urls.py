"""Addresses of calendars."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from aperto.web.calendar import move, page
from aperto.web.calendar.feeds import pages as feeds
from aperto.web.calendar.hours import pages as hours
from aperto.web.people import settings_nav
from aperto.web.people.settings_nav import YOU, SettingsPage

for entry in (
    SettingsPage("own_hours", _("Working hours"), "clock", 15, YOU, administered=False),
    SettingsPage("calendar_feeds", _("Calendar feeds"), "calendar", 32, YOU, administered=False),
    SettingsPage("organisation_hours", _("Working hours"), "clock", 15),
):
    settings_nav.add(entry)

urlpatterns = [
    path("profile/working-hours", hours.own, name="own_hours"),
    path("settings/working-hours", hours.of_organisation, name="organisation_hours"),
    path("profile/calendar-feeds", feeds.show, name="calendar_feeds"),
    path("profile/calendar-feeds/new", feeds.create, name="create_calendar_feed"),
    path("profile/calendar-feeds/<uuid:feed>/revoke", feeds.revoke, name="revoke_calendar_feed"),
    path("calendar/feed/<str:secret>.ics", feeds.read, name="calendar_feed"),
    path("calendar", page.show, name="calendar"),
    path("<slug:object_key>/calendar", page.of_object, name="list_calendar"),
    path("<slug:object_key>/calendar/move/<uuid:record>", move.move, name="calendar_move"),
]
