"""From the text of a file to its entries; whatever no installation could know is told with its line."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from aperto.kernel.configuration.document import Document, Entry, Problem, Unfit
from aperto.kernel.configuration.names import address_of
from aperto.kernel.configuration.reading import Part, read
from aperto.kernel.configuration.section import Section
from aperto.kernel.configuration.sections import sections


def understand(text: str) -> Document:
    return entries_of(read(text))


def entries_of(parts: Mapping[str, Sequence[Part]]) -> Document:
    known, entries, problems = sections(), [], []
    for name, found in parts.items():
        if name not in known:
            line = found[0].line if found else 0
            problems.append(Problem(_("There is no part “%(name)s”.") % {"name": name[:60]}, line))
    for name, section in known.items():
        taken: list[str] = []
        for part in parts.get(name, ()):
            problems += _strange(section, part)
            entry = _entry(section, part, taken)
            taken.append(entry.address)
            entries.append(entry)
    if problems:
        raise Unfit(problems)
    return Document(tuple(entries))


def _strange(section: Section, part: Part) -> list[Problem]:
    known = section.fields()
    return [
        Problem(_("There is no such field."), part.lines[key], f"{section.key} {key[:60]}")
        for key in part.values
        if key not in known
    ]


def _entry(section: Section, part: Part, taken: list[str]) -> Entry:
    known = section.fields()
    values = {key: section.normal(key, value) for key, value in part.values.items() if key in known}
    return Entry(section.key, address_of(section.identity(values), taken), values, part.line, part.lines)
