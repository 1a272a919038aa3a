"""The systems that can move in: one folder for each, found by itself. See docs/developer/add-an-importer.md."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from aperto.transfer.moving.mapping import System
from aperto.transfer.sources.spool import Spool


@cache
def all_systems() -> tuple[System, ...]:
    names = sorted(module.name for module in iter_modules(__path__) if module.ispkg)
    return tuple(import_module(f"{__name__}.{name}").SYSTEM for name in names)


def recognised(spool: Spool) -> System | None:
    """The system whose tables these are: the one of which the most marks are there, and none is missing."""
    fitting = [system for system in all_systems() if spool.has(*system.marks)]
    return max(fitting, key=lambda system: len(system.marks), default=None)


def by_key(key: str) -> System | None:
    return next((system for system in all_systems() if system.key == key), None)
