from pathlib import Path

import pytest

from aperto.config import options
from aperto.config.options import BadOption


def test_option_reads_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APERTO_HOSTS", "crm.example.org, crm.example.com,")

    assert options.HOSTS.read() == ["crm.example.org", "crm.example.com"]


def test_option_without_variable_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("APERTO_UPLOAD", raising=False)

    assert options.UPLOAD.read() == 50


def test_secret_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n", encoding="utf-8")
    monkeypatch.setenv("APERTO_SECRET_KEY_FILE", str(tmp_path / "key"))

    assert options.SECRET_KEY.read() == "s3cret"


@pytest.mark.parametrize(
    ("option", "text"),
    [
        (options.HTTPS, "maybe"),
        (options.UPLOAD, "0"),
        (options.UPLOAD, "ten"),
        (options.LIVE, "8001"),
        (options.LIVE, ":99999"),
    ],
)
def test_bad_value_is_one_sentence_with_its_variable(
    option: options.Option[object], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(option.variable, text)

    with pytest.raises(BadOption, match=rf"^{option.variable}: '{text}' cannot be used: .*\.$"):
        option.read()


def test_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APERTO_SECRET_KEY_FILE", "/no/such/file")

    with pytest.raises(BadOption, match="/no/such/file cannot be read"):
        options.SECRET_KEY.read()


def test_every_option_has_a_sentence() -> None:
    assert all(option.sentence.endswith(".") for option in options.ALL)
