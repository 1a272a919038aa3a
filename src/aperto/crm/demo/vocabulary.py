"""The shape of the words that a demonstration company speaks; one module per language fills it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """`phone` is the number up to its last four digits, in a range that rings nowhere or is reserved."""

    city: str
    postal_code: str
    country: str
    phone: str
    region: str = ""


@dataclass(frozen=True)
class Vocabulary:
    organisation: str
    country: str
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    company_starts: tuple[str, ...]
    company_ends: tuple[str, ...]
    streets: tuple[str, ...]
    places: tuple[Place, ...]
    job_titles: tuple[str, ...]
    offers: tuple[str, ...]  # names of deals
    details: tuple[str, ...]  # added to an offer: "phase 2"
    interests: tuple[str, ...]
    tasks: tuple[str, ...]
    meetings: tuple[str, ...]
    calls: tuple[str, ...]  # what was said
    notes: tuple[str, ...]
    next_steps: tuple[str, ...]
    products: tuple[tuple[str, str, int, str], ...]  # name, code, price, unit
    teams: tuple[str, ...]
