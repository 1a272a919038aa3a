"""How `bin/aperto` finds its Python on a machine that may have several, or one that does not run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = ("sh", "sed", "awk", "sort", "cut", "tr", "id", "ls")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A PATH with what the script needs, and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(
            next(place for place in (f"/usr/bin/{tool}", f"/bin/{tool}") if Path(place).exists())
        )
    return folder


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def find(path: Path, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    # `~name` of the account leads out of the invented home; an invented `id` keeps it inside.
    (path / "id").unlink(missing_ok=True)
    program(path / "id", "echo nobody-of-that-name")
    script = f". {ROOT}/bin/environment.sh; find_python"
    env = {"PATH": str(path), "HOME": str(home), **environment}
    return subprocess.run(["/bin/sh", "-c", script], env=env, capture_output=True, text=True, check=False)


RUNS = f'exec {sys.executable} "$@"'


def test_shim_that_does_not_run_is_passed_over(path: Path, tmp_path: Path) -> None:
    program(path / "python3.14", "echo 'pyenv: python3.14: command not found' >&2; exit 127")
    good = program(path / "python3.12", RUNS)

    assert find(path, tmp_path).stdout.strip() == str(good)


def test_python_that_is_too_old_is_passed_over(path: Path, tmp_path: Path) -> None:
    program(path / "python3", "exit 1")

    assert find(path, tmp_path).returncode == 1


def test_newest_of_pyenv_is_taken(path: Path, tmp_path: Path) -> None:
    versions = tmp_path / ".pyenv" / "versions"
    for version in ("3.9.18", "3.12.9", "3.12.10"):
        program(versions / version / "bin" / "python3", RUNS)
    program(versions / "3.13.0" / "bin" / "python3", "exit 127")

    assert find(path, tmp_path).stdout.strip() == str(versions / "3.12.10" / "bin" / "python3")


def test_pyenv_is_found_beside_its_shims(path: Path, tmp_path: Path) -> None:
    good = program(tmp_path / "else" / "versions" / "3.13.1" / "bin" / "python3", RUNS)
    shims = f"{path}{os.pathsep}{tmp_path}/else/shims"

    assert find(path, tmp_path / "empty", PATH=shims).stdout.strip() == str(good)


def test_uv_is_asked_last(path: Path, tmp_path: Path) -> None:
    good = program(tmp_path / "uv-python", RUNS)
    program(path / "uv", f'[ "$2" = find ] && echo {good}')

    assert find(path, tmp_path).stdout.strip() == str(good)


def test_nothing_found_says_what_to_do(path: Path, tmp_path: Path) -> None:
    find(path, tmp_path)  # makes `id`
    script = f"root={tmp_path}; . {ROOT}/bin/environment.sh; make_venv"
    env = {"PATH": str(path), "HOME": str(tmp_path)}

    done = subprocess.run(["/bin/sh", "-c", script], env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.startswith("Aperto needs Python 3.12 or newer, and none was found.\nInstall one")
