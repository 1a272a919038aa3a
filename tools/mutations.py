"""Takes each access check out, one at a time, and asks whether the tests notice.

    python -m tools.mutations --only "kernel/access/*"

What is tried stands in tests/mutations.toml. Every mutant is an edit of the syntax tree; the quick tests of
its group must then fail. They run first in a fork of a process that has everything ready, and for what
survives there once more with a copy of the sources. Survivors are listed: each is a test that is missing, or
a check that another one makes too; those that change nothing are named in the table with the reason. Too slow
for bin/test: a second or two for each mutant that is noticed, ten for one that is not.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import Phase, settings

from tools.mutants import Mutant, mutants
from tools.planted import Unplantable, plant
from tools.source import ROOT

TABLE = ROOT / "tests" / "mutations.toml"
SLOWEST = 240  # seconds: a mutant that never ends was noticed
STAMP = 1_000_000_000  # of the edited file, so that nothing compiled before is taken for it


QUICKLY = ["-x", "-q", "--no-header", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider"]
QUICKLY += [
    "--tb=no",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
    "--reuse-db",
    "-m",
    "not browser and not fuzz",
]
BY_FILE = 99  # the answer of a fork that cannot try its mutant


@dataclass(frozen=True)
class Trial:
    file: str
    mutant: Mutant
    tests: tuple[str, ...]

    @property
    def name(self) -> str:
        found = self.mutant
        part = f" {found.part + 1}" if found.kind in {"part", "cut"} else ""
        return f"{self.file}:{found.line} {found.function}: {found.kind}{part}"

    @property
    def key(self) -> str:
        """The name without its line, so that it stays the same while other lines come and go."""
        part = f" {self.mutant.part + 1}" if self.mutant.kind in {"part", "cut"} else ""
        return f"{self.file} {self.mutant.function}: {self.mutant.kind}{part} of {self.mutant.code}"


def trials(only: str) -> Iterator[Trial]:
    for group in tomllib.loads(TABLE.read_text(encoding="utf-8"))["group"]:
        for file, functions in group["files"].items():
            if fnmatch(file, only):
                source = (ROOT / "src" / "aperto" / file).read_text(encoding="utf-8")
                for mutant in mutants(source, functions):
                    yield Trial(file, mutant, tuple(group["tests"]))


def passes(copy: Path, tests: tuple[str, ...]) -> bool:
    """Whether the tests are green with the copy in place of the sources."""
    command = [sys.executable, "-m", "pytest", *QUICKLY, "-o", f"pythonpath={copy} {ROOT}", *tests]
    environment = os.environ | {"PYTHONPATH": f"{copy}{os.pathsep}{ROOT}"}
    try:
        ran = subprocess.run(  # noqa: S603 - our own tests
            command, cwd=ROOT, env=environment, capture_output=True, timeout=SLOWEST, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return ran.returncode == 0


def survives(trial: Trial, copy: Path) -> bool:
    """The copy is put back afterwards."""
    path = copy / "aperto" / trial.file
    source = path.read_text(encoding="utf-8")
    stamp = path.stat().st_mtime
    path.write_text(trial.mutant.applied(source), encoding="utf-8")
    os.utime(path, (STAMP, STAMP + trial.mutant.node * 10 + trial.mutant.part))
    try:
        return passes(copy, trial.tests)
    finally:
        path.write_text(source, encoding="utf-8")
        os.utime(path, (stamp, stamp))


def ready(tests: tuple[str, ...]) -> bool:
    """Whether the tests are green as things stand; everything is imported then, and the database is made."""
    green = pytest.main([*QUICKLY, *tests]) == 0
    connections.close_all()  # a connection must not be shared with a fork
    return green


def survives_here(trial: Trial) -> bool:
    """Tried in a fork; what lives there, or cannot be tried so, may still be noticed by file."""
    sys.stdout.flush()
    number = os.fork()
    if not number:
        answer = BY_FILE
        try:
            answer = tried(trial)
        finally:
            os._exit(answer)  # nothing of the parent may be tidied away by the fork
    _number, status = os.waitpid(number, 0)
    return os.waitstatus_to_exitcode(status) in {0, BY_FILE}


def tried(trial: Trial) -> int:
    """pytest's answer; a mutant that never ends is stopped by the clock, which counts as noticed."""
    signal.alarm(SLOWEST)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    path = ROOT / "src" / "aperto" / trial.file
    try:
        plant(path, trial.mutant.applied(path.read_text(encoding="utf-8")))
    except Unplantable:
        return BY_FILE
    return int(pytest.main([*QUICKLY, *trial.tests]))


def run(found: list[Trial], copy: Path) -> list[Trial]:
    survivors = []
    for number, trial in enumerate(found, 1):
        survived = survives_here(trial) and survives(trial, copy)
        survivors += [trial] if survived else []
        word = "SURVIVED" if survived else "killed"
        print(f"{number}/{len(found)} {word} {trial.name}", flush=True)
    return survivors


def groups(found: list[Trial]) -> dict[tuple[str, ...], list[Trial]]:
    """The trials by the tests that are to notice them: these are made ready once."""
    grouped: dict[tuple[str, ...], list[Trial]] = {}
    for trial in found:
        grouped.setdefault(trial.tests, []).append(trial)
    return grouped


def report(found: list[Trial], survivors: list[Trial]) -> None:
    tried = Counter(str(Path(trial.file).parent) for trial in found)
    lived = Counter(str(Path(trial.file).parent) for trial in survivors)
    for folder, count in sorted(tried.items()):
        killed = count - lived[folder]
        print(f"{folder}: {killed} of {count} killed ({100 * killed // count} %)")
    for trial in survivors:
        print(f"  survived: {trial.name}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", default="*", help='files to try, such as "kernel/access/*"')
    parser.add_argument("--every", type=int, default=1, help="only each so-manieth mutant, for a quick look")
    parser.add_argument("--list", action="store_true", help="only say what would be tried")
    given = parser.parse_args()
    same: dict[str, str] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["same"]
    every = list(trials(given.only))[:: given.every]
    found = [trial for trial in every if trial.key not in same]
    print(f"{len(every)} mutants, of which {len(every) - len(found)} change nothing")
    if given.list:
        print("\n".join(trial.name for trial in found))
        return 0
    # The first example that fails is enough; the smallest would take longer than all the rest.
    settings.register_profile("mutants", phases=[Phase.explicit, Phase.generate], database=None)
    settings.load_profile("mutants")
    with tempfile.TemporaryDirectory(prefix="aperto-mutants-") as folder:
        copy = Path(folder) / "src"
        shutil.copytree(ROOT / "src", copy, ignore=shutil.ignore_patterns("__pycache__"))
        os.environ["APERTO_TEST_SCRATCH"] = tempfile.mkdtemp(dir=folder)
        survivors = []
        for tests, group in groups(found).items():
            if not ready(tests):
                print(f"These fail without any mutant: {' '.join(tests)}")
                return 2
            survivors += run(group, copy)
            if not passes(copy, tests):
                print(f"These fail after the mutants, which may have spoilt their answers: {' '.join(tests)}")
                return 2
    report(found, survivors)
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
