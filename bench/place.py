"""Where the data of a benchmark stand: a folder for each engine and size, seeded once and copied for a run.

Nothing lies in the checkout, and a run never changes what was seeded.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from aperto.config.options import DATA, DATABASE_URL

SEEDED, RUN = "seed", "run"


def usual_folder() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "aperto-bench"


@dataclass(frozen=True)
class Place:
    """`base` holds everything of all benchmarks; `name` says which data these are."""

    base: Path
    engine: str
    contacts: int

    @property
    def name(self) -> str:
        return f"{self.engine}-{self.contacts}"

    def folder(self, kind: str) -> Path:
        return self.base / self.name / kind

    @property
    def stamp(self) -> Path:
        """Written last: a seed that was cut off is none."""
        return self.base / self.name / "seeded.json"

    def database(self, kind: str) -> str:
        """The name of the database in a PostgreSQL server."""
        return f"aperto_bench_{self.contacts}_{kind}"

    def enter(self, kind: str, url: str) -> None:
        """Makes this the installation of the process; call before Django is set up."""
        os.environ[DATA.variable] = str(self.folder(kind))
        if url:
            os.environ[DATABASE_URL.variable] = url
        else:
            os.environ.pop(DATABASE_URL.variable, None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

    def empty(self) -> None:
        """Away with what an earlier or broken seed left; makes the folder."""
        shutil.rmtree(self.base / self.name, ignore_errors=True)
        self.folder(SEEDED).mkdir(parents=True, mode=0o700)

    def copy(self, kind: str = RUN, source: Path | None = None) -> None:
        """A fresh copy of a seeded folder, with its database when it lies there."""
        shutil.rmtree(self.folder(kind), ignore_errors=True)
        self.stamp.unlink(missing_ok=True) if kind == SEEDED else None
        shutil.copytree(source or self.folder(SEEDED), self.folder(kind))
