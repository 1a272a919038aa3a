"""A place on the globe: latitude and longitude in degrees, to about ten centimetres."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import operators
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.fields.decimal import exact
from aperto.kernel.fields.formats.numbers import check_range, write_plain
from aperto.kernel.query.engines.json_path import Cast
from aperto.kernel.viewer import Viewer

DIGITS = 6
FIGURE = r"(\d{1,3})(?:[.,](\d{1,15}))?"
MINUTES = (
    r"(?:\s*°\s*(?:(\d{1,2}(?:[.,]\d{1,10})?)\s*['′]\s*(?:(\d{1,2}(?:[.,]\d{1,10})?)\s*(?:\"|″|'')\s*)?)?)?"
)
ANGLE = re.compile(rf"([-+−NSEWnsew]?)\s*{FIGURE}{MINUTES}\s*([NSEWOLnsewol]?)")
SOUTH_OR_WEST = set("-−SsWwOo")  # O: ouest, oeste


@dataclass(frozen=True)
class Point:
    latitude: Decimal
    longitude: Decimal


def column(the_field: Field) -> "models.Field[Any, Any]":
    return models.DecimalField(max_digits=9, decimal_places=DIGITS, null=True)


def angle(found: re.Match[str]) -> Decimal:
    """Degrees of "52.37", "N 52.37", "52°22'12\" N"."""
    before, whole, part, minutes, seconds, after = found.groups()
    degrees = Decimal(f"{whole}.{part or 0}")
    degrees += Decimal((minutes or "0").replace(",", ".")) / 60
    degrees += Decimal((seconds or "0").replace(",", ".")) / 3600
    return -degrees if (before or after or "+") in SOUTH_OR_WEST else degrees


class GeoPoint(Field):
    """The value is a `Point`."""

    kind = "geo_point"
    label_of_kind = gettext_lazy("Place on the map")
    explained = gettext_lazy("A place by latitude and longitude.")
    icon = "map"
    parts = (
        Part("_lat", column, Cast.NUMBER, dump=write_plain, load=Decimal),
        Part("_lon", column, Cast.NUMBER, dump=write_plain, load=Decimal),
    )
    operators = operators.PRESENCE
    filter_suffix = "_lat"
    sort_suffix = None

    def split(self, value: Any) -> tuple[Any, ...]:
        return (None, None) if value is None else (value.latitude, value.longitude)

    def join(self, parts: Sequence[Any]) -> Any:
        return None if parts[0] is None or parts[1] is None else Point(*parts)

    def clean(self, value: Any) -> Point | None:
        """A Point, {"lat": …, "lon": …}, or a pair."""
        if value is None or value == "":
            return None
        if isinstance(value, Point):
            pair: Sequence[Any] = (value.latitude, value.longitude)
        elif isinstance(value, dict):
            pair = (value.get("lat"), value.get("lon"))
        elif isinstance(value, list | tuple) and len(value) == 2:
            pair = value
        else:
            raise FieldError(_("A latitude and a longitude are expected here."))
        return Point(self.checked(pair[0], 90), self.checked(pair[1], 180))

    def checked(self, raw: Any, most: int) -> Decimal:
        number = exact(raw)
        if not number.is_finite():
            raise FieldError(_("A number is expected here."))
        return round(check_range(number, Decimal(-most), Decimal(most)), DIGITS) + 0

    def parse(self, raw: Any, viewer: Viewer) -> Point | None:
        """ "52.37, 4.89", "52,37; 4,89", "N 52.37 E 4.89", "52°22'12\" N 4°53'24\" E"."""
        if not isinstance(raw, str):
            return self.clean(raw)
        text = raw.strip().strip("()")
        if not text:
            return None
        unclear = FieldError(_("“%(text)s” is no place. Write it like 52.37, 4.89.") % {"text": text[:60]})
        found = None if len(text) > 100 else self.pair(text)
        if not found:
            raise unclear
        first, second = found
        letters = ((first[1] or first[6]).upper(), (second[1] or second[6]).upper())
        if letters[0] in set("EWOL") and letters[1] in set("NS"):
            first, second = second, first
        return self.clean((angle(first), angle(second)))

    def pair(self, text: str) -> tuple[re.Match[str], re.Match[str]] | None:
        """The two halves, wherever they part: at a semicolon, a comma with a blank, a comma, a blank."""
        for divider in (r"\s*;\s*", r",\s+", r",", r"\s+", r"(?<=[NSns])\s*"):
            for gap in re.finditer(divider, text):
                first, second = ANGLE.fullmatch(text[: gap.start()]), ANGLE.fullmatch(text[gap.end() :])
                if first and second:
                    return first, second
        return None

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else self.export(value)

    def export(self, value: Any) -> str:
        return "" if value is None else f"{short(value.latitude)}, {short(value.longitude)}"

    def to_json(self, value: Any) -> dict[str, float] | None:
        """Floating numbers, as every map expects; six digits survive them."""
        return None if value is None else {"lat": float(value.latitude), "lon": float(value.longitude)}

    def cell(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else escape(self.export(value))

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        return self.input("text", self.export(value), name, f'autocomplete="off" {attributes}')

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["lat", "lon"],
            "properties": {
                "lat": {"type": "number", "minimum": -90, "maximum": 90},
                "lon": {"type": "number", "minimum": -180, "maximum": 180},
            },
        }

    def sample(self, n: int) -> Point:
        latitude = Decimal(n * 37 % 1000) / 1000 + 52
        return Point(round(latitude, DIGITS), round(Decimal(n) / 1000 % 180, DIGITS))

    def search_text(self, value: Any) -> str:
        return ""


def short(number: Decimal) -> str:
    text = write_plain(number)
    return text.rstrip("0").rstrip(".") if "." in text else text
