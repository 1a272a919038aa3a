"""Dumps as other programs write them, whole and broken."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from aperto.transfer.reading import Unreadable
from aperto.transfer.sources.opening import lay_down
from aperto.transfer.sources.spool import Spool
from tests.transfer.sources import archives

MYSQL = r"""/*M!999999\- enable the sandbox mode */
-- MariaDB dump
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `people`;
CREATE TABLE `people` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `name` varchar(80) DEFAULT 'a, (b); ''c''' COMMENT 'first, last',
  `price` decimal(10,2) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `by_name` (`name`(10))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
LOCK TABLES `people` WRITE;
INSERT INTO `people` VALUES (1,'O\'Brien; \"Zoë\"',12.50),(2,'two\nlines, (and) more\\',NULL),
 (3,'it''s',-1e3);
INSERT INTO `people` (`name`, `id`) VALUES (_utf8mb4'Ann',4),('',5),(0x5A6FC3AB,6),(CONCAT('a','b'),7);
DELIMITER ;;
CREATE TRIGGER t BEFORE INSERT ON people FOR EACH ROW BEGIN INSERT INTO log VALUES (1); END ;;
DELIMITER ;
"""
WHOLE = [
    ("1", 'O\'Brien; "Zoë"', "12.50"),
    ("2", "two\nlines, (and) more\\", None),
    ("3", "it's", "-1e3"),
    ("4", "Ann", None),
    ("5", "", None),
    ("6", "Zoë", None),
    ("7", "CONCAT('a','b')", None),
]
POSTGRES = r"""--
-- PostgreSQL database dump
--
SET client_encoding = 'UTF8';
CREATE FUNCTION public.f() RETURNS void LANGUAGE sql AS $_$ SELECT 'it''s; (not) a row' $_$;
CREATE TABLE public.people (
    id integer NOT NULL,
    name character varying DEFAULT 'x'::character varying,
    CONSTRAINT positive CHECK ((id > 0))
);
COPY public.people (id, name) FROM stdin;
1	two\nlines\tand \\ more
2	\N
\.


COPY public.empty (id) FROM stdin;
\.


INSERT INTO public.people (id, name) VALUES (3, 'C:\new');
"""


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    laid = Spool(tmp_path / "spool")
    yield laid
    laid.close()


def laid_down(spool: Spool, folder: Path, content: bytes) -> list[tuple[str | None, ...]]:
    file = folder / "dump"
    file.write_bytes(content)
    lay_down(str(file), spool)
    return list(spool.select("SELECT * FROM people"))


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.ZstdCompressor().compress])
def test_dump_of_mysql_is_read_however_it_is_packed(spool: Spool, tmp_path: Path, pack: type[bytes]) -> None:
    assert laid_down(spool, tmp_path, pack(MYSQL.encode())) == WHOLE
    assert list(spool.tables) == ["people"]
    assert spool.tables["people"].columns["price"] == "decimal(10,2)"
    assert spool.problems == []


def test_window_may_end_anywhere(spool: Spool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aperto.transfer.sources.feed.BLOCK", 7)

    assert laid_down(spool, tmp_path, MYSQL.encode()) == WHOLE
    assert list(spool.tables) == ["people"]


def test_truncated_dump_keeps_what_was_read_and_says_so(spool: Spool, tmp_path: Path) -> None:
    cut = MYSQL.index("(3,")

    assert laid_down(spool, tmp_path, MYSQL[: cut + 2].encode()) == WHOLE[:2]
    assert spool.problems == [
        "The file ends too early, in or after the table people, of which 2 rows were read."
    ]


def test_truncated_package_keeps_what_was_read(spool: Spool, tmp_path: Path) -> None:
    packed = gzip.compress((MYSQL + "-- " + str(list(range(9_000)))).encode())

    assert laid_down(spool, tmp_path, packed[:-2_000]) == WHOLE
    assert spool.problems[0].startswith("The file ends too early (")


def test_text_of_another_character_set_is_read(spool: Spool, tmp_path: Path) -> None:
    stray = "INSERT INTO people VALUES (1,'caf\u00e9',NULL);".encode("latin-1")

    rows = laid_down(spool, tmp_path, stray)

    assert rows == [("1", "café", None)]
    assert list(spool.tables["people"].columns) == ["column_1", "column_2", "column_3"]


@pytest.mark.parametrize("block", [9, 1 << 20])
def test_dump_of_postgresql_is_read(
    spool: Spool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr("aperto.transfer.sources.feed.BLOCK", block)

    rows = laid_down(spool, tmp_path, POSTGRES.encode())

    assert rows == [("1", "two\nlines\tand \\ more"), ("2", None), ("3", "C:\\new")]
    assert spool.tables["people"].columns == {"id": "integer", "name": "character"}
    assert spool.problems == []


@pytest.mark.parametrize("version", [(1, 14, 0), (1, 16, 0)])
def test_custom_format_of_postgresql_is_read(
    spool: Spool, tmp_path: Path, version: tuple[int, int, int]
) -> None:
    archive = archives.made(version, "people", ["id", "name"], "1\tZoë\n2\t\\N\n\n")

    assert laid_down(spool, tmp_path, archive) == [("1", "Zoë"), ("2", None)]
    assert spool.problems == []


def test_truncated_custom_format_says_so(spool: Spool, tmp_path: Path) -> None:
    archive = archives.made(
        (1, 14, 0), "people", ["id", "name"], "".join(f"{n}\tZoë\n" for n in range(5_000))
    )

    laid_down(spool, tmp_path, archive[:-10])

    assert spool.problems[0].startswith("The file ends too early, in or after the table people")


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 50, b"name,email\nAnn,ann@x.example\n"])
def test_what_is_no_dump_is_refused(spool: Spool, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable, match="No rows of a database"):
        laid_down(spool, tmp_path, content)


def test_column_that_a_version_does_not_have_is_empty(spool: Spool, tmp_path: Path) -> None:
    laid_down(spool, tmp_path, MYSQL.encode())

    rows = spool.select("SELECT p.id, p.born, o.name FROM people p LEFT JOIN other o ON o.id = p.id LIMIT 1")

    assert list(rows) == [("1", None, None)]
