"""E-mail addresses of a person or company, the primary one first."""

import re
import unicodedata
from collections.abc import Sequence
from html import escape
from typing import Any

import idna
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import controls
from aperto.kernel.fields.entries import BLANK, Entries, Entry
from aperto.kernel.fields.formats.words import FLAG, truth
from aperto.kernel.fields.text import needle, plain
from aperto.kernel.folding import fold
from aperto.kernel.viewer import Viewer

TYPES: dict[str, Message] = {
    "work": gettext_lazy("Work"),
    "home": gettext_lazy("Private"),
    "invoice": gettext_lazy("Invoices"),
    "other": gettext_lazy("Other"),
}
LOCAL = re.compile(r"[^\s@\"(),:;<>\[\\\]\x00-\x1f\x7f]+")
PLAIN_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII)
NAMED = re.compile(r"^(?P<name>[^<>]*)<(?P<address>[^<>]*)>$")
MARKED = re.compile(r"^(?P<address>.*?)\s*\((?P<marks>[^()]*)\)$")


def host_of(text: str, whole: str) -> str:
    """The domain in lower case, in the letters of its own script."""
    if PLAIN_HOST.fullmatch(plain_host := text.rstrip(".").lower()) and "--" not in plain_host:
        return plain_host  # most are; the tables of Unicode have nothing to say about them
    try:
        domain = idna.decode(idna.encode(text.rstrip("."), uts46=True, std3_rules=True))
    except (idna.IDNAError, UnicodeError):
        domain = ""
    last = domain.rpartition(".")[2]
    if "." not in domain or last.isdigit() or len(last) < 2:
        raise FieldError(
            _("“%(text)s”: “%(domain)s” is not a domain.") % {"text": whole[:80], "domain": text[:60]}
        )
    return domain


def address_of(raw: Any) -> str:
    """A checked address; the domain in lower case, the part before it as written."""
    text = unicodedata.normalize("NFC", plain(raw, 320) or "").removeprefix("mailto:").strip()
    named = NAMED.match(text)
    text = named["address"].strip() if named else text
    local, at, domain = text.rpartition("@")
    if not at:
        raise FieldError(_("“%(text)s” is not an e-mail address: it has no @.") % {"text": text[:80]})
    if not local or not LOCAL.fullmatch(local) or len(local) > 64 or ".." in f".{local}.":
        raise FieldError(
            _("“%(text)s” is not an e-mail address: look at the part before the @.") % {"text": text[:80]}
        )
    address = f"{local}@{host_of(domain, text)}"
    if len(address) > 254:
        raise FieldError(_("An e-mail address has at most 254 characters."))
    return address


def ascii_form(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    if domain.isascii():
        return f"{fold(local)}@{domain}"
    return f"{fold(local)}@{idna.encode(domain, uts46=True).decode()}"


class Emails(Entries):
    """A list of {address, type, primary, opt_out, invalid}."""

    kind = "emails"
    label_of_kind = gettext_lazy("E-mail addresses")
    explained = gettext_lazy("E-mail addresses, each with a label.")
    icon = "mail"
    main = "address"
    flags = ("primary", "opt_out", "invalid")
    told_by_title = False

    def naming(self, value: Any) -> str:
        """What stands before the "@" of the primary one: who may not see the address may see titles."""
        return super().naming(value).partition("@")[0]

    def entry(self, raw: Entry) -> Entry:
        type_ = "work" if raw.get("type") in BLANK else raw["type"]
        if not isinstance(type_, str) or type_ not in TYPES:
            raise FieldError(_("“%(type)s” is not a type of e-mail address.") % {"type": str(type_)[:60]})
        return {
            "address": address_of(raw.get("address")),
            "type": type_,
            **{flag: truth(raw.get(flag)) for flag in self.flags},
        }

    def words(self, value: Sequence[Entry]) -> list[str]:
        return [fold(entry["address"]) for entry in value]

    def same(self, entry: Entry) -> Any:
        return fold(entry["address"])

    def parse(self, raw: Any, viewer: Viewer) -> list[Entry] | None:
        """ "jo@x.nl; Jo <jo@home.nl> (home, opt_out)", or rows of the editor."""
        if not isinstance(raw, str):
            return self.clean(raw)
        pieces = re.split(r"[;\n]|,(?![^()]*\))", self.bounded(raw))
        return self.clean([self.read(piece) for piece in pieces if piece.strip()])

    def read(self, text: str) -> Entry:
        marked = MARKED.match(text.strip())
        if not marked:
            return {"address": text.strip()}
        marks = {fold(mark) for mark in marked["marks"].split(",")}
        unknown = marks - set(TYPES) - set(self.flags)
        if unknown:
            raise FieldError(_("“%(text)s” is not an e-mail address.") % {"text": text.strip()[:80]})
        types = sorted(marks & set(TYPES))
        flags = {flag: flag in marks for flag in self.flags}
        return {"address": marked["address"], "type": types[0] if types else "", **flags}

    def export(self, value: Any) -> str:
        return "; ".join(self.written(entry) for entry in value or ())

    def written(self, entry: Entry) -> str:
        marks = [entry["type"]] if entry["type"] != "work" else []
        marks += [flag for flag in ("opt_out", "invalid") if entry[flag]]
        return str(entry["address"]) + (f" ({', '.join(marks)})" if marks else "")

    def text(self, value: Any, viewer: Viewer) -> str:
        return ", ".join(entry["address"] for entry in value or ())

    def cell(self, value: Any, viewer: Viewer) -> str:
        """The primary address, and how many more there are."""
        if not value:
            return ""
        more = f' <span class="faint">+{len(value) - 1}</span>' if len(value) > 1 else ""
        return self.linked(value[0]) + more

    def linked(self, entry: Entry) -> str:
        shown = escape(entry["address"])
        if entry.get("invalid"):
            return f'<s title="{escape(_("Does not arrive"))}">{shown}</s>'
        return f'<a href="mailto:{shown}">{shown}</a>'

    def display(self, value: Any, viewer: Viewer) -> str:
        return "<br>".join(self.described(entry) for entry in value or ())

    def described(self, entry: Entry) -> str:
        notes = [str(TYPES.get(entry["type"], entry["type"]))] + (
            [_("No mailings")] if entry["opt_out"] else []
        )
        return f'{self.linked(entry)} <span class="faint">{escape(", ".join(notes))}</span>'

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        blank: Entry = {"address": "", "type": "work", "primary": False, "opt_out": False, "invalid": False}
        lines = [self.row(entry, name, str(number)) for number, entry in enumerate(value or [blank])]
        return controls.rows(self.kind, name, lines, self.row(blank, name, "__n__"), attributes)

    def row(self, entry: Entry, name: str, number: str) -> controls.Line:
        place, label = f"{name}.{number}", controls.label_of
        address = controls.text_input(
            "email", f"{place}.address", entry["address"], f'{label(_("E-mail address"))} autocomplete="off"'
        )
        kind = controls.select_box(f"{place}.type", TYPES.items(), [entry["type"]], label(_("Type")))
        flags = "".join(
            f"<label>{controls.check_box(f'{place}.{flag}', entry[flag])} {escape(words)}</label>"
            for flag, words in (("opt_out", _("No mailings")), ("invalid", _("Does not arrive")))
        )
        return controls.Line(address + kind + controls.primary_box(name, number, entry["primary"]), flags)

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> str:
        return fold(needle(raw))

    def schema(self) -> dict[str, Any]:
        properties = {
            "address": {"type": "string", "format": "email"},
            "type": {"enum": [*TYPES, *BLANK]},
        }
        item = {
            "type": "object",
            "required": ["address"],
            "properties": properties | dict.fromkeys(self.flags, FLAG),
        }
        return {"type": "array", "maxItems": 50, "items": item}

    def sample(self, n: int) -> list[Entry]:
        first = {"address": f"person{n}@example.com", "primary": True}
        second = {"address": f"person{n}@home.example", "type": "home", "opt_out": n % 4 == 0}
        return self.clean([first, second] if n % 3 == 0 else [first]) or []

    def search_text(self, value: Any) -> str:
        return " ".join(entry["address"] for entry in value or ())

    def match_keys(self, value: Any) -> tuple[str, ...]:
        return tuple(ascii_form(entry["address"]) for entry in value or ())
