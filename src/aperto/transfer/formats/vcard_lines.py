"""The lines of a vCard (2.1, 3.0, 4.0) as properties: unfolded, decoded, without their backslashes.

Our own reader, because the libraries that are kept up know version 3 alone; it writes nothing and follows
no address that a card names.
"""

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from aperto.transfer.reading import Unreadable

LONGEST_LINE = 16 << 20  # a photograph
LONGEST_KEPT = 64 << 10  # of a property that is kept
MOST_PROPERTIES = 2_000
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
BARE_TYPES = frozenset(
    ["home", "work", "cell", "mobile", "fax", "pager", "voice", "pref", "internet", "msg", "dom", "intl",
     "postal", "parcel", "video", "iphone"]
)  # fmt: skip
UNKEPT = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "AGENT"})


@dataclass
class Property:
    name: str
    text: str
    types: frozenset[str] = frozenset()

    @property
    def plain(self) -> str:
        return unescaped(self.text).strip()

    def parts(self, mark: str = ";") -> list[str]:
        """The components, cut where the mark has no backslash before it."""
        return [unescaped(each).strip() for each in re.split(rf"(?<!\\){mark}", self.text)]


@dataclass
class Card:
    properties: list[Property] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """Preferred ones first."""
        found = [each for each in self.properties if each.name == name and each.plain]
        return sorted(found, key=lambda each: "pref" not in each.types)

    def first(self, name: str) -> Property | None:
        return next(iter(self.all(name)), None)

    def text(self, name: str) -> str:
        found = self.first(name)
        return found.plain if found else ""


def unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def cards(lines: Iterable[str]) -> Iterator[Card]:
    """Each card as it ends; what stands between cards, and cards within cards, is passed over."""
    card: Card | None = None
    depth = 0
    for line in unfolded(lines):
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            depth += 1
            card = Card() if depth == 1 else card
        elif word == "END:VCARD":
            depth -= 1
            if depth == 0 and card is not None:
                yield card
                card = None
        elif card is not None and depth == 1 and (found := property_of(line)):
            if len(card.properties) >= MOST_PROPERTIES:
                raise Unreadable(_("A card has more than 2,000 lines."))
            card.properties.append(found)
    if card is not None:
        raise Unreadable(_("The last card has no end; the file seems to be cut off."))


def unfolded(lines: Iterable[str]) -> Iterator[str]:
    """Logical lines: a blank before a line continues the last one, and so does = at the end of
    quoted-printable text."""
    held = ""
    for raw in lines:
        line = raw.rstrip("\r\n")
        if held and line[:1] in (" ", "\t") and not _is_quoted(held):
            held = _longer(held, line[1:])
        elif held.endswith("=") and _is_quoted(held):
            held = _longer(held[:-1], line)
        else:
            if held:
                yield held
            held = line
    if held:
        yield held


def _longer(held: str, more: str) -> str:
    if len(held) + len(more) > LONGEST_LINE:
        raise Unreadable(_("A line of the card is too long."))
    return held + more if len(held) < LONGEST_KEPT or not _is_unkept(held) else held


def _is_unkept(line: str) -> bool:
    return re.split(r"[;:]", line[:40], maxsplit=1)[0].rpartition(".")[2].upper() in UNKEPT


def _is_quoted(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line[:200].partition(":")[0].upper()


def property_of(line: str) -> Property | None:
    """None for what is no property, or one that no column could hold."""
    head, colon, value = _cut(line)
    name, *parameters = head.split(";")
    name = name.rpartition(".")[2].strip().upper()
    if not colon or not name or name in UNKEPT:
        return None
    kinds: set[str] = set()
    charset, quoted = "utf-8", False
    for parameter in parameters:
        key, equals, said = parameter.partition("=")
        key, said = key.strip().upper(), said.strip().strip('"')
        if key == "TYPE" or (not equals and key.lower() in BARE_TYPES):
            kinds |= {each.strip().lower() for each in (said if equals else key).split(",")}
        elif key == "PREF":
            kinds.add("pref")
        elif key == "CHARSET":
            charset = said
        elif "QUOTED-PRINTABLE" in (key, said.upper()):
            quoted = True
    return Property(name, _decoded(value[:LONGEST_KEPT], charset) if quoted else value[:LONGEST_KEPT],
                    frozenset(kinds))  # fmt: skip


def _cut(line: str) -> tuple[str, str, str]:
    """The head and the value at the first colon outside quotation marks."""
    within = False
    for place, letter in enumerate(line[:2_000]):
        if letter == '"':
            within = not within
        elif letter == ":" and not within:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _decoded(text: str, charset: str) -> str:
    octets = quopri.decodestring(text.encode("utf-8", "replace"))
    try:
        return octets.decode(charset, "replace")
    except (LookupError, ValueError):
        return octets.decode("utf-8", "replace")
