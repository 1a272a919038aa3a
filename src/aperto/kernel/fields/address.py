"""A postal address, in the order of its country."""

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import orjson
from django.db import models
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import controls, operators
from aperto.kernel.fields.base import Field, Part, or_none
from aperto.kernel.fields.formats.places import countries, country_name, country_of, lines_of
from aperto.kernel.fields.text import needle, plain
from aperto.kernel.folding import fold
from aperto.kernel.query.engines.json_path import Cast
from aperto.kernel.viewer import Viewer

LONGEST = {"street": 500, "postal_code": 30, "city": 150, "region": 150, "country": 80}
LABELS: dict[str, Message] = {
    "street": gettext_lazy("Street"),
    "postal_code": gettext_lazy("Postal code"),
    "city": gettext_lazy("City"),
    "region": gettext_lazy("Region"),
    "country": gettext_lazy("Country"),
}
BAR = re.compile(r"(?<!\\)\|")
DUTCH = re.compile(r"(\d{4})\s*([A-Za-z]{2})")

type Pieces = dict[str, str]


class Address(Field):
    """{street, postal_code, city, region, country}: a street of one or more lines, a country by its code."""

    kind = "address"
    label_of_kind = gettext_lazy("Address")
    explained = gettext_lazy("Street, postcode, town and country.")
    icon = "map-pin"
    parts = (
        Part("", lambda field: models.JSONField(null=True), Cast.RAW),
        Part("_text", lambda field: models.CharField(max_length=1_500, null=True)),
        Part("_country", lambda field: models.CharField(max_length=2, null=True, db_index=field.indexed)),
        Part(
            "_city_folded", lambda field: models.CharField(max_length=200, null=True, db_index=field.indexed)
        ),
    )
    operators = ("contains", "not_contains", *operators.PRESENCE)
    filter_suffix = "_text"
    sort_suffix = "_city_folded"

    def split(self, value: Any) -> tuple[Any, ...]:
        if not value:
            return (None, None, None, None)
        words = [*(value[name] for name in LABELS), country_name(value["country"], "en")]
        city = fold(value["city"])[:200] or None
        return (dict(value), fold(" ".join(words))[:1_500], value["country"] or None, city)

    def join(self, parts: Sequence[Any]) -> Any:
        return parts[0] or None

    def json_of_first_part(self) -> Callable[[Any], Any]:
        return or_none

    def clean(self, value: Any) -> Pieces | None:
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise FieldError(
                _("An address with street, postal_code, city, region and country is expected here.")
            )
        unknown = [str(name) for name in value if name not in LABELS]
        if unknown:
            raise FieldError(_("An address has no “%(name)s”.") % {"name": unknown[0][:60]})
        pieces = {name: self.piece(name, value.get(name)) for name in LABELS}
        pieces["country"] = country_of(pieces["country"])
        pieces["postal_code"] = postal_code(pieces["postal_code"], pieces["country"])
        return pieces if any(pieces.values()) else None

    def piece(self, name: str, raw: Any) -> str:
        text = plain(raw, LONGEST[name]) or ""
        lines = [" ".join(line.split()) for line in text.splitlines()]
        return ("\n" if name == "street" else " ").join(line for line in lines if line)

    def parse(self, raw: Any, viewer: Viewer) -> Pieces | None:
        """Five pieces between bars, the JSON form, or free text, which stays together as the street."""
        if not isinstance(raw, str):
            return self.clean(raw)
        text = raw.strip()
        pieces = [piece.replace("\\|", "|").strip() for piece in BAR.split(text)]
        if len(pieces) == len(LABELS):
            return self.clean(dict(zip(LABELS, pieces, strict=True)))
        if text.startswith("{"):
            try:
                return self.clean(orjson.loads(text))
            except ValueError:
                raise FieldError(_("This is not an address.")) from None
        return self.clean({"street": text}) if text else None

    def read_form(self, post: QueryDict, name: str) -> Any:
        return {piece: post.get(f"{name}.{piece}", "") for piece in LABELS}

    def lines(self, value: Pieces, viewer: Viewer) -> list[str]:
        """As on an envelope; the country only where it is not the viewer's."""
        country = value["country"]
        abroad = [country_name(country, viewer.locale)] if country and country != viewer.country else []
        return lines_of(value, country or viewer.country) + abroad

    def text(self, value: Any, viewer: Viewer) -> str:
        return ", ".join(self.lines(value, viewer)) if value else ""

    def export(self, value: Any) -> str:
        return " | ".join(value[name].replace("|", "\\|") for name in LABELS) if value else ""

    def cell(self, value: Any, viewer: Viewer) -> str:
        return escape(self.text(value, viewer))

    def display(self, value: Any, viewer: Viewer) -> str:
        return "<br>".join(escape(line) for line in self.lines(value, viewer)) if value else ""

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        held = value or dict.fromkeys(LABELS, "") | {"country": viewer.country}

        def control(piece: str, given: str = "") -> SafeString:
            label = given or controls.label_of(LABELS[piece])
            hint = f'placeholder="{escape(str(LABELS[piece]))}" autocomplete="off"'
            return controls.text_input("text", f"{name}.{piece}", held[piece], f"{label} {hint}")

        street = controls.text_area(f"{name}.street", held["street"], f'rows="2" {attributes}')
        country = controls.select_box(
            f"{name}.country",
            [("", "–"), *countries(viewer.locale)],
            [held["country"]],
            controls.label_of(LABELS["country"]),
        )
        rest = [control(piece) for piece in ("postal_code", "city", "region")]
        return controls.group(street, *rest, country, kind=self.kind)

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> str:
        return needle(raw)

    def argument(self, value: Any) -> Any:
        return fold(value) if isinstance(value, str) else self.split(value)[1]

    def schema(self) -> dict[str, Any]:
        properties = {name: {"type": "string", "maxLength": LONGEST[name]} for name in LABELS}
        properties["country"] = {"type": "string", "pattern": "^([A-Z]{2})?$"}
        return {"type": "object", "additionalProperties": False, "properties": properties}

    def sample(self, n: int) -> Pieces:
        streets = ("Keizersgracht", "Rua do Ouro", "Rue de Rivoli", "High Street")
        cities = (
            ("1015 CJ", "Amsterdam", "NL"),
            ("1100-060", "Lisboa", "PT"),
            ("75001", "Paris", "FR"),
            ("SW1A 1AA", "London", "GB"),
        )
        code, city, country = cities[n % 4]
        street = f"{streets[n % 4]} {n + 1}"
        return {"street": street, "postal_code": code, "city": city, "region": "", "country": country}

    def search_text(self, value: Any) -> str:
        return " ".join(value[name] for name in LABELS if name != "country") if value else ""


def postal_code(text: str, country: str) -> str:
    """In capitals, with the blank that the Netherlands write; a wrong one is kept, people know better."""
    dutch = DUTCH.fullmatch(text) if country == "NL" else None
    return f"{dutch[1]} {dutch[2].upper()}" if dutch else text.upper()
