"""All objects of the installation, by key: those that the code declares, as administrators have shaped them.

The declarations are closed once Django has loaded the models. What administrators add or change makes a
`Shape` beside them: a whole that never changes, so that a request works with one from beginning to end.
"""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from aperto.kernel.errors import Missing
from aperto.kernel.objects.declaration import ObjectType

if TYPE_CHECKING:
    from aperto.kernel.layouts.menu import MenuPlan


@dataclass(frozen=True)
class Shape:
    """All objects under one version; the blank version is what the code alone declares. `menus` are the
    navigation as administrators have arranged it, `off` the modules that they have switched off."""

    version: str = ""
    objects: Mapping[str, ObjectType] = field(default_factory=dict)
    menus: "tuple[MenuPlan, ...]" = ()
    off: frozenset[str] = frozenset()

    @cached_property
    def ordered(self) -> tuple[ObjectType, ...]:
        return tuple(sorted(self.objects.values(), key=lambda each: (each.order, each.key)))


class Registry:
    """Each thread holds a shape, so that another's new one does not change what it is just doing."""

    def __init__(self) -> None:
        self.declared: dict[str, ObjectType] = {}
        self._plain = self._newest = Shape()
        self._thread = threading.local()

    def add(self, declaration: ObjectType) -> None:
        held = self.declared.get(declaration.key)
        if held is not None and held.model.__qualname__ != declaration.model.__qualname__:
            raise ValueError(f"two objects are called {declaration.key!r}")
        self.declared[declaration.key] = declaration
        self._plain = self._newest = Shape(objects=self.declared)

    @property
    def shape(self) -> Shape:
        held: Shape | None = getattr(self._thread, "shape", None)
        return self._newest if held is None else held

    def take(self, shape: Shape | None, newest: bool = True) -> None:
        """This thread goes on with `shape`; None is what the code declares. Threads that hold none yet
        begin with the `newest`."""
        self._thread.shape = shape or self._plain
        if newest:
            self._newest = self._thread.shape

    def get(self, key: str) -> ObjectType:
        """The object called `key`; Missing when there is none, as for an unknown record."""
        try:
            return self.shape.objects[key]
        except KeyError:
            raise Missing(key) from None

    def current(self, declaration: ObjectType) -> ObjectType:
        """The object as it is shaped now."""
        return self.shape.objects.get(declaration.key, declaration)

    def __contains__(self, key: str) -> bool:
        return key in self.shape.objects

    def __iter__(self) -> Iterator[ObjectType]:
        return iter(self.shape.ordered)

    def activities(self) -> list[ObjectType]:
        return [each for each in self if each.activity]


registry = Registry()
