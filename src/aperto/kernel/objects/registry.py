"""All objects of the installation, by key. Filled as Django loads the models; closed after that."""

from collections.abc import Iterator

from aperto.kernel.errors import Missing
from aperto.kernel.objects.declaration import ObjectType


class Registry:
    def __init__(self) -> None:
        self._objects: dict[str, ObjectType] = {}

    def add(self, declaration: ObjectType) -> None:
        held = self._objects.get(declaration.key)
        if held is not None and held.model.__qualname__ != declaration.model.__qualname__:
            raise ValueError(f"two objects are called {declaration.key!r}")
        self._objects[declaration.key] = declaration

    def get(self, key: str) -> ObjectType:
        """The object called `key`; Missing when there is none, as for an unknown record."""
        try:
            return self._objects[key]
        except KeyError:
            raise Missing(key) from None

    def __contains__(self, key: str) -> bool:
        return key in self._objects

    def __iter__(self) -> Iterator[ObjectType]:
        return iter(sorted(self._objects.values(), key=lambda each: (each.order, each.key)))

    def activities(self) -> list[ObjectType]:
        return [each for each in self if each.activity]


registry = Registry()
