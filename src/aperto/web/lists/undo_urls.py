"""Addresses of taking back; they stand before those that begin with any object's key."""

from django.urls import path

from aperto.web.lists import undo

urlpatterns = [
    path("undo/<uuid:change>", undo.one, name="undo"),
    path("undo/batch/<uuid:batch>", undo.batch, name="undo_batch"),
]
