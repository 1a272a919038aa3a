"""Style sheets, scripts and icons, made ready once per version: compressed, and named after their content.

They are prepared beside the old ones and swapped in, so that a start that is cut off harms nothing.
"""

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any, ClassVar

from django.contrib.staticfiles.finders import get_finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

STAMP = ".aperto-stamp"
IGNORED = [".*", "*~"]
Sources = dict[str, tuple[Any, str]]


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Also rewrites the imports between our ES modules, so that these too are cached for ever."""

    support_js_module_import_aggregation: ClassVar[bool] = True


def prepare(root: Path) -> bool:
    """Make `root` hold today's files; False when it already does."""
    found = sources()
    stamp = fingerprint(found)
    if (root / STAMP).is_file() and (root / STAMP).read_text(encoding="ascii") == stamp:
        return False
    fresh = root.with_name(f"{root.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    write(found, fresh)
    (fresh / STAMP).write_text(stamp, encoding="ascii")
    shutil.rmtree(root, ignore_errors=True)
    fresh.rename(root)
    return True


def sources() -> Sources:
    """Every static file by its public name; the first app that has a name keeps it."""
    found: Sources = {}
    for finder in get_finders():
        for path, storage in finder.list(IGNORED):
            found.setdefault(os.path.join(getattr(storage, "prefix", None) or "", path), (storage, path))
    return found


def fingerprint(found: Sources) -> str:
    """Changes when a file comes, goes, or is written; reading them all would slow every start."""
    lines = []
    for name, (storage, path) in sorted(found.items()):
        facts = os.stat(storage.path(path))
        lines.append(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def write(found: Sources, folder: Path) -> None:
    folder.mkdir(parents=True)
    target = HashedStorage(location=folder, base_url="/static/")
    for name, (storage, path) in found.items():
        copy = folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(storage.path(path), copy)
    for name, _hashed, outcome in target.post_process(found):
        if isinstance(outcome, Exception):
            raise RuntimeError(f"static file {name}: {outcome}") from outcome
