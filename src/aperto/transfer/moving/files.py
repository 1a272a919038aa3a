"""The folder in which the other system keeps its files, and nothing outside of it."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from aperto.transfer.reading import Unreadable


@dataclass(frozen=True)
class Storeroom:
    """`folder` is None when nobody named one: records then come without their files."""

    folder: Path | None = None

    @classmethod
    def at(cls, name: str) -> "Storeroom":
        if not name:
            return cls()
        folder = Path(name).expanduser().resolve()
        if not folder.is_dir():
            raise Unreadable(_("There is no folder %(path)s.") % {"path": folder})
        return cls(folder)

    def find(self, name: str) -> Path | None:
        """The file of this name; dumps are not trusted to stay in their folder."""
        if self.folder is None or not name or "\0" in name:
            return None
        for base in (self.folder, self.folder / "upload", self.folder / "data" / "upload"):
            path = (base / name.lstrip("/")).resolve()
            if path.is_relative_to(self.folder) and path.is_file():
                return path
        return None
