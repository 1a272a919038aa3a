"""Reads the packs beside this file. What a field or an object is called goes into its words by language;
names that exist in one language only, such as those of stages, are taken in the language asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from aperto.kernel.configuration.document import Document
from aperto.kernel.configuration.reading import Part, read
from aperto.kernel.configuration.understand import entries_of
from aperto.kernel.errors import Missing

FOLDER = Path(__file__).parent
SPOKEN = {"name": "labels", "plural": "plurals", "help": "helps", "label": "labels"}
SHAPE = frozenset({"custom_object", "custom_field"})
NAMED = frozenset({"name", "pipeline", "moves", "teams", "with_role", "with_team", "for_role", "for_team"})
type Words = Mapping[str, Mapping[str, str]]  # by English word, by language


@dataclass(frozen=True)
class Pack:
    key: str
    name: str
    description: str
    icon: str
    document: Document


def known(key: str) -> bool:
    return key in keys()


def keys() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def get(key: str, language: str) -> Pack:
    """The pack in this language; Missing when there is none of this name."""
    if not known(key):
        raise Missing(key)
    parts = dict(_read(key))
    [head] = parts.pop("pack")
    words = parts.pop("words")[0].values
    spoken = {
        section: [_part(section, part, words, language) for part in found] for section, found in parts.items()
    }
    said = {field: _say(str(text), words, language) for field, text in head.values.items()}
    return Pack(key, said["name"], said["description"], said["icon"], entries_of(spoken))


def everything(language: str) -> list[Pack]:
    return [get(key, language) for key in keys()]


def brought(pack: Pack, language: str) -> list[str]:
    """The names of the objects that the pack brings, in this language."""
    made = [entry.values for entry in pack.document.of("custom_object")]
    return [(values.get("plurals") or {}).get(language) or values["plural"] for values in made]


@cache
def _read(key: str) -> tuple[tuple[str, list[Part]], ...]:
    return tuple(read((FOLDER / f"{key}.yaml").read_text(encoding="utf-8")).items())


def _part(section: str, part: Part, words: Words, language: str) -> Part:
    if section in SHAPE:
        return Part(part.line, _with_words(part.values, words), part.lines)
    values = {
        key: _address(value, words, language) if key in NAMED else value for key, value in part.values.items()
    }
    return Part(part.line, values, part.lines)


def _with_words(value: Any, words: Words) -> Any:
    """Beside each name what it is called in other languages."""
    if isinstance(value, list):
        return [_with_words(each, words) for each in value]
    if not isinstance(value, Mapping):
        return value
    found = {key: _with_words(inner, words) for key, inner in value.items()}
    for key, beside in SPOKEN.items():
        if isinstance(value.get(key), str) and value[key] in words:
            found[beside] = dict(words[value[key]])
    return found


def _address(value: Any, words: Words, language: str) -> Any:
    if isinstance(value, list):
        return [_address(each, words, language) for each in value]
    if not isinstance(value, str):
        return value
    return " / ".join(_say(each, words, language) for each in value.split(" / "))


def _say(text: str, words: Words, language: str) -> str:
    return words.get(text, {}).get(language, text)
