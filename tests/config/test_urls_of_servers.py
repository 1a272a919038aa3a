"""Databases and mail servers are given as URLs."""

from pathlib import Path

import pytest

from aperto.config.database import databases
from aperto.config.mail import mailers
from aperto.config.options import BadOption


def test_no_database_url_means_sqlite_in_the_folder(tmp_path: Path) -> None:
    default = databases("", tmp_path)["default"]

    assert (default["ENGINE"], default["NAME"]) == (
        "aperto.config.queued_sqlite3",
        str(tmp_path / "aperto.sqlite3"),
    )


def test_postgresql_url_is_taken_apart(tmp_path: Path) -> None:
    url = "postgresql://an%40a:p%3Aw@db.example:6432/crm%20x?sslmode=require"

    default = databases(url, tmp_path)["default"]

    taken = {key: default[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert taken == {
        "NAME": "crm x",
        "USER": "an@a",
        "PASSWORD": "p:w",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize("url", ["mysql://localhost/crm", "postgresql://localhost", "nonsense"])
def test_other_database_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(BadOption, match="must look like postgresql://"):
        databases(url, tmp_path)


def test_no_mail_url_means_files(tmp_path: Path) -> None:
    assert mailers("", tmp_path)["default"]["OPTIONS"] == {"file_path": str(tmp_path)}


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://a:b@mail.example", 587, True, False),
        ("smtps://a:b@mail.example", 465, False, True),
        ("smtp://a:b@localhost:25", 25, False, False),
    ],
)
def test_mail_url_decides_encryption(url: str, port: int, tls: bool, ssl: bool, tmp_path: Path) -> None:
    chosen = mailers(url, tmp_path)["default"]["OPTIONS"]

    assert (chosen["port"], chosen["use_tls"], chosen["use_ssl"]) == (port, tls, ssl)


def test_other_mail_url_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadOption, match="must look like smtp://"):
        mailers("imap://mail.example", tmp_path)
