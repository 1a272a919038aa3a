"""From the name of a file or the address of a database to a spool of what it holds."""

import sqlite3
from pathlib import Path

from django.utils.translation import gettext as _

from aperto.transfer.reading import Unreadable
from aperto.transfer.sources import archive, live
from aperto.transfer.sources.feed import ARCHIVE, Feed, Unpacked, encoding_of
from aperto.transfer.sources.spool import Spool
from aperto.transfer.sources.statements import Reader, Told


def silent(read: int, table: str) -> None:
    """For whoever wants no progress."""


def lay_down(source: str, spool: Spool, told: Told = silent) -> None:
    """Reads the whole source. Unreadable when it is none that can be read; what is read from a file that
    ends too early stays, and `spool.problems` says so."""
    if "://" in source:
        live.read(source, spool, told)
        return
    path = Path(source).expanduser()
    if not path.is_file():
        raise Unreadable(_("There is no file %(path)s.") % {"path": path})
    try:
        with Unpacked(path) as stream:
            head = stream.head(65_536)
            if head.startswith(ARCHIVE):
                archive.read(stream, spool, told)
            else:
                plain = b"PostgreSQL database dump" in head[:2_000]
                Reader(Feed(stream, encoding_of(head)), spool, plain, told).read()
    except OSError as error:
        raise Unreadable(_("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error}) from error
    except sqlite3.OperationalError as error:
        raise Unreadable(_("The table cannot be laid down: %(why)s.") % {"why": error}) from error
    if not any(table.rows for table in spool.tables.values()):
        raise Unreadable(
            _("No rows of a database were found in %(path)s. It should be a dump as mysqldump, mariadb-dump "
              "or pg_dump write it, packed by gzip or zstd or not at all.") % {"path": path}
        )  # fmt: skip
