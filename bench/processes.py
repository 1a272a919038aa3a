"""What the processes of a server cost, as the kernel of the machine counts it."""

from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")


def tree(root: int) -> list[int]:
    """The process and all that come from it."""
    children: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit() and (stat := _read(folder / "stat")):
            parent = int(stat.rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def named(pids: Iterable[int], name: str) -> list[int]:
    """Those whose command line holds the name."""
    return [pid for pid in pids if name in _read(PROC / str(pid) / "cmdline")]


def cpu(pids: Iterable[int]) -> float:
    """Seconds of CPU of all their threads so far."""
    nanoseconds = 0
    for pid in pids:
        for thread in (PROC / str(pid) / "task").glob("*/schedstat"):
            nanoseconds += int((_read(thread) or "0").split()[0])
    return nanoseconds / 1e9


def memory(pids: Iterable[int]) -> float:
    """MiB of memory; what processes share is counted once among them (PSS)."""
    kilobytes = 0
    for pid in pids:
        for line in _read(PROC / str(pid) / "smaps_rollup").splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
