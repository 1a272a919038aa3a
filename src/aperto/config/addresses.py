"""Addresses that were found once: a page stands behind some two hundred patterns that Django tries in turn,
which for a short answer is a tenth of its cost.

What an address leads to depends on nothing but the address. One that leads nowhere, or is long, is looked up
each time.
"""

from functools import lru_cache
from typing import Any

from django.urls import URLResolver
from django.urls.resolvers import ResolverMatch, RoutePattern

KEPT = 2_000
LONGEST = 120


class Remembering(URLResolver):
    """The patterns of a module of addresses, as `path("", include(module))` has them."""

    def __init__(self, module: str) -> None:
        super().__init__(RoutePattern("", is_endpoint=False), module)
        self.known = lru_cache(maxsize=KEPT)(self._found)

    def resolve(self, path: Any) -> ResolverMatch:
        text = str(path)
        return self.known(text) if len(text) <= LONGEST else super().resolve(text)

    def _found(self, path: str) -> ResolverMatch:
        match = super().resolve(path)
        match.tried = None  # for pages that look for a mistake in addresses; it would be copied each time
        return match
