"""A row of the source as values of a record: each through the parser of its field, none lost in silence."""

import html
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from html.parser import HTMLParser
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.viewer import Viewer

PIECES = frozenset({"emails", "phones", "address", "money", "multi_select", "multi_reference"})
POINTING = frozenset({"reference", "multi_reference", "user"})
LISTED = frozenset({"emails", "phones"})
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol"})
UNREAD = frozenset({"style", "script", "head", "title"})
EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)

type Row = Mapping[str, str | None]
type Known = Mapping[str, tuple[str, UUID]]  # "table:key": object and record


@dataclass
class Reading:
    """What all rows of a source share: zone, country, and whether its texts are encoded for HTML."""

    zone: tzinfo
    viewer: Viewer
    encoded: bool
    options: dict[tuple[str, str], dict[str, str]] = field(
        default_factory=dict
    )  # (object, field): there, here
    untaken: Counter[tuple[str, str]] = field(default_factory=Counter)  # (object, field) of what did not fit
    examples: dict[tuple[str, str], str] = field(default_factory=dict)

    def moment(self, raw: str | None) -> datetime | None:
        """A moment of the source in UTC; what databases write for "never" is none."""
        if not raw or raw.startswith("0000"):
            return None
        try:
            moment = datetime.fromisoformat(raw[:26])
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone)
        try:
            return moment.astimezone(UTC)
        except OverflowError:
            return None

    def text(self, raw: str) -> str:
        return html.unescape(raw) if self.encoded and "&" in raw and ENTITY.search(raw) else raw

    def decoded(self, raw: Any) -> Any:
        """The same for what stands inside a JSON value."""
        if isinstance(raw, str):
            return self.text(raw)
        if isinstance(raw, dict):
            return {key: self.decoded(each) for key, each in raw.items()}
        return [self.decoded(each) for each in raw] if isinstance(raw, list) else raw

    def note(self, declaration: ObjectType, key: str, raw: str) -> None:
        place = (declaration.key, key)
        self.untaken[place] += 1
        self.examples.setdefault(place, raw[:80])


def reading_for(viewer: Viewer, zone: str, encoded: bool) -> Reading:
    """Figures and dates are written as databases write them; numbers are dialled in the viewer's country."""
    plain = replace(viewer, language="en", decimal=".", date_order="YMD", zone_name=zone)
    return Reading(ZoneInfo(zone), plain, encoded)


@dataclass
class Read:
    """The values of one row; `rest` are lines of what did not fit its field."""

    values: dict[str, Any] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)


class Values:
    """Reads the rows of one object."""

    def __init__(self, reading: Reading, declaration: ObjectType, html_keys: frozenset[str]) -> None:
        self.reading, self.declaration, self.html_keys = reading, declaration, html_keys
        self.fields, self.viewer = declaration.fields, reading.viewer

    def read(self, row: Row, known: Known) -> Read:
        made, viewer = Read(), self.reading.viewer
        self.viewer = replace(viewer, country=self._country(row) or viewer.country)
        for key, raw in row.items():
            if raw is None or raw in ("", "[]", "{}"):
                continue
            each = self.fields[key]
            try:
                value = self._value(each, raw, known, made)
            except (FieldError, ValueError, TypeError, KeyError, AttributeError):
                self._keep(made, each, raw)
            else:
                if value is not None:
                    made.values[key] = value
        self._add_rest(made)
        return made

    def _country(self, row: Row) -> str:
        """Numbers are dialled in the country of the address that stands beside them."""
        raw, place = row.get("address"), self.fields.get("address")
        if not raw or place is None or place.kind != "address" or "phones" not in row:
            return ""
        try:
            return str((place.parse(json.loads(raw), self.reading.viewer) or {}).get("country", ""))
        except FieldError:
            return ""

    def _value(self, each: Field, raw: str, known: Known, made: Read) -> Any:
        kind, reading = each.kind, self.reading
        if kind in POINTING:
            return self._pointed(each, raw, known)
        if kind in PIECES:
            return self._pieces(each, reading.decoded(json.loads(raw)), made)
        if kind == "datetime":
            moment = reading.moment(raw)
            return None if moment is None or moment < EARLIEST else moment
        if kind == "date":
            return None if raw.startswith("0000") else date.fromisoformat(raw[:10])
        if kind == "boolean":
            return raw.strip().lower() in ("1", "t", "true", "yes", "on", "y")
        text = reading.text(raw)
        if kind in ("select", "stage") and (chosen := reading.options.get((self.declaration.key, each.key))):
            return self._chosen(each, chosen[text])
        if each.key in self.html_keys:
            text = plain_of(text)
        return each.parse(text.replace("\0", ""), reading.viewer)

    def _chosen(self, each: Field, here: str) -> Any:
        return Ref("stage", UUID(here)) if each.kind == "stage" else here or None

    def _pointed(self, each: Field, raw: str, known: Known) -> Any:
        """Records that came along. What points at one that stayed behind points at nothing."""
        names = json.loads(raw) if raw.startswith("[") else [raw]
        allowed = getattr(each, "to", ()) or ("user",)
        refs = [Ref(*known[name]) for name in dict.fromkeys(names) if name and name in known]
        fitting = [ref for ref in refs if ref.object in allowed]
        if each.kind == "multi_reference":
            return fitting or None
        return fitting[0] if fitting else None

    def _pieces(self, each: Field, raw: Any, made: Read) -> Any:
        if each.kind == "multi_select":
            chosen = self.reading.options[self.declaration.key, each.key]
            return each.clean(list(dict.fromkeys(chosen[word] for word in raw if word)))
        if each.kind not in LISTED:
            return each.parse(raw, self.reading.viewer)
        entries: list[Any] = []
        seen: set[str] = set()
        for entry in raw:
            number = entry.get("address") or entry.get("number")
            if not number or number in seen:
                continue
            seen.add(number)
            try:
                entries += each.parse([entry], self.viewer) or []
            except FieldError:
                self._keep(made, each, str(number))
        return each.parse(entries, self.viewer) if entries else None

    def _keep(self, made: Read, each: Field, raw: str) -> None:
        self.reading.note(self.declaration, each.key, raw)
        made.rest.append(f"{each.label}: {raw}")

    def _add_rest(self, made: Read) -> None:
        """What did not fit its field is not thrown away: it stands in the text of the record."""
        place = next((key for key in ("description", "body") if key in self.fields), None)
        if made.rest and place:
            before = made.values.get(place)
            made.values[place] = "\n".join([*([before] if before else []), *made.rest])


class Plain(HTMLParser):
    """The text of a piece of HTML, with its paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in UNREAD
        if tag in BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in UNREAD))
        if tag in BREAKS and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def plain_of(text: str) -> str:
    """HTML as text; text without a tag stays as it is."""
    if "<" not in text and "&" not in text:
        return text
    parser = Plain()
    parser.feed(text)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
