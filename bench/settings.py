"""The product's settings, and one address more: the floor that the API is compared with."""

from aperto.config.settings import *  # noqa: F403  (a settings module that extends another has no other way)

ROOT_URLCONF = "bench.urls"
