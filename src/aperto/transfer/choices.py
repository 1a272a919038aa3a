"""What the person decided about an import; kept with the run as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Literal, Self, cast

from django.utils.translation import gettext_lazy as _

from aperto.kernel.viewer import DateOrder, Viewer

type Decimal = Literal[".", ",", ""]


class Mode(StrEnum):
    """What becomes of a row whose record is there already."""

    SKIP = "skip"
    UPDATE = "update"
    CREATE = "create"


MODE_LABELS = {
    Mode.SKIP: _("Leave existing records as they are"),
    Mode.UPDATE: _("Update existing records"),
    Mode.CREATE: _("Create every row as a new record"),
}


@dataclass(frozen=True)
class Format:
    """How a column writes numbers and dates, and from which country its phone numbers are dialled.

    What is blank follows from the language and country of whoever imports."""

    decimal: Decimal = ""
    dates: str = ""
    country: str = ""

    def of(self, viewer: Viewer) -> Viewer:
        known = viewer.with_format(self.decimal, cast("DateOrder | None", self.dates or None))
        return replace(known, country=self.country) if self.country else known


@dataclass(frozen=True)
class Choices:
    """`mapping` and `formats` by the place of the column. `blanks`: an empty cell empties the field of an
    existing record. `replaces`: lists (e-mails, phones, links) become what the file says, else they grow.
    `lenient`: a cell that cannot be read is left out, else it stops its row."""

    mapping: Mapping[int, str] = field(default_factory=dict)
    formats: Mapping[int, Format] = field(default_factory=dict)
    match: tuple[str, ...] = ()
    mode: Mode = Mode.SKIP
    create_missing: bool = True
    blanks: bool = False
    replaces: bool = False
    lenient: bool = False

    @property
    def finds(self) -> tuple[str, ...]:
        """The fields by which existing records are found."""
        return () if self.mode is Mode.CREATE else self.match

    def to_json(self) -> dict[str, Any]:
        plain = asdict(self)
        for key in ("mapping", "formats"):
            plain[key] = {str(place): value for place, value in plain[key].items()}
        return plain | {"mode": str(self.mode), "match": list(self.match)}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        return cls(
            mapping={int(place): target for place, target in plain.get("mapping", {}).items()},
            formats={int(place): Format(**each) for place, each in plain.get("formats", {}).items()},
            match=tuple(plain.get("match", ())),
            mode=Mode(plain.get("mode", Mode.SKIP)),
            **{key: bool(plain.get(key, key == "create_missing")) for key in FLAGS},
        )


FLAGS = ("create_missing", "blanks", "replaces", "lenient")
