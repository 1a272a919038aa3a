"""The product's addresses, and the floor's."""

from django.urls import path

from aperto.config.urls import handler400, handler403, handler404, handler500
from aperto.config.urls import urlpatterns as product
from bench.floor import floor

urlpatterns = [path("api/bench/floor", floor), *product]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
