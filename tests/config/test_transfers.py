import argparse
from pathlib import Path

import pytest

from aperto.config import accounts, command, console, transfers
from aperto.kernel.access import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def administrator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    accounts.create(chosen("user", "create", "ana@example.org", "--role", "administrator"))
    capsys.readouterr()


def chosen(*words: str) -> argparse.Namespace:
    return command.parser().parse_args(words)


def file(text: str) -> str:
    Path("people.csv").write_text(text, encoding="utf-8")
    return "people.csv"


def test_import_counts_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    people = file("First name,Last name,E-mail\nAna,Silva,ana@silva.example\nBo,Ek,no address\n")

    code = transfers.read(chosen("import", people, "--object", "contact"))

    printed = capsys.readouterr()
    assert (code, printed.out.splitlines()[-1]) == (
        1,
        "2 rows: 1 created, 0 updated, 0 unchanged, 0 skipped, 1 failed",
    )
    assert "people-refused.csv; correct it there and import it again" in printed.err
    assert "Bo,Ek,no address," in Path("people-refused.csv").read_text(encoding="utf-8")


def test_what_was_exported_is_unchanged_when_imported(capsys: pytest.CaptureFixture[str]) -> None:
    transfers.read(chosen("import", file("First name,Last name\nAna,Silva\n"), "--object", "contact"))
    transfers.write(chosen("export", "--object", "contact", "--output", "out.csv"))

    code = transfers.read(chosen("import", "out.csv", "--object", "contact", "--existing", "update"))

    last = capsys.readouterr().out.splitlines()[-1]
    assert (code, last) == (0, "1 rows: 0 created, 0 updated, 1 unchanged, 0 skipped, 0 failed")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--object", "nonsense"), "There is no object 'nonsense'; choose call, comment, company, contact"),
        (("--object", "contact", "--filter", "name ="), "."),
        (("--object", "contact", "--user", "eve@example.org"), "There is no active user eve@example.org."),
    ],
)
def test_export_says_what_is_wrong(words: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(console.Refusal, match=sentence):
        transfers.write(chosen("export", *words))


def test_import_of_a_missing_file_is_refused() -> None:
    with pytest.raises(console.Refusal, match=r"^There is no file absent\.csv\.$"):
        transfers.read(chosen("import", "absent.csv", "--object", "contact"))


def test_second_user_has_the_role_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    accounts.create(chosen("user", "create", "bo@example.org", "--role", "read_only"))

    (bo,) = (user for user in people.everybody() if user.email == "bo@example.org")
    assert [role.key for role in bo.roles.all()] == ["read_only"]
    assert "/sign-in/link/" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nobody",), "does not look like an e-mail address"),
        (("ana@example.org",), "has this address already"),
        (("cy@example.org", "--role", "king"), "There is no role 'king'; choose administrator, manager"),
    ],
)
def test_user_that_cannot_be_is_refused(words: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(console.Refusal, match=sentence):
        accounts.create(chosen("user", "create", *words))


def test_link_for_a_stranger_is_refused() -> None:
    with pytest.raises(console.Refusal, match=r"There is no active user eve@example\.org\."):
        accounts.link(chosen("user", "link", "eve@example.org"))
