"""Which values of a record a machine has filled in: their source, when, and how sure it was. Each write keeps
it with the values (see `changes.provenance`); nobody writes it by hand."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any, Self

from django.utils.translation import gettext as _

from aperto.kernel.fields.formats.times import write_moment
from aperto.kernel.fields.json import Json
from aperto.kernel.viewer import Viewer

if TYPE_CHECKING:
    from aperto.kernel.objects.declaration import ObjectType

FILLED = "filled_by"


@dataclass(frozen=True)
class Mark:
    """Of one field. `confidence` is in percent, where the source says it."""

    field: str
    source: str
    at: datetime
    confidence: int | None = None

    def said(self, viewer: Viewer) -> str:
        words = {"source": self.source, "moment": write_moment(self.at, viewer), "sure": self.confidence}
        if self.confidence is None:
            return _("From %(source)s on %(moment)s") % words
        return _("From %(source)s on %(moment)s, %(sure)s%% sure") % words


def marks(value: Any) -> dict[str, Mark]:
    """By field; what cannot be read is left out."""
    raw = value if isinstance(value, Mapping) else {}
    return {each.field: each for each in _read(raw)}


def _read(raw: Mapping[str, Any]) -> Iterable[Mark]:
    for key, held in raw.items():
        try:
            yield Mark(key, held["source"], datetime.fromisoformat(held["at"]), held.get("confidence"))
        except (KeyError, TypeError, ValueError, AttributeError):
            continue


class FilledBy(Json):
    """Beside the kinds: administrators add none. In words it names each field with its source."""

    addable = False
    declaration: "ObjectType | None" = None

    def of_object(self, declaration: "ObjectType") -> Self:
        other = copy(self)
        other.declaration = declaration
        return other

    def text(self, value: Any, viewer: Viewer) -> str:
        fields = self.declaration.fields if self.declaration else {}
        return "; ".join(
            f"{fields[key].label if key in fields else key}: {each.said(viewer)}"
            for key, each in marks(value).items()
        )

    def cell(self, value: Any, viewer: Viewer) -> str:
        return escape(self.text(value, viewer))

    display = cell
