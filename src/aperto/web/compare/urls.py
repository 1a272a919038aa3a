"""The address of comparing; it begins with the key of an object."""

from django.urls import path

from aperto.web.compare import page

urlpatterns = [path("<slug:object_key>/compare", page.compare, name="compare")]
