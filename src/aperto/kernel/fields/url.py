"""The address of a web page."""

import ipaddress
import re
import unicodedata
from html import escape
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

import idna
from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import operators
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.fields.text import needle, plain
from aperto.kernel.folding import fold
from aperto.kernel.viewer import Viewer

LONGEST = 2_000
FOLDED = 500
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
PORT = re.compile(r"[^/?#@]+:\d{1,5}(?:[/?#]|$)")
FORBIDDEN = re.compile(r"[\s\x00-\x1f\x7f\\<>\"`{}|^]")


def address_of(text: str) -> str:
    """A checked address: http or https, a real host, nobody's password."""
    if FORBIDDEN.search(text) or any(unicodedata.category(letter) in ("Cc", "Cf") for letter in text):
        raise FieldError(_("A web address holds no blanks and no special characters."))
    scheme = SCHEME.match(text)
    if not scheme or PORT.match(text):
        text = f"https://{text.removeprefix('//')}"
    elif scheme[1].lower() not in ("http", "https"):
        raise FieldError(_("Only addresses of web pages (http and https) can be kept here."))
    elif not re.match(r"https?://", text, re.IGNORECASE):
        raise unusable(text)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise unusable(text) from None
    if "@" in parts.netloc:
        raise FieldError(_("A web address with a user name before the host cannot be kept."))
    host = host_of(parts, text, bare=not scheme)
    tail = quote(parts.path, safe="/%:@!$&'()*+,;=~-._") + (f"?{escaped(parts.query)}" if parts.query else "")
    fragment = f"#{escaped(parts.fragment)}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{tail}{fragment}"


def escaped(text: str) -> str:
    return quote(text, safe="/?%:@!$&'()*+,;=~-._[]#")


def unusable(text: str) -> FieldError:
    return FieldError(_("“%(text)s” is not the address of a web page.") % {"text": text[:80]})


def host_of(parts: SplitResult, text: str, bare: bool) -> str:
    """The host as ASCII, so that letters that look alike show what they are."""
    host = parts.hostname or ""
    if re.fullmatch(r"[0-9.]+|\[?[0-9a-f:.]+\]?", host) and (":" in host or host.replace(".", "").isdigit()):
        try:
            address = ipaddress.ip_address(host.strip("[]"))
        except ValueError:
            raise unusable(text) from None
        return f"[{address}]" if address.version == 6 else str(address)
    try:
        name = idna.encode(host.rstrip("."), uts46=True, std3_rules=True).decode()
    except (idna.IDNAError, UnicodeError):
        raise unusable(text) from None
    if bare and "." not in name:
        raise unusable(text)
    return name


def shown(address: str) -> str:
    """Without what goes without saying: the scheme, www and a slash at the end."""
    return re.sub(r"^https?://(?:www\.)?", "", address).removesuffix("/")


class Url(Field):
    """An http or https address; https is added where no scheme is given."""

    kind = "url"
    label_of_kind = gettext_lazy("Web address")
    explained = gettext_lazy("A link to a page elsewhere.")
    icon = "world"
    parts = (
        Part("", lambda field: models.CharField(max_length=LONGEST, null=True)),
        Part("_folded", lambda field: models.CharField(max_length=FOLDED, null=True, db_index=field.indexed)),
    )
    operators = operators.TEXT
    filter_suffix = sort_suffix = "_folded"

    def split(self, value: Any) -> tuple[Any, ...]:
        return (value, None if value is None else fold(shown(value))[:FOLDED])

    def clean(self, value: Any) -> str | None:
        text = plain(value, LONGEST)
        if text is None:
            return None
        address = address_of(text)
        if len(address) > LONGEST:
            raise FieldError(_("At most %(longest)s characters fit here.") % {"longest": LONGEST})
        return address

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> str:
        return needle(raw)

    def argument(self, value: Any) -> Any:
        return fold(shown(value))[:FOLDED]

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else shown(value)

    def export(self, value: Any) -> str:
        return value or ""

    def cell(self, value: Any, viewer: Viewer) -> str:
        """A link that tells the other side nothing of us. What is stored is checked once more."""
        if value is None:
            return ""
        if not value.startswith(("https://", "http://")):
            return escape(value)
        return (
            f'<a href="{escape(value)}" target="_blank" rel="noopener noreferrer">{escape(shown(value))}</a>'
        )

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        return self.input("text", value or "", name, f'inputmode="url" autocomplete="off" {attributes}')

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "maxLength": LONGEST}

    def sample(self, n: int) -> str:
        return f"https://www.company{n}.example/about"

    def match_keys(self, value: Any) -> tuple[str, ...]:
        return (fold(shown(value)),) if value else ()
