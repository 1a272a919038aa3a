from pathlib import Path

import pytest

from tools import translations

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: nl\\n"\n\n'


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    path = tmp_path / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    return path


def write(path: Path, body: str) -> None:
    path.write_text(HEADER + body, encoding="utf-8")
    path.with_suffix(".mo").write_bytes(translations.compiled(translations.read(path)))


def test_complete_catalogue_passes(catalogue: Path) -> None:
    write(catalogue, 'msgid "Save"\nmsgstr "Bewaren"\n')

    assert list(translations.problems(catalogue)) == []


@pytest.mark.parametrize(
    "body",
    [
        'msgid "Save"\nmsgstr ""\n',
        '#, fuzzy\nmsgid "Save"\nmsgstr "Bewaar"\n',
        'msgid "%(n)s deal"\nmsgid_plural "%(n)s deals"\nmsgstr[0] "%(n)s deal"\nmsgstr[1] ""\n',
    ],
)
def test_missing_translation_is_found(body: str, catalogue: Path) -> None:
    write(catalogue, body)

    (problem,) = translations.problems(catalogue)
    assert problem.startswith("locale/nl/LC_MESSAGES/django.po: not translated: ")


def test_old_compiled_catalogue_is_found(catalogue: Path) -> None:
    write(catalogue, 'msgid "Save"\nmsgstr "Bewaren"\n')
    catalogue.write_text(HEADER + 'msgid "Save"\nmsgstr "Opslaan"\n', encoding="utf-8")

    (problem,) = translations.problems(catalogue)
    assert "its .mo is not of today" in problem
