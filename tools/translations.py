"""Every message stands in every language, and the compiled catalogues are those of today.

`python -m tools.translations` checks; `--update` gathers new messages (this needs GNU gettext) and compiles.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools import source

LANGUAGES = ("nl", "pt", "fr")
DOMAINS = ("django", "djangojs")
PACKAGE = source.ROOT / "src" / "aperto"
Key = tuple[str, str]


def main() -> int:
    if "--update" in sys.argv:
        gather(PACKAGE)
        for path in catalogues():
            path.with_suffix(".mo").write_bytes(compiled(read(path)))
    found = [*missing_files(), *(problem for path in catalogues() for problem in problems(path)), *unknown()]
    print("\n".join(found) or f"{len(LANGUAGES)} languages are complete")
    return 1 if found else 0


def catalogues() -> list[Path]:
    paths = (locale(PACKAGE, language) / f"{domain}.po" for language in LANGUAGES for domain in DOMAINS)
    return [path for path in paths if path.is_file()]


def locale(package: Path, language: str) -> Path:
    return package / "locale" / language / "LC_MESSAGES"


def missing_files() -> Iterator[str]:
    for language in LANGUAGES:
        if not (locale(PACKAGE, language) / "django.po").is_file():
            yield f"{language}: there is no catalogue"


def read(path: Path) -> Catalog:
    with path.open("rb") as opened:
        return read_po(opened, locale=path.parent.parent.name)


def messages(catalogue: Catalog) -> Iterator[Message]:
    """All but the header, which is the message without an id."""
    return (message for message in catalogue if message.id)


def key(message: Message) -> Key:
    identity = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", identity


def problems(path: Path) -> Iterator[str]:
    catalogue = read(path)
    name = path.relative_to(PACKAGE)
    for message in messages(catalogue):
        texts = [message.string] if isinstance(message.string, str) else message.string
        if message.fuzzy or not all(texts):
            yield f"{name}: not translated: {key(message)[1]!r}"
    mo = path.with_suffix(".mo")
    if not mo.is_file() or mo.read_bytes() != compiled(catalogue):
        yield f"{name}: its .mo is not of today; run python -m tools.translations --update"


def compiled(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def unknown() -> Iterator[str]:
    """Messages in the source that a catalogue lacks; only where GNU gettext can be asked."""
    if not shutil.which("xgettext"):
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "aperto"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__", "vendor"))
        gather(copy)
        for language in LANGUAGES:
            yield from absent(language, copy)


def absent(language: str, copy: Path) -> Iterator[str]:
    for domain in DOMAINS:
        gathered, kept = (locale(package, language) / f"{domain}.po" for package in (copy, PACKAGE))
        if gathered.is_file():
            known = {key(message) for message in messages(read(kept))} if kept.is_file() else set()
            for message in messages(read(gathered)):
                if key(message) not in known:
                    yield f"{language}/{domain}: not in the catalogue: {key(message)[1]!r}"


def gather(package: Path) -> None:
    """Django's makemessages, run over `package`."""
    (package / "locale").mkdir(exist_ok=True)
    options = [f"--locale={language}" for language in LANGUAGES]
    options += ["--no-obsolete", "--no-wrap", "--add-location=file", "--ignore=vendor"]
    for domain in DOMAINS:
        command = [sys.executable, "-m", "django", "makemessages", f"--domain={domain}", *options]
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        done = subprocess.run(
            command, cwd=package, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stderr)


if __name__ == "__main__":
    sys.exit(main())
