"""Addresses that scripts ask when a stream says that something has happened."""

from django.urls import path

from aperto.web.live import cards, here, record, rows, ticket

urlpatterns = [
    path("now/ticket", ticket.show, name="live_ticket"),
    path("now/<slug:object_key>/rows", rows.show, name="live_rows"),
    path("now/<slug:object_key>/cards", cards.show, name="live_cards"),
    path("now/<slug:object_key>/<uuid:record>", record.show, name="live_record"),
    path("now/<slug:object_key>/<uuid:record>/here", here.show, name="live_here"),
]
