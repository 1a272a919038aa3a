"""Addresses of pinned views."""

from django.urls import path

from aperto.web.pins import pages

urlpatterns = [
    path("pins", pages.show, name="pins"),
    path("pins/order", pages.order, name="order_pins"),
    path("pins/<uuid:view>", pages.pin, name="pin_view"),
    path("pins/<uuid:view>/remove", pages.unpin, name="unpin_view"),
]
