"""Addresses of timelines."""

from django.urls import path

from aperto.web.lanes import page

urlpatterns = [path("<slug:object_key>/timeline", page.show, name="timeline")]
