"""One typed table of everything an operator may set: name, default, environment variable, sentence.

A bad value stops the start with one clear sentence; secrets may come from files (`NAME_FILE`).
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import cast
from urllib.parse import urlsplit


class BadOption(Exception):
    """An environment variable holds something that cannot be used."""


def boolean(text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError("say yes or no")


def whole(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise ValueError("say a whole number above 0")
    return int(text)


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def scanner(text: str) -> str:
    if text and not text.startswith(("clamd:", "command:")):
        raise ValueError("begin with clamd: or command:")
    return text


def bucket(text: str) -> str:
    if text and not (text.startswith("s3://") and urlsplit(text).hostname):
        raise ValueError("begin with s3:// and a bucket")
    return text


HERE = frozenset({"127.0.0.1", "localhost", "::1", "[::1]", "0.0.0.0", "*"})  # noqa: S104 - names of no place


def _address() -> str:
    """Where the product is reached: as the other options tell, else where the last start was."""
    scheme = "https" if HTTPS.read() else "http"
    host = next((each for each in HOSTS.read() if each not in HERE), "")
    kept = DATA.read() / "address"
    last = kept.read_text(encoding="utf-8").strip() if kept.is_file() else "http://127.0.0.1:8000"
    return f"{scheme}://{host}" if host else last


def live_place(text: str) -> str:
    if text in {"", "no", "/live"} or text[:1] == ":" and text[1:].isdigit() and 0 < int(text[1:]) < 65536:
        return text
    raise ValueError("say :PORT, /live or no")


def data_home() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "aperto"


@dataclass(frozen=True)
class Option[T]:
    name: str
    default: T | Callable[[], T]
    parse: Callable[[str], T]
    sentence: str

    @property
    def variable(self) -> str:
        return f"APERTO_{self.name.upper()}"

    def read(self) -> T:
        text = os.environ.get(self.variable)
        path = os.environ.get(f"{self.variable}_FILE")
        if text is None and path:
            try:
                text = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise BadOption(f"{self.variable}_FILE: {path} cannot be read ({error.strerror}).") from error
        if text is None:
            return self.default() if callable(self.default) else self.default
        try:
            return self.parse(text)
        except ValueError as error:
            raise BadOption(f"{self.variable}: {text!r} cannot be used: {error}.") from error


DATA = Option("data", data_home, Path, "Folder that holds the database, files and secrets.")
DATABASE_URL = Option(
    "database_url", "", str, "postgresql://user:password@host:port/name; empty means SQLite."
)
HOSTS = Option("hosts", list[str], words, "Host names under which the product answers, besides this machine.")
DEBUG = Option("debug", False, boolean, "Show error pages with internals; never on a server.")
SECRET_KEY = Option("secret_key", "", str, "Signing key; made and kept in the data folder when empty.")
HTTPS = Option("https", False, boolean, "The product is reached over HTTPS: cookies are sent there only.")
PROXY = Option("proxy", False, boolean, "A proxy in front sets X-Forwarded-Proto; say yes only behind one.")
PROXIES = Option(
    "proxies",
    lambda: int(PROXY.read()),
    whole,
    "How many proxies in front add to X-Forwarded-For; that many of its last addresses are believed.",
)
PRIVATE_NETWORK = Option(
    "private_network",
    False,
    boolean,
    "Reach machines of the inner network that administrators name, such as a sign-on provider.",
)
UPLOAD = Option("upload", 50, whole, "Largest form or file that is accepted, in megabytes.")
FILES = Option(
    "files",
    "",
    bucket,
    "s3://bucket/folder?region=eu-west-1&endpoint=https://…; empty means the data folder.",
)
FILES_KEY = Option("files_key", "", str, "Access key of the bucket; empty means what the machine knows.")
FILES_SECRET = Option("files_secret", "", str, "Secret of the bucket's access key.")
FILE_LINKS = Option(
    "file_links",
    False,
    boolean,
    "Send people to the bucket by addresses that last a minute, instead of sending files ourselves.",
)
FILE_SCANNER = Option(
    "file_scanner",
    "",
    scanner,
    "Virus scanner: clamd:///run/clamav/clamd.ctl, clamd://host:3310 or command:/usr/bin/clamscan.",
)
FILE_OFFICE = Option(
    "file_office",
    lambda: which("soffice") or "",
    str,
    "LibreOffice's program, which draws previews of office documents; found by itself where installed.",
)
MAIL = Option("mail", "", str, "smtp://user:password@host:587; empty means files in the data folder.")
MAIL_FROM = Option("mail_from", "aperto@localhost", str, "Sender of the mails that the product writes.")
ADDRESS = Option(
    "address",
    lambda: _address(),
    lambda text: text.rstrip("/"),
    "https://crm.example.com: where links in mails lead; by default the first of the host names.",
)

LIVE = Option(
    "live",
    "",
    live_place,
    "Where pages hear what others change: a port (:8001), a path that the proxy maps (/live), or no.",
)

PACK = Option("pack", "", str, "The pack that the page of a fresh installation has chosen beforehand.")

ALL: tuple[Option[object], ...] = cast(
    "tuple[Option[object], ...]",
    (
        DATA,
        DATABASE_URL,
        HOSTS,
        DEBUG,
        SECRET_KEY,
        HTTPS,
        PROXY,
        PROXIES,
        PRIVATE_NETWORK,
        UPLOAD,
        FILES,
        FILES_KEY,
        FILES_SECRET,
        FILE_LINKS,
        FILE_SCANNER,
        FILE_OFFICE,
        MAIL,
        MAIL_FROM,
        ADDRESS,
        PACK,
        LIVE,
    ),
)
