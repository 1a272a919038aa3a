"""A browser and its system, as far as its own words tell."""

from dataclasses import dataclass

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    browser: str
    system: str

    @property
    def handheld(self) -> bool:
        return self.system in {"iPhone", "iPad", "Android"}


def device(agent: str) -> Device:
    return Device(_first(BROWSERS, agent), _first(SYSTEMS, agent))


def _first(marks: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in marks if mark in agent), "")
