"""Where the product writes down what happened: one file in the data folder, and errors on the terminal.

Several processes write to one file, so none of them may turn it over while it is open: `turn_over` does it
before they start, and the handler reopens a file that was moved away (by us or by logrotate).
"""

from pathlib import Path
from typing import Any

NAME = "aperto.log"
LARGEST = 10 * 1024 * 1024
KEPT = 5


def logging_for(folder: Path) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"}},
        "handlers": {
            "file": {
                "class": "logging.handlers.WatchedFileHandler",
                "filename": str(folder / NAME),
                "encoding": "utf-8",
                "delay": True,
                "formatter": "line",
            },
            "terminal": {"class": "logging.StreamHandler", "level": "CRITICAL", "formatter": "line"},
        },
        "root": {"handlers": ["file", "terminal"], "level": "INFO"},
        "loggers": {"django": {"level": "INFO", "propagate": True, "handlers": []}},
    }


def turn_over(folder: Path) -> None:
    """Set a large log aside as aperto.log.1, keeping the last few."""
    log = folder / NAME
    if not log.is_file() or log.stat().st_size < LARGEST:
        return
    for number in range(KEPT - 1, 0, -1):
        older = folder / f"{NAME}.{number}"
        if older.is_file():
            older.replace(folder / f"{NAME}.{number + 1}")
    log.replace(folder / f"{NAME}.1")
